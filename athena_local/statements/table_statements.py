"""CREATE TABLE in Hive's form, DROP TABLE and ALTER TABLE."""

from dataclasses import dataclass

from athena_local.errors import InvalidRequestError
from athena_local.statements.alter_statement import read_alter
from athena_local.statements.alter_tables import change_table
from athena_local.statements.definitions import Defined, Definitions
from athena_local.statements.hive_errors import (
    database_not_found,
    not_for_iceberg,
    semantic,
    table_not_found,
    task_failed,
)
from athena_local.statements.hive_reader import HiveReader
from athena_local.statements.table_changes import AddColumns, ChangeColumn, DropColumn, RenameTable, SetProperties
from athena_local.statements.table_definition import TableDefinition, read_definition
from athena_local.statements.table_input import table_input
from athena_local.tables.catalog import Table

_FOR_ICEBERG = (AddColumns, ChangeColumn, DropColumn, RenameTable, SetProperties)


@dataclass(frozen=True, kw_only=True)
class DropTable:
    """What a DROP TABLE statement says."""

    database: str | None
    name: str
    if_exists: bool


def read_create(sql: str) -> TableDefinition:
    """Read a CREATE TABLE statement.

    Raises
    ------
    InvalidRequestError
        ``MALFORMED_QUERY``: it is none, or has no location.
    """
    definition = read_definition(sql)
    if not definition.location:
        message = "No location was specified for table. An S3 location must be specified"
        raise InvalidRequestError(message, code="MALFORMED_QUERY")
    return definition


def create_table(on: Definitions, sql: str) -> Defined:
    """Create an external table or an Iceberg table; one that is there is refused, or left alone with IF NOT EXISTS."""
    definition = read_create(sql)
    database = definition.database or on.database
    if database not in on.catalog.database_names():
        raise database_not_found(database)
    if on.catalog.table(database, definition.name) is not None:
        if definition.if_not_exists:
            return Defined()
        raise task_failed(f"AlreadyExistsException(message:Table {definition.name} already exist)")
    if definition.is_iceberg:
        on.iceberg.create(database, definition)
    else:
        on.writer.put_table(database, table_input(definition, now=on.clock()), replace=False)
    return Defined()


def read_drop(sql: str) -> DropTable:
    """Read a DROP TABLE statement; PURGE says nothing here, since objects of external tables stay."""
    reader = HiveReader(sql)
    reader.expect("DROP", "TABLE")
    if_exists = reader.skip("IF", "EXISTS")
    database, name = reader.table()
    reader.skip("PURGE")
    reader.end()
    return DropTable(database=database, name=name, if_exists=if_exists)


def drop_table(on: Definitions, sql: str) -> Defined:
    """Drop a table; the objects of an external table stay, those of an Iceberg table go."""
    statement = read_drop(sql)
    table = on.catalog.table(statement.database or on.database, statement.name)
    if table is None:
        if statement.if_exists:
            return Defined()
        raise table_not_found(_written(statement.database, statement.name))
    if table.view_sql is not None:
        raise semantic("Cannot drop a view with DROP TABLE", 10126)
    if table.is_iceberg:
        on.iceberg.drop(table)
    else:
        on.writer.drop_table(table.database, table.name)
    return Defined()


def alter_table(on: Definitions, sql: str) -> Defined:
    """Change a table."""
    statement = read_alter(sql)
    table = existing(on, statement.database, statement.name)
    if table.view_sql is not None:
        raise semantic("To alter a view you need to use the ALTER VIEW command.", 10131)
    if not table.is_iceberg:
        change_table(on, table, statement.change)
    elif isinstance(statement.change, _FOR_ICEBERG):
        on.iceberg.alter(table, statement.change)
    else:
        raise not_for_iceberg()
    return Defined()


def existing(on: Definitions, database: str | None, name: str) -> Table:
    """Return a table or view.

    Raises
    ------
    QueryError
        Hive's error: there is none.
    """
    table = on.catalog.table(database or on.database, name)
    if table is None:
        raise table_not_found(_written(database, name))
    return table


def _written(database: str | None, name: str) -> str:
    return f"{database}.{name}" if database else name
