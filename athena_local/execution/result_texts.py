"""Values of a result as Athena writes them."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pyarrow as pa

from athena_local.analyzer.trino_types import Type
from athena_local.execution.moment_texts import interval_text, moment_texts, time_text, timestamp_text, zoned_text
from athena_local.execution.own_texts import own_form
from athena_local.tables.java_numbers import float_digits, java_double
from athena_local.tables.types import Row
from athena_local.translation.moments import ZONED, Moment

_Formatter = Callable[[Any], str]


def rows_of(batch: pa.RecordBatch, moments: dict[int, Moment], types: Sequence[Type | None] = ()) -> Iterator[Row]:
    """Return the rows of a batch as texts.

    Parameters
    ----------
    moments
        The types of columns of times, as `Rewritten` has them.
    types
        Trino's types of the columns, where they can be told.
    """
    width = batch.num_columns
    told = types if len(types) == width else [None] * width
    columns = [texts_of(batch.column(n), moments.get(n, moments.get(n - width)), told[n]) for n in range(width)]
    return zip(*columns, strict=True)


def texts(array: Any, trino: Type | None = None) -> list[str | None]:
    """Return the values of an Arrow array as texts, including those of nested types, whose fields may lack names."""
    type_ = array.type
    if own := own_form(trino):
        return [None if value is None else own(value) for value in array.to_pylist()]
    if isinstance(type_, pa.BaseExtensionType):
        return [None if value is None else str(value) for value in array.to_pylist()]
    if pa.types.is_map(type_):
        entries = [f"{key}={_or_null(item)}" for key, item in zip(texts(array.keys), texts(array.items), strict=True)]
        return _grouped(array, entries, "{}")
    if pa.types.is_list(type_) or pa.types.is_large_list(type_):
        item = trino.items[0] if trino is not None and trino.name == "array" else None
        return _grouped(array, [_or_null(value) for value in texts(array.values, item)], "[]")
    if pa.types.is_struct(type_):
        return _rows(array)
    form = next((form for recognises, form in _SCALARS if recognises(type_)), str)
    return [None if value is None else form(value) for value in array.to_pylist()]


def texts_of(array: Any, moment: Moment | None, trino: Type | None = None) -> list[str | None]:
    """Return the texts of a column of the type that the query gives it."""
    if moment and (moment.is_interval or (moment.kind == ZONED and moment.is_elsewhere)):
        return moment_texts(array.to_pylist(), moment)
    return texts(array, trino)


def _grouped(array: Any, items: list[str], brackets: str) -> list[str | None]:
    offsets, valid = array.offsets.to_pylist(), array.is_valid().to_pylist()
    spans = zip(offsets, offsets[1:], valid, strict=False)
    return [
        brackets[0] + ", ".join(items[start:end]) + brackets[1] if present else None for start, end, present in spans
    ]


def _rows(array: Any) -> list[str | None]:
    names = [field.name or f"field{number}" for number, field in enumerate(array.type)]
    fields = zip(*(texts(field) for field in array.flatten()), strict=True)
    pairs = (", ".join(f"{name}={_or_null(value)}" for name, value in zip(names, row, strict=True)) for row in fields)
    return [
        f"{{{text}}}" if present else None for text, present in zip(pairs, array.is_valid().to_pylist(), strict=True)
    ]


def _or_null(text: str | None) -> str:
    return "null" if text is None else text


_SCALARS: list[tuple[Callable[[pa.DataType], bool], _Formatter]] = [
    (pa.types.is_boolean, lambda value: "true" if value else "false"),
    (pa.types.is_float32, lambda value: java_double(value, float_digits(value))),
    (pa.types.is_float64, java_double),
    (pa.types.is_decimal, lambda value: format(value, "f")),
    (lambda type_: pa.types.is_timestamp(type_) and type_.tz is not None, zoned_text),
    (pa.types.is_timestamp, timestamp_text),
    (pa.types.is_binary, lambda value: value.hex(" ")),
    (pa.types.is_interval, interval_text),
    (pa.types.is_time, time_text),
]
