"""The physical types that hold values without loss: a type is possible while every value of the sample fits it."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable, Collection
from decimal import Decimal
from typing import Any, Final

from thermocline.events.times import is_time

DECIMAL: Final = "decimal(38,9)"
WHOLE, CENTS, MOMENT = "whole numbers", "two decimals", "moments"
"""Tests that are no types: they change which type is chosen, or support a guess."""

_SCALE, _INTEGER_DIGITS = 9, 29
_BEYOND_DECIMAL: Final[int] = 10**_INTEGER_DIGITS
_OLDEST_EPOCH: Final = 10**9  # seconds: September 2001; smaller numbers are counts
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}").fullmatch
_UTC = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]{1,6})?(?:Z|\+00:00)"
).fullmatch
# A whole number with an exponent may be a code, such as 12E4; programs that write numbers give the exponent a sign.
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+(?:[eE][-+]?[0-9]+)?|[eE][-+][0-9]+)?").fullmatch
_INTEGER = re.compile(r"0|-?[1-9][0-9]{0,28}").fullmatch

Test = Callable[[Any], bool]


def number_of(text: str) -> int | Decimal | None:
    """Return the number in a CSV cell, or None if its text says more than the number does, as leading zeros do."""
    if _INTEGER(text):
        return int(text)
    return Decimal(text) if _NUMBER(text) and len(text) < 400 else None


def choose(possible: Collection[str], *, money: bool) -> str | None:
    """Return the type of a column, or None when no type but JSON text holds all its values.

    Parameters
    ----------
    possible
        Names of the tests in `JSON_TESTS` or `CELL_TESTS` that every value passed.
    money
        True: numbers become exact decimals, never doubles.
    """
    if money or CENTS in possible:
        order = ["boolean", DECIMAL]
    elif WHOLE in possible:
        order = ["boolean", "bigint", DECIMAL]
    else:
        order = ["boolean", "double", DECIMAL]
    return next((name for name in (*order, "date", "timestamp", "string") if name in possible), None)


def _is_number(value: object) -> bool:
    return type(value) in (int, Decimal)


def _fits_int64(value: int | Decimal) -> bool:
    return isinstance(value, int) and -(2**63) <= value < 2**63


def _fits_decimal(value: int | Decimal) -> bool:
    if isinstance(value, int):
        return abs(value) < _BEYOND_DECIMAL
    exponent = value.as_tuple().exponent
    return isinstance(exponent, int) and exponent >= -_SCALE and value.adjusted() < _INTEGER_DIGITS


def _fits_double(value: int | Decimal) -> bool:
    """Tell whether the shortest text of the nearest double is this very number."""
    try:
        nearest = float(value)
    except OverflowError:
        return False
    return math.isfinite(nearest) and Decimal(repr(nearest)) == value


def _has_two_decimals(value: int | Decimal) -> bool:
    return isinstance(value, Decimal) and value.as_tuple().exponent == -2


def _is_epoch(value: int | Decimal) -> bool:
    return bool(_OLDEST_EPOCH <= value < 10**20)


def _is_date(text: str) -> bool:
    if not _DATE(text):
        return False
    try:
        dt.date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _is_timestamp(text: str) -> bool:
    return _UTC(text) is not None and _is_date(text[:10])


_NUMBER_TESTS: Final[dict[str, Test]] = {
    "bigint": _fits_int64,
    DECIMAL: _fits_decimal,
    "double": _fits_double,
    WHOLE: lambda value: isinstance(value, int),
    CENTS: _has_two_decimals,
}
_TEXT_TESTS: Final[dict[str, Test]] = {"date": _is_date, "timestamp": _is_timestamp, "string": lambda _: True}


def _on_json_number(test: Test) -> Test:
    return lambda value: _is_number(value) and test(value)


def _on_json_text(test: Test) -> Test:
    return lambda value: isinstance(value, str) and test(value)


def _on_number_in_cell(test: Test) -> Test:
    return lambda text: (number := number_of(text)) is not None and test(number)


def _is_json_moment(value: object) -> bool:
    return is_time(value) if isinstance(value, str) else _is_number(value) and _is_epoch(value)  # type: ignore[arg-type]


def _is_moment_in_cell(text: str) -> bool:
    return is_time(text) if (number := number_of(text)) is None else _is_epoch(number)


JSON_TESTS: Final[dict[str, Test]] = {
    "boolean": lambda value: isinstance(value, bool),
    **{name: _on_json_number(test) for name, test in _NUMBER_TESTS.items()},
    **{name: _on_json_text(test) for name, test in _TEXT_TESTS.items()},
    MOMENT: _is_json_moment,
}
"""Tests of values as JSON has them: bool, int, Decimal, str, dict, list."""

CELL_TESTS: Final[dict[str, Test]] = {
    "boolean": lambda text: text in ("true", "false"),
    **{name: _on_number_in_cell(test) for name, test in _NUMBER_TESTS.items()},
    **_TEXT_TESTS,
    MOMENT: _is_moment_in_cell,
}
"""Tests of the text of CSV cells: a cell is a number only if nothing is lost by reading it as one."""
