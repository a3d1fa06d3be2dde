"""What a typed column must hold, worked out row by row with Python's own JSON reader and exact fractions."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from thermocline.contracts import Column

_NUMBER = re.compile(r"([+-]?)(\d+\.?\d*|\.\d+)(?:[eE]([+-]?\d+))?", re.ASCII)
_TIME = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d{1,6})?(?:Z|[+-]\d\d:\d\d)", re.ASCII)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_RANGES = {"int": 2**31, "bigint": 2**63}


class MisfitError(Exception):
    """A value does not fit its column."""


class Number(str):
    """A JSON number as it is written."""

    __slots__ = ()


def expected(text: str | None, column: Column) -> Any:
    """Return the value of one row, or raise `MisfitError`."""
    value = _read(text)
    for name in column.steps[1:]:
        value = value.get(name) if isinstance(value, dict) else None
    return None if value is None else _FITS[column.type](value, column)


def _read(text: str | None) -> Any:
    try:
        return json.loads(
            text or "null", object_pairs_hook=_members, parse_int=Number, parse_float=Number, parse_constant=_refuse
        )
    except ValueError:
        return None


def _refuse(name: str) -> None:
    raise ValueError(name)


def _members(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    json.dumps(pairs, ensure_ascii=False).encode()  # a lone surrogate is a ValueError here
    return dict(pairs)


def _fraction(value: Any) -> Fraction:
    match = _NUMBER.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        raise MisfitError
    exponent = int(match[3] or 0)
    digits = Fraction(Decimal(match[1] + match[2]))
    if not digits:
        return digits
    if abs(exponent) > 5_000:
        raise MisfitError
    return digits * Fraction(10) ** exponent


def _decimal(value: Any, _column: Column) -> Fraction:
    number = _fraction(value)
    if (number * 10**9).denominator != 1 or abs(number) >= 10**29:
        raise MisfitError
    return number


def _integer(value: Any, column: Column) -> int:
    number, limit = _fraction(value), _RANGES[column.type]
    if number.denominator != 1 or not -limit <= number < limit:
        raise MisfitError
    return int(number)


def _double(value: Any, _column: Column) -> float:
    _fraction(value)
    number = float(value)
    if number in (float("inf"), float("-inf")):
        raise MisfitError
    return number


def _boolean(value: Any, _column: Column) -> bool:
    if not isinstance(value, bool):
        raise MisfitError
    return value


def _string(value: Any, column: Column) -> str:
    if type(value) is not str or len(value) > (column.max_length or 10**9):
        raise MisfitError
    if column.enum and value not in column.enum:
        raise MisfitError
    return value


def _timestamp(value: Any, _column: Column) -> dt.datetime:
    if type(value) is not str or not _TIME.fullmatch(value):
        raise MisfitError
    try:
        return dt.datetime.fromisoformat(value).astimezone(dt.UTC)
    except (ValueError, OverflowError):
        raise MisfitError from None


def _date(value: Any, _column: Column) -> dt.date:
    if type(value) is not str or not _DAY.fullmatch(value):
        raise MisfitError
    try:
        return dt.date.fromisoformat(value)
    except ValueError:
        raise MisfitError from None


_FITS = {
    "string": _string,
    "int": _integer,
    "bigint": _integer,
    "double": _double,
    "boolean": _boolean,
    "timestamp": _timestamp,
    "date": _date,
    "decimal(38,9)": _decimal,
}
