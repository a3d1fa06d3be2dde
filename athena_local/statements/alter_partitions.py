"""The partitions that ALTER TABLE adds, drops and renames."""

import re
from datetime import date
from typing import Any

from athena_local.statements.definitions import Definitions
from athena_local.statements.hive_errors import HiveError, semantic, task_failed
from athena_local.statements.table_changes import AddPartitions, DropPartitions, RenamePartition, Spec
from athena_local.statements.table_input import CHANGED, stored_location
from athena_local.tables.catalog import Table
from athena_local.tables.partition_names import partition_name

_INTEGERS = ("tinyint", "smallint", "int", "bigint")


def add_partitions(on: Definitions, table: Table, change: AddPartitions) -> None:
    """Register partitions; one that is there is refused, or left alone with IF NOT EXISTS."""
    known = {partition.values for partition in on.catalog.partitions(table)}
    located: dict[tuple[str, ...], str | None] = {}
    for spec, location in change.partitions:
        values = _values(table, spec)
        if values in known or values in located:
            if change.if_not_exists:
                continue
            raise task_failed("AlreadyExistsException(message:Partition already exists.)")
        located[values] = stored_location(location) if location is not None else None
    register(on, table, located)


def register(on: Definitions, table: Table, located: dict[tuple[str, ...], str | None]) -> None:
    """Register new partitions with the table's storage, all or none.

    Parameters
    ----------
    located
        Values → location; None for the folder below the table's that the values name.
    """
    storage = on.writer.definition(table.database, table.name)["StorageDescriptor"]
    keys = [key.name for key in table.partition_keys]

    def as_input(values: tuple[str, ...], location: str | None) -> dict[str, Any]:
        location = location or table.location + partition_name(keys, values)
        return {
            "Values": list(values),
            "StorageDescriptor": {**storage, "Location": location},
            "Parameters": {CHANGED: str(int(on.clock()))},
        }

    on.writer.add_partitions(table.database, table.name, [as_input(*pair) for pair in located.items()])


def drop_partitions(on: Definitions, table: Table, change: DropPartitions) -> None:
    """Forget all partitions that fit; their objects stay."""
    keys = [key.name for key in table.partition_keys]
    named = [dict(zip(keys, partition.values, strict=True)) for partition in on.catalog.partitions(table)]
    dropped: list[tuple[str, ...]] = []
    for spec in change.specs:
        _check_keys(table, spec)
        fitting = [tuple(values.values()) for values in named if spec.items() <= values.items()]
        if not fitting and not change.if_exists:
            raise _not_found(spec)
        dropped += [values for values in fitting if values not in dropped]
    for values in dropped:
        on.writer.drop_partition(table.database, table.name, values)


def rename_partition(on: Definitions, table: Table, change: RenamePartition) -> None:
    """Give a partition other values; its location stays."""
    old, new = registered(on, table, change.old), _values(table, change.new)
    if new in {partition.values for partition in on.catalog.partitions(table)}:
        raise task_failed("AlreadyExistsException(message:Partition already exists.)")
    stored = on.writer.partition(table.database, table.name, old)
    on.writer.replace_partition(table.database, table.name, old, {**stored, "Values": list(new)})


def registered(on: Definitions, table: Table, spec: Spec) -> tuple[str, ...]:
    """Return the values of a partition that is there.

    Raises
    ------
    QueryError
        There is none, or the spec does not name one value for each key.
    """
    values = _values(table, spec)
    if values not in {partition.values for partition in on.catalog.partitions(table)}:
        raise _not_found(spec)
    return values


def _values(table: Table, spec: Spec) -> tuple[str, ...]:
    _check_keys(table, spec)
    if len(spec) < len(table.partition_keys):
        count = len(table.partition_keys)
        raise semantic(f"partition spec {_shown(spec)} doesn't contain all ({count}) partition columns")
    for key in table.partition_keys:
        _check_value(key.name, key.type, spec[key.name])
    return tuple(spec[key.name] for key in table.partition_keys)


def _check_keys(table: Table, spec: Spec) -> None:
    if not table.partition_keys:
        raise semantic(f"table is not partitioned but partition spec exists: {_shown(spec)}")
    keys = {key.name for key in table.partition_keys}
    for name in spec:
        if name not in keys:
            raise semantic(f"Partition spec {_shown(spec)} contains non-partition columns: {name}", 10098)


def _check_value(name: str, type_: str, value: str) -> None:
    if not value:
        raise semantic(f"Partition value of {name} must not be empty")
    fits = not (type_ in _INTEGERS and not re.fullmatch(r"-?\d+", value))
    if type_ == "date":
        try:
            date.fromisoformat(value)
        except ValueError:
            fits = False
    if not fits:
        message = f"Cannot add partition column {name} of type string as it cannot be converted to type {type_}"
        raise semantic(message, 10248)


def _shown(spec: Spec) -> str:
    return "{" + ", ".join(f"{key}={value}" for key, value in spec.items()) + "}"


def _not_found(spec: Spec) -> HiveError:
    return semantic(f"Partition not found {_shown(spec)}", 10006)
