"""The columns of a warm file, in Arrow."""

from __future__ import annotations

from typing import Any, Final

import pyarrow as pa

_REPEATED: Final = pa.dictionary(pa.int32(), pa.string())
REPEATING: Final = ("_src", "gen")
"""Texts with few values, which DuckDB sorts as numbers and Arrow writes from a dictionary."""


def writer_schema(schema: pa.Schema) -> pa.Schema:
    """Return the schema as rows come out of DuckDB: the same in the file, without a copy of each text."""
    return pa.schema([field.with_type(_as_it_comes(field)) for field in schema])


def _as_it_comes(field: pa.Field[pa.DataType]) -> pa.DataType:
    if field.name in REPEATING:
        return _REPEATED
    return pa.large_string() if pa.types.is_string(field.type) else field.type


def as_dictionary(column: Any) -> Any:
    """Return a column of an ENUM of DuckDB in the form of `writer_schema`."""
    return pa.DictionaryArray.from_arrays(column.indices.cast(pa.int32()), column.dictionary.cast(pa.string()))


def repeated(text: str, rows: int) -> Any:
    """Return a column that has one text in every row."""
    return pa.DictionaryArray.from_arrays(pa.repeat(pa.scalar(0, pa.int32()), rows), pa.array([text], pa.string()))
