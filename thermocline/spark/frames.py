"""Parquet files → a frame with a warm table's columns, whatever columns and widths each file has."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import reduce
from typing import Any, Final

import pyarrow as pa
from pyspark.sql import functions as f

FILE: Final = "__file"
PLACE: Final = "__place"
"""Where a row lies: its file's address and its number there. Contracts cannot have such names."""

_TYPES: Final = {
    "string": "string",
    "int32": "int",
    "int64": "bigint",
    "double": "double",
    "bool": "boolean",
    "date32[day]": "date",
    "decimal128(38, 9)": "decimal(38,9)",
    "timestamp[us, tz=UTC]": "timestamp",
    "timestamp[us]": "timestamp_ntz",
}


def read(spark: Any, root: str, footers: Mapping[str, Any], schema: pa.Schema) -> Any:
    """Return the rows of files in a table's columns, with `FILE` and `PLACE`; what a file lacks is null.

    Spark reads files of one schema only: it widens no number of an older file. So those of a kind are read together.

    Parameters
    ----------
    root
        What the keys are below, ``s3://bucket``.
    footers
        By the files' keys; at least one.
    schema
        The columns; times are UTC without a zone.
    """
    kinds: dict[tuple[tuple[str, str], ...], list[str]] = defaultdict(list)
    for key, footer in footers.items():
        kinds[_kind(footer, schema)].append(f"{root}/{key}")
    frames = (_read(spark, dict(kind), paths, schema) for kind, paths in sorted(kinds.items()))
    return reduce(lambda first, second: first.unionByName(second), frames)


def _kind(footer: Any, schema: pa.Schema) -> tuple[tuple[str, str], ...]:
    wanted = set(schema.names)
    return tuple((each.name, _type(each.type)) for each in footer.schema.to_arrow_schema() if each.name in wanted)


def _read(spark: Any, columns: Mapping[str, str], paths: list[str], schema: pa.Schema) -> Any:
    rows = spark.read.schema(", ".join(f"`{name}` {kind}" for name, kind in columns.items())).parquet(*paths)
    values = [
        (f.col(f"`{field.name}`") if field.name in columns else f.lit(None)).cast(_type(field.type)).alias(field.name)
        for field in schema
    ]
    return rows.select(*values, f.col("_metadata.file_path").alias(FILE), f.col("_metadata.row_index").alias(PLACE))


def _type(kind: Any) -> str:
    if pa.types.is_dictionary(kind):
        return _type(kind.value_type)
    return "string" if pa.types.is_large_string(kind) else _TYPES[str(kind)]
