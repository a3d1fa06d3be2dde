"""Statements that define, on a catalog: each is done completely, or not at all."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from athena_local.errors import QueryError
from athena_local.statements.iceberg_statements import IcebergStatements, NoIcebergStatements
from athena_local.tables.catalog import Catalog, Table
from athena_local.tables.glue_writer import CatalogWriter
from athena_local.tables.storage import ObjectStore
from athena_local.tables.types import OutputColumn, ResultType, Row

Parts = dict[str, str]
# A query and its database → its columns, each with DuckDB's type.
Describe = Callable[[str, str], list[tuple[OutputColumn, Any]]]


@dataclass(frozen=True, kw_only=True)
class Definitions:
    """What the statements work on.

    Attributes
    ----------
    database
        The database for names without one.
    clock
        Returns seconds since 1970.
    """

    catalog: Catalog
    writer: CatalogWriter
    store: ObjectStore
    describe: Describe
    database: str
    iceberg: IcebergStatements = field(default_factory=NoIcebergStatements)
    clock: Callable[[], float] = time.time

    def check_database(self, name: str) -> None:
        """Raise ``SCHEMA_NOT_FOUND`` if there is no such database."""
        if name not in self.catalog.database_names():
            raise QueryError("SCHEMA_NOT_FOUND", f"line 1:1: Schema '{name}' does not exist")

    def table(self, parts: Parts) -> Table | None:
        """Return the table or view that a statement names; None when it does not exist."""
        return self.catalog.table(parts.get("database", self.database), parts["name"])

    def full_name(self, parts: Parts) -> str:
        """Return the name of a statement's table for messages."""
        return f"awsdatacatalog.{parts.get('database', self.database)}.{parts['name']}"


@dataclass(frozen=True, kw_only=True)
class Defined:
    """The answer to a statement; only SHOW has rows."""

    columns: tuple[OutputColumn, ...] = ()
    rows: tuple[Row, ...] = ()


def strings(*names: str) -> tuple[OutputColumn, ...]:
    """Return columns of texts."""
    return tuple(OutputColumn(name=name, type=ResultType(name="string")) for name in names)
