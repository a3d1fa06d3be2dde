"""Trino's functions of arrays that are counted in Python."""

from itertools import combinations
from math import comb

from athena_local.errors import QueryError
from athena_local.udf.python_functions import Functions, PythonFunction

_LARGEST = 5
_MOST = 100_000


def _combinations(length: int, size: int) -> list[list[int]]:
    """Return the places of each combination, in the order of their last places."""
    if size < 0:
        raise QueryError("INVALID_FUNCTION_ARGUMENT", f"combination size must not be negative: {size}")
    if size > _LARGEST:
        raise QueryError("INVALID_FUNCTION_ARGUMENT", f"combination size must not exceed {_LARGEST}: {size}")
    if comb(length, size) > _MOST:
        raise QueryError("INVALID_FUNCTION_ARGUMENT", f"combinations exceed max size of {_MOST}")
    places = combinations(range(1, length + 1), size)
    return [list(each) for each in sorted(places, key=lambda each: each[::-1])]


ARRAY_FUNCTIONS: Functions = {
    "java_combinations": PythonFunction(row=_combinations, takes=["BIGINT", "BIGINT"], returns="BIGINT[][]"),
}
