"""Hive's types → Arrow's, in which rows reach the writers of tables."""

import re
from collections.abc import Iterable

import pyarrow as pa

from athena_local.formats.hive_types import SCALARS, split_type
from athena_local.tables.catalog import Column

# ``char(n)`` is none of them: no format keeps its padding.
_WRITTEN: dict[str, pa.DataType] = {
    **{name: type_ for name, type_ in SCALARS.items() if name != "char"},
    "integer": pa.int32(),
    "real": pa.float32(),
    "decimal": pa.decimal128(10, 0),
    "time(6)": pa.time64("us"),
    "timestamp(6)": pa.timestamp("us"),
    "timestamp(6) with time zone": pa.timestamp("us", tz="UTC"),
    "timestamp with time zone": pa.timestamp("us", tz="UTC"),
}


def arrow_schema(columns: Iterable[Column]) -> pa.Schema:
    """Return the Arrow schema of columns with Hive types."""
    return pa.schema([pa.field(column.name, arrow_type(column.type)) for column in columns])


def arrow_type(hive: str) -> pa.DataType:
    """Return Arrow's type for a Hive type, such as ``struct<a:int,b:array<string>>``.

    Raises
    ------
    ValueError
        There is no such type, or it is ``char(n)``, whose padding no format keeps.
    """
    text = hive.strip().lower()
    if text in _WRITTEN:
        return _WRITTEN[text]
    if re.fullmatch(r"varchar\(\d+\)", text):
        return pa.string()
    if match := re.fullmatch(r"decimal\((\d+)(?:,\s*(\d+))?\)", text):
        return pa.decimal128(int(match.group(1)), int(match.group(2) or 0))
    if match := re.fullmatch(r"(array|map|struct)<(.*)>", text, re.DOTALL):
        return _nested(match.group(1), split_type(match.group(2)))
    raise ValueError(f"unsupported Hive type: {hive}")


def _nested(kind: str, parts: list[str]) -> pa.DataType:
    if kind == "array":
        return pa.list_(arrow_type(parts[0]))
    if kind == "map":
        return pa.map_(arrow_type(parts[0]), arrow_type(parts[1]))
    fields = (part.split(":", 1) for part in parts)
    return pa.struct([pa.field(name.strip(), arrow_type(type_)) for name, type_ in fields])
