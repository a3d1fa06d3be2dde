"""Trino's functions that DuckDB lacks, as Python functions over Arrow columns.

A function of one row raises `QueryError`; DuckDB carries its text, and `errors.from_duckdb` finds it there.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from inspect import Parameter, Signature
from typing import Any

import duckdb
import pyarrow as pa
from duckdb.func import FunctionNullHandling, PythonUDFType

_ARROW = {
    "VARCHAR": pa.string(),
    "BIGINT": pa.int64(),
    "INTEGER": pa.int32(),
    "DOUBLE": pa.float64(),
    "FLOAT": pa.float32(),
    "BLOB": pa.binary(),
    "BOOLEAN": pa.bool_(),
    "VARCHAR[]": pa.list_(pa.string()),
    "BIGINT[][]": pa.list_(pa.list_(pa.int64())),
    "BLOB[]": pa.list_(pa.binary()),
    "VARCHAR[][]": pa.list_(pa.list_(pa.string())),
}


@dataclass(frozen=True, kw_only=True)
class PythonFunction:
    """A function of one row; NULL is the result where an argument is NULL.

    Attributes
    ----------
    takes, returns
        DuckDB's types.
    """

    row: Callable[..., Any]
    takes: Sequence[str]
    returns: str


Functions = Mapping[str, PythonFunction]


def register(connection: duckdb.DuckDBPyConnection, functions: Functions) -> None:
    """Make the functions known to every cursor of a connection's database, before macros use them."""
    for name, each in functions.items():
        connection.create_function(
            name,
            _over_columns(each),
            list(each.takes),
            each.returns,
            type=PythonUDFType.ARROW,
            null_handling=FunctionNullHandling.SPECIAL,
        )


def _over_columns(function: PythonFunction) -> Callable[..., "pa.Array[Any]"]:
    def columns(*arguments: "pa.ChunkedArray[Any]") -> "pa.Array[Any]":
        rows = zip(*(column.to_pylist() for column in arguments), strict=True)
        values = [None if any(value is None for value in row) else function.row(*row) for row in rows]
        return pa.array(values, _ARROW[function.returns])

    # DuckDB counts the parameters.
    parameters = [Parameter(f"column_{n}", Parameter.POSITIONAL_ONLY) for n in range(len(function.takes))]
    columns.__signature__ = Signature(parameters)  # type: ignore[attr-defined]
    return columns
