"""CREATE TABLE, ALTER TABLE and DROP TABLE of Iceberg tables."""

from pyiceberg.table import Transaction
from pyiceberg.table.update.schema import UpdateSchema

from athena_local.errors import InvalidRequestError, QueryError
from athena_local.statements.table_changes import AddColumns, Change, ChangeColumn, DropColumn, SetProperties
from athena_local.statements.table_definition import TableDefinition
from athena_local.tables.catalog import Column, Table, as_folder
from athena_local.tables.iceberg.definitions import IcebergDefinitions
from athena_local.tables.iceberg.new_tables import NewIcebergTable, iceberg_properties, schema_of


class IcebergChanges:
    """`IcebergStatements` through pyiceberg."""

    def __init__(self, tables: IcebergDefinitions) -> None:
        self._tables = tables

    def create(self, database: str, definition: TableDefinition) -> None:
        """Create a table without rows.

        Raises
        ------
        QueryError
            A clause, a type or a property that an Iceberg table does not have.
        """
        _refuse(definition)
        self._tables.create(
            NewIcebergTable(
                database=database,
                name=definition.name,
                columns=definition.columns,
                location=as_folder(definition.location or ""),
                transforms=definition.transforms,
                properties=definition.properties,
                comment=definition.comment,
            )
        )

    def alter(self, table: Table, change: Change) -> None:
        """Change a table's columns or properties in one commit.

        Raises
        ------
        QueryError
            ``NOT_SUPPORTED``: Athena does not change Iceberg tables so, or it is not done offline.
        """
        if isinstance(change, SetProperties):
            properties = iceberg_properties(change.properties)
            self._tables.change(table, lambda transaction: _set(transaction, properties))
        elif isinstance(change, AddColumns | DropColumn | ChangeColumn):
            self._tables.change(table, lambda transaction: _change_columns(transaction, change))
        else:
            raise QueryError("NOT_SUPPORTED", f"this ALTER TABLE of the Iceberg table {table.name} is not done offline")

    def drop(self, table: Table) -> None:
        """Drop a table and delete its data."""
        self._tables.drop(table)


def _refuse(definition: TableDefinition) -> None:
    if definition.is_external:
        message = "External keyword not supported for table type ICEBERG"
        raise InvalidRequestError(message, code="MALFORMED_QUERY")
    stored = definition.stored_as or definition.input_format or definition.serde or definition.is_delimited
    if stored or definition.serde_properties or definition.partition_keys:
        what = "types in PARTITIONED BY" if definition.partition_keys else "ROW FORMAT and STORED AS"
        raise QueryError("NOT_SUPPORTED", f"{what}: not supported for table type ICEBERG")


def _set(transaction: Transaction, properties: dict[str, str]) -> None:
    transaction.set_properties(properties)


def _change_columns(transaction: Transaction, change: AddColumns | DropColumn | ChangeColumn) -> None:
    with transaction.update_schema() as update:
        if isinstance(change, DropColumn):
            update.delete_column(change.name)
        elif isinstance(change, ChangeColumn):
            _change_column(update, change)
        else:
            for column in change.columns:
                _add(update, column)


def _add(update: UpdateSchema, column: Column) -> None:
    field = schema_of([column]).fields[0]
    update.add_column(column.name, field.field_type, doc=column.comment or None)


def _change_column(update: UpdateSchema, change: ChangeColumn) -> None:
    field = schema_of([change.new]).fields[0]
    update.update_column(change.old, field_type=field.field_type, doc=change.new.comment or None)
    if change.old != change.new.name:
        update.rename_column(change.old, change.new.name)
    if change.is_first:
        update.move_first(change.old)
    elif change.after:
        update.move_after(change.old, change.after)
