"""What an Iceberg table is created from: columns, transforms of columns, and Athena's properties."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa
from pyiceberg.io.pyarrow import _ConvertToIcebergWithoutIDs, visit_pyarrow
from pyiceberg.partitioning import PartitionField, PartitionSpec
from pyiceberg.schema import Schema, assign_fresh_schema_ids
from pyiceberg.transforms import (
    BucketTransform,
    DayTransform,
    HourTransform,
    IdentityTransform,
    MonthTransform,
    Transform,
    TruncateTransform,
    YearTransform,
)
from pyiceberg.types import NestedField

from athena_local.errors import QueryError
from athena_local.tables.arrow_types import arrow_type
from athena_local.tables.catalog import Column

_FIRST_PARTITION_ID = 1000
_AnyTransform = Transform[Any, Any]
_SIMPLE: dict[str, tuple[Callable[[], _AnyTransform], str]] = {
    "identity": (IdentityTransform, ""),
    "year": (YearTransform, "_year"),
    "month": (MonthTransform, "_month"),
    "day": (DayTransform, "_day"),
    "hour": (HourTransform, "_hour"),
}
_NOT_ICEBERG = re.compile(r"\b(tinyint|smallint|char\(\d+\)|varchar\(\d+\))")
_WRITTEN = re.compile(r"(\w+)\s*\(\s*(\"[^\"]+\"|\w+)\s*(?:,\s*(\d+)\s*)?\)|(\"[^\"]+\"|\w+)")
_CODECS = ("zstd", "gzip", "snappy", "none", "uncompressed")
# What Athena takes beside `table_type`, `format` and `write_compression`.
_KEPT = frozenset({
    "optimize_rewrite_data_file_threshold", "optimize_rewrite_delete_file_threshold",
    "optimize_rewrite_min_data_file_size_bytes", "optimize_rewrite_max_data_file_size_bytes",
    "write_target_data_file_size_bytes", "vacuum_min_snapshots_to_keep", "vacuum_max_snapshot_age_seconds",
    "vacuum_max_metadata_files_to_keep",
})  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class ColumnTransform:
    """One field of a table's partitioning.

    Attributes
    ----------
    name
        ``identity``, ``year``, ``month``, ``day``, ``hour``, ``bucket`` or ``truncate``.
    number
        Buckets, or the width of ``truncate``.
    """

    name: str
    column: str
    number: int | None = None


@dataclass(frozen=True, kw_only=True)
class NewIcebergTable:
    """A table to create.

    Attributes
    ----------
    columns
        With Hive types, as Glue names them.
    properties
        Athena's.
    """

    database: str
    name: str
    columns: tuple[Column, ...]
    location: str
    transforms: tuple[ColumnTransform, ...] = ()
    properties: Mapping[str, str] = field(default_factory=dict)
    comment: str = ""


def written_transform(text: str) -> ColumnTransform:
    """Return the transform of ``partitioning = ARRAY['bucket(id, 16)']``.

    Raises
    ------
    QueryError
        ``INVALID_TABLE_PROPERTY``: it is none.
    """
    match = _WRITTEN.fullmatch(text.strip())
    if match is None:
        raise QueryError(
            "INVALID_TABLE_PROPERTY", f"Unable to parse partitioning value: Invalid partition field: {text}"
        )
    if match.group(4):
        return ColumnTransform(name="identity", column=match.group(4).strip('"').lower())
    number = int(match.group(3)) if match.group(3) else None
    return ColumnTransform(name=match.group(1).lower(), column=match.group(2).strip('"').lower(), number=number)


def schema_of(columns: Sequence[Column]) -> Schema:
    """Return the columns in Iceberg's types.

    Raises
    ------
    QueryError
        ``NOT_SUPPORTED``: Iceberg has no such type.
    """
    fields = []
    for column in columns:
        if unknown := _NOT_ICEBERG.search(column.type.lower()):
            raise QueryError("NOT_SUPPORTED", f"Type not supported for Iceberg: {unknown.group(1)}")
        try:
            type_ = arrow_type(column.type)
        except ValueError as error:
            raise QueryError("NOT_SUPPORTED", f"Type not supported for Iceberg: {column.type}") from error
        fields.append(pa.field(column.name, type_, metadata={"doc": column.comment} if column.comment else None))
    return assign_fresh_schema_ids(visit_pyarrow(pa.schema(fields), _ConvertToIcebergWithoutIDs()))


def spec_of(schema: Schema, transforms: Sequence[ColumnTransform]) -> PartitionSpec:
    """Return the partitioning of a table.

    Raises
    ------
    QueryError
        ``INVALID_TABLE_PROPERTY``: a column that is not there, or a transform that it does not have.
    """
    fields = [
        _partition_field(_column(schema, each.column), each, _FIRST_PARTITION_ID + number)
        for number, each in enumerate(transforms)
    ]
    names = [each.name for each in fields]
    if len(set(names)) < len(names):
        raise QueryError("INVALID_TABLE_PROPERTY", f"Cannot use a partition name more than once: {', '.join(names)}")
    return PartitionSpec(*fields)


def _column(schema: Schema, name: str) -> NestedField:
    for column in schema.fields:
        if column.name == name:
            return column
    raise QueryError("INVALID_TABLE_PROPERTY", f"Cannot find source column: {name}")


def _partition_field(source: NestedField, asked: ColumnTransform, number: int) -> PartitionField:
    transform, ending = _transform(asked)
    if not transform.can_transform(source.field_type):
        message = f"Invalid source type {source.field_type} for transform: {transform}"
        raise QueryError("INVALID_TABLE_PROPERTY", message)
    return PartitionField(source_id=source.field_id, field_id=number, transform=transform, name=asked.column + ending)


def _transform(asked: ColumnTransform) -> tuple[_AnyTransform, str]:
    if asked.name in _SIMPLE and asked.number is None:
        kind, ending = _SIMPLE[asked.name]
        return kind(), ending
    if asked.name == "bucket" and asked.number:
        return BucketTransform(asked.number), "_bucket"
    if asked.name == "truncate" and asked.number:
        return TruncateTransform(asked.number), "_trunc"
    raise QueryError("INVALID_TABLE_PROPERTY", f"Invalid partition transform: {asked.name}({asked.column})")


def iceberg_properties(properties: Mapping[str, str]) -> dict[str, str]:
    """Return Iceberg's properties for Athena's.

    Raises
    ------
    QueryError
        ``INVALID_TABLE_PROPERTY`` for one that Athena does not take, ``NOT_SUPPORTED`` for what is not written.
    """
    kept: dict[str, str] = {}
    for key, value in properties.items():
        if key == "format":
            if value.upper() != "PARQUET":
                raise QueryError("NOT_SUPPORTED", f"Iceberg tables in the format {value} are not written offline")
            kept["write.format.default"] = "parquet"
        elif key == "write_compression":
            if value.lower() not in _CODECS:
                raise QueryError("NOT_SUPPORTED", f"the compression {value} is not written offline")
            kept["write.parquet.compression-codec"] = value.lower().replace("none", "uncompressed")
        elif key in _KEPT:
            kept[key] = value
        elif key != "table_type":
            raise QueryError("INVALID_TABLE_PROPERTY", f"Unsupported table property key: {key}")
    return kept
