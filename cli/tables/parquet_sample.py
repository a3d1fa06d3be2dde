"""Samples in Parquet: types come from the file's schema, and are checked with every value."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from cli.errors import CliError
from cli.tables.samples import Advance, Declared, Format, Row, Sample, check_names
from cli.tables.types import DECIMAL

_BATCH_ROWS = 10_000
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_TEXT = ("string",)

_TYPES: tuple[tuple[Callable[[pa.DataType], bool], tuple[str, ...]], ...] = (
    (pa.types.is_boolean, ("boolean",)),
    (pa.types.is_integer, ("bigint", DECIMAL)),
    (pa.types.is_decimal, (DECIMAL,)),
    (pa.types.is_floating, ("double",)),
    (pa.types.is_date, ("date",)),
    (pa.types.is_timestamp, ("timestamp", "string")),
    (pa.types.is_string, _TEXT),
    (pa.types.is_large_string, _TEXT),
    (pa.types.is_string_view, _TEXT),
    (pa.types.is_time, _TEXT),
    (pa.types.is_null, _TEXT),
    (pa.types.is_duration, ("bigint",)),
)


_BYTES = (
    *(pa.types.is_binary, pa.types.is_large_binary, pa.types.is_fixed_size_binary),
    pa.types.is_binary_view,
)


def parquet_sample(path: Path) -> Sample:
    """Return a sample whose types come from the file's schema.

    Raises
    ------
    CliError
        The file is not a Parquet file, names a column twice, or holds bytes, which JSON cannot carry.
    """
    try:
        schema = pq.read_schema(path)
    except pa.ArrowInvalid as error:
        raise CliError(f"{path.name} is not a Parquet file: {error}") from None
    check_names(schema.names, path)
    declared = {field.name: _declared(field, path) for field in schema}
    return Sample(format=Format.PARQUET, rows=partial(_rows, path), declared=declared, members=tuple(schema.names))


def _declared(field: pa.Field[Any], path: Path) -> Declared:
    kind = _plain(field.type)
    if _holds_bytes(kind):
        raise CliError(
            f"{path.name}: {field.name} holds bytes ({field.type}), which JSON and CSV cannot carry: leave it out, or"
            " write it as text, e.g. in base64"
        )
    if pa.types.is_interval(kind):
        raise CliError(f"{path.name}: {field.name} holds intervals ({field.type}): write them as text or as numbers")
    types = next((types for fits, types in _TYPES if fits(kind)), ())
    if pa.types.is_timestamp(kind) and kind.tz is None:
        types = _TEXT
    return Declared(types=types, why=f"the file says {field.type}", json_text=not types)


def _plain(kind: pa.DataType) -> pa.DataType:
    if pa.types.is_dictionary(kind) or pa.types.is_run_end_encoded(kind):
        return _plain(kind.value_type)
    return _plain(kind.storage_type) if isinstance(kind, pa.BaseExtensionType) else kind


def _holds_bytes(kind: pa.DataType) -> bool:
    kind = _plain(kind)
    if pa.types.is_nested(kind):
        return any(_holds_bytes(kind.field(index).type) for index in range(kind.num_fields))
    return any(test(kind) for test in _BYTES)


def _rows(path: Path, advance: Advance) -> Iterator[Row]:
    with pq.ParquetFile(path) as file:
        size = path.stat().st_size // max(file.metadata.num_rows, 1)
        for batch in file.iter_batches(batch_size=_BATCH_ROWS):
            names = batch.schema.names
            columns = [_values(column, name, path) for name, column in zip(names, batch.columns, strict=True)]
            advance(size * batch.num_rows)
            for values in zip(*columns, strict=True):
                yield dict(zip(names, values, strict=True))


def _values(column: pa.Array[Any], name: str, path: Path) -> list[Any]:
    """Return the values as JSON sends them."""
    kind = _plain(column.type)
    if column.type != kind:
        column = column.cast(kind)
    try:
        if pa.types.is_timestamp(kind):
            ticks, zone = {"s": 1, "ms": 10**3, "us": 10**6, "ns": 10**9}[kind.unit], "Z" if kind.tz else ""
            stamps = column.cast(pa.int64()).to_pylist()
            return [None if stamp is None else _moment(stamp, ticks, zone) for stamp in stamps]
        if pa.types.is_duration(kind):
            return column.cast(pa.int64()).to_pylist()
        if pa.types.is_floating(kind):
            return [_number(value) for value in column.to_pylist()]
        values = column.to_pylist(maps_as_pydicts="strict")
    except (pa.ArrowInvalid, ValueError, OverflowError, KeyError, TypeError) as error:
        raise CliError(f"{path.name}: a value of {name} cannot be read: {error}") from None
    if pa.types.is_temporal(kind):
        return [None if value is None else value.isoformat() for value in values]
    return values


def _number(value: float | None) -> Decimal | None:
    """Return a number as JSON sends it; None for NaN and infinities, which JSON does not have."""
    return Decimal(repr(value)) if value is not None and math.isfinite(value) else None


def _moment(stamp: int, ticks: int, zone: str) -> str:
    seconds, fraction = divmod(stamp, ticks)
    text = (_EPOCH + dt.timedelta(seconds=seconds)).replace(tzinfo=None).isoformat()
    digits = len(str(ticks)) - 1
    micros = f"{fraction:0{digits}d}"
    if digits == 9 and micros.endswith("000"):
        micros = micros[:6]
    return f"{text}.{micros}{zone}" if fraction else f"{text}{zone}"
