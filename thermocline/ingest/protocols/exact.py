"""Values of a table's columns, read without loss: a value that does not fit its column's type is never rounded.

Each function reads text: the text of a JSON number, the content of a JSON string, or a cell of CSV.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from decimal import Context, Decimal, InvalidOperation
from typing import TypeAlias

import msgspec

Value: TypeAlias = str | int | float | bool | Decimal | dt.datetime | dt.date
ReadText: TypeAlias = Callable[[str], Value]

_is_number = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?").fullmatch
_is_short_number = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?").fullmatch
_has_nanoseconds = re.compile(r"[.,][0-9]{6}[0-9]*[1-9]").search
_LONGEST_NUMBER = 1_100
# So many characters without an exponent are at most 15 digits, which a double keeps.
_SURELY_EXACT = 15
_LARGEST_EXPONENT = 18
_NINE_DECIMALS = Decimal("1E-9")
_quantize = Context(prec=38).quantize
_BOOLEANS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}


class MisfitError(ValueError):
    """A value that its column cannot hold without loss; says what the column takes, and not the value."""


def read_int(text: str) -> int:
    """Return a whole number of 32 bits; ``7.0`` and ``7e0`` are 7."""
    return _whole(text, 2**31)


def read_bigint(text: str) -> int:
    """Return a whole number of 64 bits; ``7.0`` and ``7e0`` are 7."""
    return _whole(text, 2**63)


def read_double(text: str) -> float:
    """Return the double that a number is: the number itself, or the double's value to as many digits as are written."""
    if len(text) <= _SURELY_EXACT and _is_short_number(text):
        return float(text)
    number = _number(text, "a number")
    value = float(text)
    if number == Decimal(repr(value)) or number == Decimal(format(value, f".{_digits(number) - 1}e")):
        return value
    raise MisfitError("must be a number that 64-bit floating point can hold")


def read_decimal(text: str) -> Decimal:
    """Return an exact number with nine decimals."""
    number = _number(text, "a number")
    try:
        value = _quantize(number, _NINE_DECIMALS)
    except InvalidOperation:
        raise MisfitError("must have at most 29 digits before the point") from None
    if value != number:
        raise MisfitError("must have at most 9 decimals")
    return value


def read_boolean(text: str) -> bool:
    """Return the boolean that ``true`` or ``false`` means."""
    if text not in _BOOLEANS:
        raise MisfitError("must be true or false")
    return _BOOLEANS[text]


def read_timestamp(text: str) -> dt.datetime:
    """Return the UTC time of RFC 3339 text with an offset and at most microseconds."""
    try:
        time = msgspec.convert(text, dt.datetime)
        if time.tzinfo is None or _has_nanoseconds(text):
            raise MisfitError("must be a time with an offset and at most microseconds, e.g. 2026-11-26T12:00:00.5Z")
        return time if time.tzinfo is dt.UTC else time.astimezone(dt.UTC)
    except (msgspec.ValidationError, OverflowError):
        raise MisfitError("must be a time as in RFC 3339, e.g. 2026-11-26T12:00:00Z") from None


def read_date(text: str) -> dt.date:
    """Return the date that ``YYYY-MM-DD`` names."""
    try:
        return msgspec.convert(text, dt.date)
    except msgspec.ValidationError:
        raise MisfitError("must be a date, e.g. 2026-11-26") from None


NUMBERS: dict[str, ReadText] = {
    "int": read_int,
    "bigint": read_bigint,
    "double": read_double,
    "decimal(38,9)": read_decimal,
}
TEXTS: dict[str, ReadText] = {"string": str, "timestamp": read_timestamp, "date": read_date}


def _whole(text: str, limit: int) -> int:
    number = _number(text, "a whole number")
    if number.adjusted() > _LARGEST_EXPONENT or number != number.to_integral_value():
        raise MisfitError(f"must be a whole number of {limit.bit_length()} bits")
    if not -limit <= (whole := int(number)) < limit:
        raise MisfitError(f"must be a whole number of {limit.bit_length()} bits")
    return whole


def _number(text: str, what: str) -> Decimal:
    if len(text) > _LONGEST_NUMBER or not _is_number(text):
        raise MisfitError(f"must be {what} as JSON writes it, e.g. 19.99 or -7")
    return Decimal(text)


def _digits(number: Decimal) -> int:
    """Return the number of digits of a number, without zeros at its ends."""
    return len("".join(map(str, number.as_tuple().digits)).rstrip("0")) or 1
