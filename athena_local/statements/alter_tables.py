"""The changes of ALTER TABLE, on the tables of the Glue catalog that are not Iceberg's."""

from collections.abc import Callable, Mapping
from copy import deepcopy
from typing import Any

from athena_local.errors import QueryError
from athena_local.statements import alter_partitions
from athena_local.statements.definitions import Definitions
from athena_local.statements.hive_errors import semantic, task_failed
from athena_local.statements.storage_formats import PARQUET_SERDE, TEXT_SERDE
from athena_local.statements.table_changes import (
    AddColumns,
    AddPartitions,
    Change,
    ChangeColumn,
    DropColumn,
    DropPartitions,
    RenamePartition,
    RenameTable,
    ReplaceColumns,
    SetLocation,
    SetProperties,
    Spec,
)
from athena_local.statements.table_input import CHANGED, check_columns, glue_columns, stored_location
from athena_local.tables.catalog import Column, Table

_Storage = dict[str, Any]


def change_table(on: Definitions, table: Table, change: Change) -> None:
    """Change a table or its partitions: completely, or not at all.

    Raises
    ------
    QueryError
        Hive refuses it.
    """
    _CHANGES[type(change)](on, table, change)


def _set_location(on: Definitions, table: Table, change: SetLocation) -> None:
    location = stored_location(change.location)

    def set_location(storage: _Storage) -> None:
        storage["Location"] = location

    _change_storage(on, table, change.partition, set_location)


def _add_columns(on: Definitions, table: Table, change: AddColumns) -> None:
    def add(storage: _Storage) -> None:
        _put_columns(table, storage, [*_columns(storage), *change.columns])

    if any(column.type == "date" for column in change.columns):
        message = "ALTER TABLE ADD COLUMNS does not work for columns of the type date on Athena: use timestamp"
        raise QueryError("NOT_SUPPORTED", message)
    _change_storage(on, table, change.partition, add)


def _replace_columns(on: Definitions, table: Table, change: ReplaceColumns) -> None:
    def replace(storage: _Storage) -> None:
        if storage["SerdeInfo"]["SerializationLibrary"] not in (TEXT_SERDE, PARQUET_SERDE):
            raise task_failed(f"Replace columns is not supported for table {table.name}. SerDe may be incompatible.")
        _put_columns(table, storage, list(change.columns))

    _change_storage(on, table, change.partition, replace)


def _change_column(on: Definitions, table: Table, change: ChangeColumn) -> None:
    def changed(storage: _Storage) -> None:
        columns = _columns(storage)
        at = _index(columns, change.old)
        comment = change.new.comment or columns[at].comment
        new = Column(name=change.new.name, type=change.new.type, comment=comment)
        rest = [column for number, column in enumerate(columns) if number != at]
        if change.is_first or change.after is not None:
            at = 0 if change.after is None else _index(rest, change.after) + 1
        _put_columns(table, storage, [*rest[:at], new, *rest[at:]])

    _change_storage(on, table, None, changed)


def _set_properties(on: Definitions, table: Table, change: SetProperties) -> None:
    definition = dict(on.writer.definition(table.database, table.name))
    stamp = {CHANGED: str(int(on.clock()))}
    definition["Parameters"] = {**(definition.get("Parameters") or {}), **stamp, **change.properties}
    on.writer.put_table(table.database, definition, replace=True)


def _rename(_: Definitions, table: Table, __: RenameTable) -> None:
    raise task_failed(f"Unable to alter table. Table cannot be renamed: {table.name}")


def _drop_column(_: Definitions, table: Table, __: DropColumn) -> None:
    message = f"ALTER TABLE {table.name} DROP COLUMN: only Iceberg tables drop columns; use REPLACE COLUMNS"
    raise QueryError("NOT_SUPPORTED", message)


def _change_storage(on: Definitions, table: Table, partition: Spec | None, change: Callable[[_Storage], None]) -> None:
    """Change the storage descriptor of a table, or of one of its partitions."""
    if partition is None:
        definition = deepcopy(dict(on.writer.definition(table.database, table.name)))
        change(definition["StorageDescriptor"])
        definition["Parameters"] = {**(definition.get("Parameters") or {}), CHANGED: str(int(on.clock()))}
        on.writer.put_table(table.database, definition, replace=True)
        return
    values = alter_partitions.registered(on, table, partition)
    stored = deepcopy(dict(on.writer.partition(table.database, table.name, values)))
    change(stored["StorageDescriptor"])
    on.writer.replace_partition(table.database, table.name, values, stored)


def _columns(storage: Mapping[str, Any]) -> list[Column]:
    return [
        Column(name=each["Name"], type=each.get("Type", "string"), comment=each.get("Comment", ""))
        for each in storage["Columns"]
    ]


def _put_columns(table: Table, storage: _Storage, columns: list[Column]) -> None:
    check_columns(columns, table.partition_keys)
    storage["Columns"] = glue_columns(columns)


def _index(columns: list[Column], name: str) -> int:
    at = next((number for number, column in enumerate(columns) if column.name == name), None)
    if at is None:
        raise semantic(f"Invalid column reference {name}", 10002)
    return at


_CHANGES: Mapping[type[Change], Callable[[Definitions, Table, Any], None]] = {
    AddPartitions: alter_partitions.add_partitions,
    DropPartitions: alter_partitions.drop_partitions,
    RenamePartition: alter_partitions.rename_partition,
    SetLocation: _set_location,
    SetProperties: _set_properties,
    AddColumns: _add_columns,
    ReplaceColumns: _replace_columns,
    ChangeColumn: _change_column,
    DropColumn: _drop_column,
    RenameTable: _rename,
}
