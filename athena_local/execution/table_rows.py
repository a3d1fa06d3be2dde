"""A query's rows on their way into a table: its columns' types, checked and cast to those of the table."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from athena_local.analyzer.trino_types import Type, from_hive
from athena_local.errors import QueryError
from athena_local.tables.arrow_types import arrow_schema
from athena_local.tables.catalog import Column
from athena_local.tables.types import OutputColumn
from athena_local.tables.views import type_names

BATCH_ROWS = 50_000
_HALF_MILLISECOND = pa.scalar(500, pa.duration("us"))
_ZONED = "timestamp with time zone"


@dataclass(frozen=True, kw_only=True)
class QueryColumn:
    """A column that a query returns."""

    name: str
    type: Type


def query_columns(
    columns: Sequence[OutputColumn], types: Sequence[Type | None], duckdb_types: Sequence[Any]
) -> list[QueryColumn]:
    """Return a query's columns; where the check of types could not tell a type, the engine's counts.

    Raises
    ------
    QueryError
        ``NOT_SUPPORTED``: a type that no table has.
    """
    known = types if len(types) == len(columns) else [None] * len(columns)
    return [
        QueryColumn(name=column.name.lower(), type=type_ or _engine_type(column, duckdb))
        for column, type_, duckdb in zip(columns, known, duckdb_types, strict=True)
    ]


def _engine_type(column: OutputColumn, duckdb: Any) -> Type:
    try:
        return from_hive(type_names(column, duckdb)[1])
    except QueryError as error:
        name = "timestamp(3) with time zone" if column.type.name == _ZONED else column.type.name
        raise QueryError("NOT_SUPPORTED", f"Unsupported Hive type: {name}") from error


def table_rows(
    batches: Iterator[pa.RecordBatch],
    columns: Sequence[Column],
    sources: Sequence[int | None],
    *,
    types: Sequence[Type] = (),
    rounds: bool,
) -> pa.RecordBatchReader:
    """Return a reader of rows with a table's columns.

    Parameters
    ----------
    sources
        The place of each column among the query's; None for one that is NULL.
    types
        Those of the query's columns, for messages.
    rounds
        Whether timestamps have milliseconds, as Hive's.

    Raises
    ------
    QueryError
        ``NOT_SUPPORTED``, at once: a column of the table has a type that is not written. Reading raises
        ``NUMERIC_VALUE_OUT_OF_RANGE`` or ``INVALID_CAST_ARGUMENT`` for a value that does not fit its column.
    """
    try:
        schema = arrow_schema(columns)
    except ValueError as error:
        raise QueryError("NOT_SUPPORTED", f"a table with this column is not written offline: {error}") from error
    checks = [
        _shortened(column, types[source] if source is not None and types else Type("varchar"))
        for column, source in zip(columns, sources, strict=True)
    ]

    def converted() -> Iterator[pa.RecordBatch]:
        for batch in batches:
            arrays = [
                pa.nulls(batch.num_rows, field.type)
                if source is None
                else check(_cast(batch.column(source), field, rounds=rounds))
                for field, source, check in zip(schema, sources, checks, strict=True)
            ]
            yield pa.RecordBatch.from_arrays(arrays, schema=schema)

    return pa.RecordBatchReader.from_batches(schema, converted())


def _cast(array: Any, field: Any, *, rounds: bool) -> Any:
    if array.null_count == len(array):
        return pa.nulls(len(array), field.type)
    try:
        if rounds and pa.types.is_timestamp(field.type) and pa.types.is_timestamp(array.type):
            array = pc.floor_temporal(pc.add(array, _HALF_MILLISECOND), unit="millisecond")
        return array.cast(field.type)
    except pa.ArrowInvalid as error:
        message = f"a value is out of the range of the column '{field.name}': {error}"
        raise QueryError("NUMERIC_VALUE_OUT_OF_RANGE", message) from error


def _shortened(column: Column, source: Type) -> Callable[[Any], Any]:
    """Return the function that cuts spaces off a text for a ``varchar(n)``; other characters are not cut off."""
    type_ = from_hive(column.type)
    if type_.name != "varchar" or not type_.numbers:
        return lambda array: array
    length = type_.numbers[0]

    def shorten(array: Any) -> Any:
        longest = pc.max(pc.utf8_length(pc.utf8_rtrim(array, " "))).as_py() or 0
        if longest > length:
            told = f"when casting from {source if source.is_exact else source.name} to {type_} on INSERT"
            message = f"Cannot truncate non-space characters {told}"
            raise QueryError("INVALID_CAST_ARGUMENT", message)
        return pc.utf8_slice_codeunits(array, 0, length)

    return shorten
