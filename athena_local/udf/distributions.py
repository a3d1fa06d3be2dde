"""The normal distribution, as functions that DuckDB calls with columns."""

from collections.abc import Iterable, Iterator
from statistics import NormalDist
from typing import Any

import duckdb
import pyarrow as pa
from duckdb.func import PythonUDFType


def register(connection: duckdb.DuckDBPyConnection) -> None:
    """Add `trino_normal_cdf` and `trino_inverse_normal_cdf` (mean, deviation, value or probability) to a connection."""
    for name, each in (("trino_normal_cdf", _cdf), ("trino_inverse_normal_cdf", _inverse)):
        parameters: Any = ["DOUBLE"] * 3
        connection.create_function(name, each, parameters, "DOUBLE", type=PythonUDFType.ARROW)


def _cdf(means: Any, deviations: Any, values: Any) -> Any:
    if any(deviation <= 0 for deviation in deviations.to_pylist()):
        raise ValueError("standardDeviation must be > 0")
    return _doubles(
        NormalDist(mean, deviation).cdf(value) for mean, deviation, value in _rows(means, deviations, values)
    )


def _inverse(means: Any, deviations: Any, chances: Any) -> Any:
    if any(not 0 < chance < 1 for chance in chances.to_pylist()):
        raise ValueError("p must be 0 > p > 1")
    if any(deviation <= 0 for deviation in deviations.to_pylist()):
        raise ValueError("standardDeviation must be > 0")
    return _doubles(NormalDist(mean, each).inv_cdf(chance) for mean, each, chance in _rows(means, deviations, chances))


def _doubles(values: Iterable[float]) -> Any:
    return pa.array(list(values), pa.float64())


def _rows(*columns: Any) -> Iterator[tuple[float, ...]]:
    return zip(*(column.to_pylist() for column in columns), strict=True)
