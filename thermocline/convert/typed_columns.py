"""Typed columns out of a column of JSON text, e.g. ``price`` out of ``properties.price``.

A member that is absent or null, or whose text is no JSON object, is null. A value that does not fit its column's type
is null and counted; the text keeps it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from typing import Any, TypeAlias

import msgspec
import pyarrow as pa
import pyarrow.compute as pc

from thermocline.contracts import Column, Contract
from thermocline.contracts.arrow import stored_schema
from thermocline.convert.json_members import readers_of
from thermocline.convert.json_values import MISFIT, NULL, read_decimal
from thermocline.convert.ndjson import Block
from thermocline.events.batch import Refused

Array: TypeAlias = Any
"""A ``pyarrow.Array``; the stubs of the functions that take and give them are too narrow."""

# A row group is written at once, from about four blocks; more that wait would only fill the memory.
_BLOCKS_AHEAD = 6
# RFC 3339 with an offset, because a local time is no point in time, and no more digits than a column holds.
_TIME_FORMS = {
    "timestamp": r"^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-]\d\d:\d\d)$",
    "date": r"^\d{4}-\d\d-\d\d$",
}
# The years that every reader of the lake knows.
_FIRST_AND_LAST = {
    "timestamp": ("0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999999Z"),
    "date": ("0001-01-01", "9999-12-31"),
}


class TypedColumns:
    """Fills the columns of one table that have a path into a column of JSON text."""

    def __init__(self, contract: Contract) -> None:
        self._schema = stored_schema(contract)
        columns = [column for column in contract.columns if column.written_by == "convert" and column.path is not None]
        texts = dict.fromkeys(column.steps[0] for column in columns)
        self._readers = {text: readers_of(column for column in columns if column.steps[0] == text) for text in texts}

    def fill_all(self, blocks: Iterable[Block]) -> Iterator[tuple[Block, Mapping[str, int]]]:
        """Yield blocks with their typed columns, and what `fill` counts, in order.

        A thread fills blocks while the caller does something with earlier ones.
        """
        if not self._readers:
            yield from ((block, {}) for block in blocks)
            return
        with ThreadPoolExecutor(1) as thread:
            filling: deque[tuple[Future[tuple[pa.Table, Mapping[str, int]]], list[Refused]]] = deque()
            for table, refused in blocks:
                filling.append((thread.submit(self.fill, table), refused))
                if len(filling) > _BLOCKS_AHEAD:
                    yield _done(*filling.popleft())
            yield from (_done(*each) for each in filling)

    def fill(self, table: pa.Table) -> tuple[pa.Table, Mapping[str, int]]:
        """Return the rows with their typed columns, and how many values did not fit, by column."""
        counts: dict[str, int] = {}
        for name, readers in self._readers.items():
            texts: Array = table[name].combine_chunks()
            for column, values, misfits in (each for reader in readers for each in reader.read(texts)):
                field = self._schema.field(column.name)
                array, more_misfits = _array(column, values, field.type)
                table = table.append_column(field, array)
                if misfits + more_misfits:
                    counts[column.name] = misfits + more_misfits
        return table, counts


@cache
def typed_columns_of(contract: Contract) -> TypedColumns:
    """Return the object that fills a contract's typed columns, compiled once."""
    return TypedColumns(contract)


def _done(
    filled: Future[tuple[pa.Table, Mapping[str, int]]], refused: list[Refused]
) -> tuple[Block, Mapping[str, int]]:
    table, counts = filled.result()
    return (table, refused), counts


def _array(column: Column, values: list[Any], kind: pa.DataType) -> tuple[Array, int]:
    if column.is_json:
        return pa.array([None if value == NULL else str(value, "utf-8") for value in values], pa.string()), 0
    if column.type in _TIME_FORMS:
        return _times(pa.array(values, pa.string()), column.type, kind)
    if pa.types.is_decimal(kind):
        return _decimals(values, kind)
    return pa.array(values, kind), 0


def _times(texts: Array, column_type: str, kind: pa.DataType) -> tuple[Array, int]:
    formed = pc.if_else(pc.match_substring_regex(texts, _TIME_FORMS[column_type]), texts, pa.scalar(None, pa.string()))
    try:
        times: Array = formed.cast(kind)
    except pa.ArrowInvalid:  # some day or hour that no calendar has
        times = pa.concat_arrays([_time(formed.slice(row, 1), kind) for row in range(len(formed))])
    first, last = (pa.scalar(year).cast(kind) for year in _FIRST_AND_LAST[column_type])
    in_years = pc.and_(pc.greater_equal(times, first), pc.less_equal(times, last))
    times = pc.if_else(in_years, times, pa.scalar(None, kind))
    return times, times.null_count - texts.null_count


def _time(text: Array, kind: pa.DataType) -> Array:
    try:
        return text.cast(kind)
    except pa.ArrowInvalid:
        return pa.array([None], kind)


def _decimals(numbers: list[msgspec.Raw], kind: pa.DataType) -> tuple[Array, int]:
    try:
        return _decimals_at_once(numbers, kind), 0
    except pa.ArrowInvalid:
        values = [None if number == NULL else _decimal(number) for number in numbers]
    misfits = sum(value is None and number != NULL for value, number in zip(values, numbers, strict=True))
    return pa.array(values, kind), misfits


def _decimals_at_once(numbers: list[msgspec.Raw], kind: pa.DataType) -> Array:
    """Return numbers, with or without quotes around them, as Arrow reads them."""
    texts: Array = pc.split_pattern(pa.array([b"\n".join(numbers).decode()]), "\n")[0].values
    if len(texts) != len(numbers):
        raise pa.ArrowInvalid("a value has several lines")
    nullable_texts: Array = pc.if_else(pc.equal(texts, pa.scalar("null")), pa.scalar(None, pa.string()), texts)
    return pc.ascii_trim(nullable_texts, '"').cast(kind)


def _decimal(number: msgspec.Raw) -> Any:
    try:
        return read_decimal(number)
    except MISFIT:
        return None
