"""Athena's partition projection: the partitions that a table's parameters describe."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from athena_local.tables.catalog import Table, as_folder
from athena_local.tables.projected_values import Projected
from athena_local.tables.projection_settings import projected_values

# A table with more possible partitions than this is listed as a whole, and not by partition.
MAX_ENUMERATED = 300_000


def is_projected(table: Table) -> bool:
    """Tell whether the table's partitions are projected instead of registered."""
    return bool(table.partition_keys) and table.parameters.get("projection.enabled", "").lower() == "true"


def projections(table: Table, *, now: datetime, injected: Mapping[str, tuple[str, ...]]) -> list[Projected]:
    """Return one projection per partition key, in the keys' order.

    Parameters
    ----------
    table
        A table with ``projection.enabled``.
    now
        The time that ``NOW`` stands for.
    injected
        Values that the query gives for keys of type ``injected``.

    Raises
    ------
    QueryError
        ``INVALID_TABLE_PROPERTY`` for wrong parameters; ``CONSTRAINT_VIOLATION`` for an injected key without a value.
    """
    return [projected_values(table, key.name, key.type.strip().lower(), now, injected) for key in table.partition_keys]


def location(table: Table, folders: Sequence[str]) -> str:
    """Return the location of a partition: from `storage.location.template`, or as Hive builds it.

    Parameters
    ----------
    folders
        What stands for each of its values there.
    """
    names = [key.name for key in table.partition_keys]
    template = table.parameters.get("storage.location.template")
    if not template:
        template = table.location + "/".join(f"{name}=${{{name}}}" for name in names)
    for name, folder in zip(names, folders, strict=True):
        template = template.replace(f"${{{name}}}", folder)
    return as_folder(template)


def values_of(table: Table, keys: Sequence[Projected]) -> Callable[[str], tuple[str, ...] | None]:
    """Return the function that reads the partition values from an object's ``s3://`` address.

    It returns None where there is no partition that is visible.
    """
    marks = [f"\0{number}\0" for number in range(len(keys))]
    pattern = re.escape(location(table, tuple(marks)))
    for number, (mark, key) in enumerate(zip(marks, keys, strict=True)):
        pattern = pattern.replace(re.escape(mark), f"(?P<key{number}>{key.pattern()})", 1)
        pattern = pattern.replace(re.escape(mark), f"(?P=key{number})")
    compiled = re.compile(pattern)

    def values(address: str) -> tuple[str, ...] | None:
        match = compiled.match(address)
        told = tuple(key.value(match[f"key{number}"]) for number, key in enumerate(keys)) if match else ()
        return told if told and all(map(_visible, keys, told)) else None

    return values


def _visible(key: Projected, value: str) -> bool:
    return key.contains(value)
