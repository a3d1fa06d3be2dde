"""Hive's types → Arrow's, in which rows reach the writers of tables."""

import re
from collections.abc import Iterable

import pyarrow as pa

from athena_local.formats import hive_types
from athena_local.tables.catalog import Column


def arrow_schema(columns: Iterable[Column]) -> pa.Schema:
    """Return the Arrow schema of columns with Hive types."""
    return pa.schema([pa.field(column.name, arrow_type(column.type)) for column in columns])


def arrow_type(hive: str) -> pa.DataType:
    """Return Arrow's type for a Hive type, such as ``struct<a:int,b:array<string>>``.

    Raises
    ------
    ValueError
        There is no such type, or it is or has ``char(n)``, which is not written.
    """
    if hive == "timestamp with time zone":
        return pa.timestamp("us", tz="UTC")
    if re.search(r"\bchar\b", hive.lower()):
        raise ValueError(f"unsupported Hive type: {hive}")
    return hive_types.arrow_type(hive_types.parse_type(hive))
