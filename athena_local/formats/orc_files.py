"""ORC files: columns by their place, as Athena reads them, or by their name."""

from collections.abc import Iterator
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import orc

from athena_local.formats.hive_types import HiveType, arrow_type
from athena_local.formats.layout import Layout, MalformedError
from athena_local.formats.rows import Failures

_WIDER = {
    "tinyint": ("int8",),
    "smallint": ("int8", "int16"),
    "int": ("int8", "int16", "int32"),
    "bigint": ("int8", "int16", "int32", "int64"),
    "float": ("float",),
    "double": ("float", "double"),
}


def orc_batches(content: bytes, key: str, layout: Layout, failures: Failures) -> Iterator[pa.RecordBatch]:
    """Yield the rows of a file, a stripe at a time.

    Raises
    ------
    MalformedError
        It is not an ORC file.
    """
    try:
        file = orc.ORCFile(pa.BufferReader(content))
        for number in range(file.nstripes):
            yield _batch(file.read_stripe(number), layout, failures, key)
    except (pa.ArrowException, OSError) as error:
        raise MalformedError(f"Malformed ORC file: {error}: {key}", "HIVE_BAD_DATA") from error


def _batch(stripe: pa.RecordBatch, layout: Layout, failures: Failures, key: str) -> pa.RecordBatch:
    by_name = {name.lower(): number for number, name in enumerate(stripe.schema.names)}
    by_place = layout.text("orc.column.index.access", "true").lower() != "false"
    arrays = []
    for place, (name, type_) in enumerate(zip(layout.names, layout.types, strict=True)):
        source = place if by_place else by_name.get(name, stripe.num_columns)
        target = arrow_type(type_)
        column = stripe.column(source) if source < stripe.num_columns else _nulls(stripe.num_rows, target)
        try:
            arrays.append(_converted(column, type_, target))
        except (ValueError, pa.ArrowException):
            message = f"Malformed ORC file. Cannot read SQL type '{name}' of {type_.name} from {column.type} in {key}"
            failures.note(name, "HIVE_BAD_DATA", message)
            arrays.append(_nulls(stripe.num_rows, target))
    return pa.RecordBatch.from_arrays(arrays, names=list(layout.names))


def _nulls(count: int, type_: Any) -> "pa.Array[Any]":
    nulls: pa.Array[Any] = pa.nulls(count, type_)
    return nulls


def _converted(column: "pa.Array[Any]", type_: HiveType, target: pa.DataType) -> "pa.Array[Any]":
    if column.type == target:
        return _shortened(column, type_)
    if not _is_read(column.type, type_):
        raise ValueError(str(column.type))
    if type_.name == "timestamp":
        column = pc.round_temporal(column, unit="millisecond")
    if type_.name == "decimal":
        column = pc.round(column, type_.numbers[1], "half_towards_infinity")
    return _shortened(column.cast(target), type_)


def _shortened(column: "pa.Array[Any]", type_: HiveType) -> "pa.Array[Any]":
    if type_.name == "char":
        column = pc.utf8_rtrim(column, characters=" ")
    return pc.utf8_slice_codeunits(column, 0, type_.numbers[0]) if type_.name in ("char", "varchar") else column


def _is_read(stored: Any, type_: HiveType) -> bool:
    if type_.name == "array":
        return pa.types.is_list(stored) and _is_read(stored.value_type, type_.items[0])
    if type_.name == "map":
        pairs = zip((stored.key_type, stored.item_type), type_.items, strict=True) if pa.types.is_map(stored) else ()
        return bool(pairs) and all(_is_read(part, item) for part, item in pairs)
    if type_.name == "struct":
        inner = {field.name: field.type for field in stored} if pa.types.is_struct(stored) else {}
        items = dict(zip(type_.fields, type_.items, strict=True))
        return any(name in items for name in inner) and all(
            _is_read(inner[name], item) for name, item in items.items() if name in inner
        )
    if type_.name == "timestamp":
        return pa.types.is_timestamp(stored) and stored.tz is None
    if type_.name == "decimal":
        return pa.types.is_decimal(stored)
    return str(stored) in _WIDER.get(type_.name, (str(arrow_type(type_)),))
