"""What defines Iceberg tables: another part's work, behind a port."""

from typing import Protocol

from athena_local.errors import QueryError
from athena_local.statements.table_changes import Change
from athena_local.statements.table_definition import TableDefinition
from athena_local.tables.catalog import Table


class IcebergStatements(Protocol):
    """The statements on Iceberg tables."""

    def create(self, database: str, definition: TableDefinition) -> None:
        """Create a table that is not there, in a database that is there."""

    def alter(self, table: Table, change: Change) -> None:
        """Change a table."""

    def drop(self, table: Table) -> None:
        """Drop a table and delete its data."""


class NoIcebergStatements:
    """`IcebergStatements` that refuse."""

    def create(self, _: str, definition: TableDefinition) -> None:
        """Refuse."""
        raise _refused(f"CREATE TABLE {definition.name}")

    def alter(self, table: Table, _: Change) -> None:
        """Refuse."""
        raise _refused(f"ALTER TABLE {table.name}")

    def drop(self, table: Table) -> None:
        """Refuse."""
        raise _refused(f"DROP TABLE {table.name}")


def _refused(statement: str) -> QueryError:
    return QueryError("NOT_SUPPORTED", f"{statement}: Iceberg tables are not created, altered or dropped offline")
