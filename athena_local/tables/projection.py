"""Athena's partition projection: the partitions that a table's parameters describe."""

import re
from collections.abc import Mapping
from datetime import datetime

from athena_local.tables.catalog import Table, as_folder
from athena_local.tables.projected_values import (
    Projected,
)
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
    return [projected_values(table, key.name, now, injected) for key in table.partition_keys]


def location(table: Table, values: tuple[str, ...]) -> str:
    """Return the location of a partition: from `storage.location.template`, or as Hive builds it."""
    names = [key.name for key in table.partition_keys]
    template = table.parameters.get("storage.location.template")
    if not template:
        template = table.location + "/".join(f"{name}=${{{name}}}" for name in names)
    for name, value in zip(names, values, strict=True):
        template = template.replace(f"${{{name}}}", value)
    return as_folder(template)


def location_pattern(table: Table) -> re.Pattern[str]:
    """Return a pattern that reads the partition values from an object's ``s3://`` address."""
    names = [key.name for key in table.partition_keys]
    marks = [f"\0{number}\0" for number in range(len(names))]
    pattern = re.escape(location(table, tuple(marks)))
    for mark, name in zip(marks, names, strict=True):
        pattern = pattern.replace(re.escape(mark), f"(?P<{name}>.+?)", 1).replace(re.escape(mark), f"(?P={name})")
    return re.compile(pattern)
