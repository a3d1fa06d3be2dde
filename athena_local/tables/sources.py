"""Kinds of tables: who knows one by its name, and where its rows are.

Whatever a table's rows are stored in, they reach the engine as local Parquet files with the table's columns.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from athena_local.errors import QueryError
from athena_local.formats.layout import MalformedError, UnreadableError
from athena_local.tables.catalog import Catalog, Table
from athena_local.tables.file_checks import check_files
from athena_local.tables.fine_times import FineTimes
from athena_local.tables.hidden import with_hidden_columns
from athena_local.tables.layouts import layout_of
from athena_local.tables.object_cache import ObjectCache
from athena_local.tables.parquet_files import ParquetFile
from athena_local.tables.pruning import Pruner
from athena_local.tables.table_uses import TableUse


@dataclass(frozen=True, kw_only=True)
class Version:
    """Which version of a table a query reads; exactly one is given.

    Attributes
    ----------
    instant
        Milliseconds since 1970 in UTC.
    number
        The snapshot's identifier.
    reference
        The name of a branch or tag.
    other
        The type of a value that means no version.
    """

    instant: int | None = None
    number: int | None = None
    reference: str | None = None
    other: str | None = None


@dataclass(frozen=True, kw_only=True)
class TableName:
    """A table's name in a query, in lower case.

    Attributes
    ----------
    name
        It may have a suffix, such as ``clicks$partitions``.
    version
        None for the table as it is now.
    """

    database: str
    name: str
    version: Version | None = None


class TableSource(Protocol):
    """One kind of tables."""

    def table(self, name: TableName) -> Table | None:
        """Return a table or view of this kind; None when the name is not one of this kind's."""

    def files(self, use: TableUse) -> list[ParquetFile]:
        """Return local files with the rows that a query may need of a table which `table` returned."""


class HiveTables:
    """Tables of the Glue catalog whose rows are in files below their location or their partitions'."""

    def __init__(self, *, catalog: Catalog, pruner: Pruner, cache: ObjectCache) -> None:
        self._catalog = catalog
        self._pruner = pruner
        self._cache = cache
        self._fine_times = FineTimes()

    def table(self, name: TableName) -> Table | None:
        """Return a table or view of the catalog; an Iceberg table is of another kind."""
        table = self._catalog.table(name.database, name.name)
        if table is None or table.is_iceberg:
            return None
        if name.version:
            raise QueryError("NOT_SUPPORTED", "This connector does not support versioned tables")
        return with_hidden_columns(table)

    def files(self, use: TableUse) -> list[ParquetFile]:
        """Return copies of the objects in the partitions that the query may need."""
        keys = [key.name for key in use.table.partition_keys]
        objects = [
            (located.stored, tuple(zip(keys, located.values, strict=True))) for located in self._pruner.objects(use)
        ]
        try:
            files = self._cache.fetch(objects, layout_of(use.table))
        except UnreadableError as error:
            raise QueryError("NOT_SUPPORTED", str(error)) from error
        except MalformedError as error:
            raise QueryError(error.name, str(error)) from error
        except FileNotFoundError as error:  # deleted since it was listed
            raise QueryError("HIVE_CANNOT_OPEN_SPLIT", f"Error opening Hive split {error}") from error
        check_files(use, files)
        times = {column.name for column in use.table.columns if column.type.strip().lower() == "timestamp"}
        return self._fine_times.marked(files, times & use.columns) if times and use.table.is_parquet else files


class AllTables:
    """Several kinds of tables; the first that knows a name has its rows."""

    def __init__(self, sources: Sequence[TableSource]) -> None:
        self._sources = tuple(sources)

    def table(self, name: TableName) -> Table | None:
        """Return a table of the first kind that knows it."""
        for number, source in enumerate(self._sources):
            if table := source.table(name):
                return replace(table, source=number)
        return None

    def files(self, use: TableUse) -> list[ParquetFile]:
        """Return local files with the rows that a query may need."""
        return self._sources[use.table.source].files(use)


class WithoutRows:
    """The same tables without their rows: a query over them has its columns, and reads no object."""

    def __init__(self, tables: TableSource) -> None:
        self._tables = tables

    def table(self, name: TableName) -> Table | None:
        """Return the table that the other source has."""
        return self._tables.table(name)

    def files(self, _: TableUse) -> list[ParquetFile]:
        """Return no file."""
        return []
