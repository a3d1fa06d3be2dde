"""A `TableDefinition` → Glue's `TableInput`, as Athena writes it."""

import re
from collections.abc import Sequence
from typing import Any

from athena_local.errors import QueryError
from athena_local.statements.hive_errors import semantic, unreadable
from athena_local.statements.storage_formats import storage_format
from athena_local.statements.table_definition import TableDefinition
from athena_local.tables.catalog import Column

CHANGED = "transient_lastDdlTime"
_ICEBERG_TYPES = re.compile(r"\b(?<![\w`])(timestamptz|time|uuid)\b(?!:)")


def table_input(definition: TableDefinition, *, now: float) -> dict[str, Any]:
    """Return the input of an external table.

    Parameters
    ----------
    now
        Seconds since 1970.

    Raises
    ------
    QueryError
        The definition does not fit itself, or is not supported offline.
    """
    _check(definition)
    properties = {**definition.properties, "EXTERNAL": "TRUE", CHANGED: str(int(now))}
    if definition.comment:
        properties["comment"] = definition.comment
    return {
        "Name": definition.name,
        "Owner": "hadoop",
        "Retention": 0,
        "TableType": "EXTERNAL_TABLE",
        "Parameters": properties,
        "PartitionKeys": glue_columns(definition.partition_keys),
        "StorageDescriptor": _storage(definition),
    }


def glue_columns(columns: Sequence[Column]) -> list[dict[str, str]]:
    """Return columns as Glue has them."""
    return [
        {"Name": column.name, "Type": column.type} | ({"Comment": column.comment} if column.comment else {})
        for column in columns
    ]


def stored_location(location: str) -> str:
    """Return a location as Hive keeps it: without the slash at its end, unless it is a whole bucket.

    Raises
    ------
    QueryError
        ``INVALID_TABLE_PROPERTY``: it is not in S3.
    """
    if not re.fullmatch(r"s3[an]?://[^/]+(/.*)?", location, re.DOTALL):
        raise QueryError("INVALID_TABLE_PROPERTY", f"a LOCATION must be like s3://bucket/folder/, not '{location}'")
    return location.rstrip("/") if re.fullmatch(r"s3[an]?://[^/]+/.*[^/]/*", location, re.DOTALL) else location


def check_columns(columns: Sequence[Column], keys: Sequence[Column]) -> None:
    """Raise Hive's error for a name that occurs twice, and for a type that only Iceberg tables have."""
    names = [column.name for column in columns]
    for number, name in enumerate(names):
        if name in names[:number]:
            raise semantic(f"Duplicate column name: {name}", 10036)
    keys_seen = [key.name for key in keys]
    if set(names) & set(keys_seen) or len(set(keys_seen)) < len(keys_seen):
        raise semantic("Column repeated in partitioning columns", 10035)
    for column in (*columns, *keys):
        if found := _ICEBERG_TYPES.search(column.type):
            raise unreadable(f"cannot recognize input near '{found[1]}' in column type")


def _check(definition: TableDefinition) -> None:
    if not definition.is_external:
        raise semantic("Only external tables and Iceberg tables can be created: use CREATE EXTERNAL TABLE")
    if definition.transforms:
        raise QueryError("SYNTAX_ERROR", "the columns of PARTITIONED BY need types: only Iceberg tables have none")
    if not definition.columns:
        raise semantic("Either list of columns or a custom serializer should be specified", 10043)
    check_columns(definition.columns, definition.partition_keys)
    for key in definition.partition_keys:
        if "<" in key.type:
            raise semantic(f"Partition column {key.name} must be of primitive type, not {key.type}")


def _storage(definition: TableDefinition) -> dict[str, Any]:
    format_ = storage_format(definition)
    serde = dict(definition.serde_properties)
    return {
        "Columns": glue_columns(definition.columns),
        "Location": stored_location(definition.location or ""),
        "InputFormat": format_.input_format,
        "OutputFormat": format_.output_format,
        "Compressed": False,
        "NumberOfBuckets": -1,
        "SerdeInfo": {
            "SerializationLibrary": format_.serde,
            "Parameters": {"serialization.format": serde.get("field.delim", "1"), **serde},
        },
        "BucketColumns": [],
        "SortColumns": [],
        "Parameters": {},
        "StoredAsSubDirectories": False,
    }
