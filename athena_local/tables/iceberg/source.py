"""Iceberg tables as one kind of tables."""

from pathlib import Path

from athena_local.errors import QueryError
from athena_local.tables.catalog import Catalog, Table
from athena_local.tables.iceberg.files import IcebergFiles
from athena_local.tables.iceberg.loading import Metadata
from athena_local.tables.iceberg.metadata_tables import MetadataTable, metadata_table, written
from athena_local.tables.iceberg.predicates import Constant, Predicates
from athena_local.tables.iceberg.table import IcebergTable, at_version, check_hidden
from athena_local.tables.parquet_files import ParquetFile
from athena_local.tables.sources import TableName
from athena_local.tables.table_uses import TableUse


class IcebergTables:
    """Iceberg tables of a catalog, at any of their versions, and the tables of their metadata.

    Parameters
    ----------
    folder
        Where the rows of metadata are kept.
    """

    def __init__(
        self, *, catalog: Catalog, metadata: Metadata, files: IcebergFiles, constant: Constant, folder: Path
    ) -> None:
        self._catalog = catalog
        self._metadata = metadata
        self._files = files
        self._constant = constant
        self._folder = folder

    def table(self, name: TableName) -> Table | None:
        """Return an Iceberg table; None when the catalog has none of this name."""
        base, _, kind = name.name.partition("$")
        known = self._catalog.table(name.database, base)
        if known is None or not known.is_iceberg:
            return None
        if kind and name.version:
            raise QueryError("NOT_SUPPORTED", "This connector does not support versioned tables")
        table = at_version(known, self._metadata.load(known), name.version)
        return metadata_table(table, kind) if kind else table

    def files(self, use: TableUse) -> list[ParquetFile]:
        """Return local files with the rows that the query may need."""
        table = use.table
        if isinstance(table, MetadataTable):
            return [written(table, self._folder)]
        if not isinstance(table, IcebergTable):
            raise QueryError("NOT_SUPPORTED", f"{table.database}.{table.name} is not read offline")
        check_hidden(use.columns)
        predicates = Predicates(seen=table.schema, current=table.loaded.schema(), constant=self._constant)
        return self._files.files(table, predicates.all_of(use.conditions))
