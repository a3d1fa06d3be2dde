"""Texts in files → values, by the rules of Java and Hive.

A function raises `InvalidError` for a text that is not of its type, and `OutOfReachError` for a value that Python's
types cannot hold.
"""

import base64
import re
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal

_NUMBER = r"([+-]?[0-9]{1,9})"
_FRACTION = r"(?:\.([0-9]{0,9}))?"
_DATE = re.compile(f"{_NUMBER}-{_NUMBER}-{_NUMBER}")
_TIMESTAMP = re.compile(f"{_NUMBER}-{_NUMBER}-{_NUMBER} {_NUMBER}:{_NUMBER}:{_NUMBER}{_FRACTION}")
_ISO = re.compile(f"{_NUMBER}-{_NUMBER}-{_NUMBER}[Tt]{_NUMBER}:{_NUMBER}(?::{_NUMBER}{_FRACTION})?")
_OFFSET = re.compile(r"(?:([zZ])|([+-])([0-9]{2}):?([0-9]{2}))$")
_INTEGER = re.compile(r"[+-]?[0-9]+")
_DIGITS = r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)"
_DECIMAL = re.compile(rf"{_DIGITS}([eE][+-]?[0-9]{{1,10}})?")
_DOUBLE = re.compile(rf"(?P<number>{_DIGITS}([eE][+-]?[0-9]+)?)[fFdD]?|(?P<name>[+-]?(NaN|Infinity))")
_HEX_DOUBLE = re.compile(r"([+-]?0[xX][0-9a-fA-F]*\.?[0-9a-fA-F]*[pP][+-]?[0-9]+)[fFdD]?")
_BASE64 = re.compile(rb"[A-Za-z0-9+/_=\- \t\r\n-]*")
_EXACT = Context(prec=200, Emax=10**9, Emin=-(10**9))
_WHITESPACE = "".join(map(chr, range(33)))
# The epoch's milliseconds have 13 digits since 2001.
_MILLISECONDS_DIGITS = 13


class InvalidError(ValueError):
    """A value that its column cannot hold."""


class OutOfReachError(ValueError):
    """A value that Hive can hold and this engine cannot: a year before 1 or after 9999."""


def trim(text: str) -> str:
    """Remove what Java's trim removes: every character up to the space."""
    return text.strip(_WHITESPACE)


def integer(text: str, bits: int) -> int:
    """Return a whole number of so many bits, as Java's parseInt does."""
    if _INTEGER.fullmatch(text) is None:
        raise InvalidError(text)
    # No number of 64 bits has more digits, but for zeros at its start.
    digits = text.lstrip("+-0")
    if len(digits) > 19:
        raise InvalidError(text)
    return in_range(int(f"{text[:1] if text[0] in '+-' else ''}{digits or 0}"), bits)


def in_range(number: int, bits: int) -> int:
    """Return a number if it has at most so many bits."""
    if not -(1 << bits - 1) <= number < 1 << bits - 1:
        raise InvalidError(str(number))
    return number


def double(text: str) -> float:
    """Return a double, as Java's parseDouble does."""
    text = trim(text)
    if match := _DOUBLE.fullmatch(text):
        return float(match["number"] or match["name"])
    if match := _HEX_DOUBLE.fullmatch(text):
        return float.fromhex(match.group(1))
    raise InvalidError(text)


def decimal(text: str, precision: int, scale: int) -> Decimal:
    """Return a decimal, rounded half up to its scale."""
    if _DECIMAL.fullmatch(text) is None:
        raise InvalidError(text)
    number = Decimal(text)
    if number and number.adjusted() > precision:
        raise InvalidError(text)
    if number and number.adjusted() < -scale - 1:
        return Decimal(0).scaleb(-scale)
    rounded = number.quantize(Decimal(1).scaleb(-scale), ROUND_HALF_UP, _EXACT)
    if rounded and rounded.adjusted() + scale >= precision:
        raise InvalidError(text)
    return rounded


def hive_date(text: str) -> date:
    """Return a date: ``2026-1-5``; text after a space is ignored, and day 32 is in the next month."""
    match = _DATE.fullmatch(trim(text).split(" ", 1)[0])
    if match is None:
        raise InvalidError(text)
    return _day(*map(int, match.groups())).date()


def hive_timestamp(text: str) -> datetime:
    """Return a timestamp, rounded to milliseconds: ``2026-01-05 10:00:00.5`` or ``2026-01-05T10:00``."""
    text = trim(text)
    match = _TIMESTAMP.fullmatch(text) or _ISO.fullmatch(text)
    if match is None:
        raise InvalidError(text)
    year, month, day, hour, minute, second, fraction = match.groups()
    milliseconds = (int((fraction or "").ljust(9, "0")) + 500_000) // 1_000_000
    since_midnight = timedelta(
        hours=int(hour), minutes=int(minute), seconds=int(second or 0), milliseconds=milliseconds
    )
    return _moved(_day(int(year), int(month), int(day)), since_midnight)


def _day(year: int, month: int, day: int) -> datetime:
    """Return a day by its numbers, which may be beyond their range: month 13 is in the next year."""
    months = year * 12 + month - 1
    if not 12 <= months < 120_000:
        raise OutOfReachError(f"{year}-{month}-{day}")
    return _moved(datetime(months // 12, months % 12 + 1, 1), timedelta(days=day - 1))  # noqa: DTZ001  (Hive's have no zone)


def _moved(moment: datetime, by: timedelta) -> datetime:
    try:
        return moment + by
    except OverflowError as error:
        raise OutOfReachError(str(moment)) from error


def json_timestamp(text: str) -> datetime:
    """Return a timestamp of OpenX's SerDe: Hive's forms, with an offset, or seconds or milliseconds since 1970."""
    if text.find(":") > 0:
        return _with_offset(text)
    if not text or set(text) - set("-+.0123456789"):
        raise InvalidError(text)
    if "." in text:
        if _DECIMAL.fullmatch(text) is None:
            raise InvalidError(text)
        return from_milliseconds(int(Decimal(text).scaleb(3, _EXACT)))
    number = integer(text, 64)
    return from_milliseconds(number if len(text) >= _MILLISECONDS_DIGITS else number * 1000)


def _with_offset(text: str) -> datetime:
    match = _OFFSET.search(text)
    local = text[: match.start()] if match else ""
    if match is None or _ISO.fullmatch(local) is None:
        return hive_timestamp(text)
    zulu, sign, hours, minutes = match.groups()
    offset = timedelta() if zulu else timedelta(hours=int(hours), minutes=int(minutes))
    return _moved(hive_timestamp(local), offset if sign == "-" else -offset)


def from_milliseconds(number: int) -> datetime:
    """Return the timestamp so many milliseconds after 1970."""
    try:
        return _moved(datetime.fromtimestamp(0, UTC).replace(tzinfo=None), timedelta(milliseconds=number))
    except OverflowError as error:
        raise OutOfReachError(str(number)) from error


def from_days(number: int) -> date:
    """Return the date so many days after 1970."""
    try:
        return _moved(datetime.fromtimestamp(0, UTC).replace(tzinfo=None), timedelta(days=number)).date()
    except OverflowError as error:
        raise OutOfReachError(str(number)) from error


def shortened(text: str, name: str, numbers: tuple[int, ...]) -> str:
    """Return a text as long as its type allows; char has no spaces at its end."""
    if not text.isascii():
        # Half of a surrogate pair becomes a question mark, as in Java.
        text = text.encode(errors="replace").decode()
    if numbers:
        text = text[: numbers[0]]
    return text.rstrip(" ") if name == "char" else text


def lenient_base64(content: bytes) -> bytes:
    """Return the bytes of a Base64 text; a text that is none stands for itself."""
    if _BASE64.fullmatch(content) is None:
        return content
    digits = b"".join(content.translate(bytes.maketrans(b"-_", b"+/")).split()).split(b"=", 1)[0]
    digits = digits[:-1] if len(digits) % 4 == 1 else digits
    return base64.b64decode(digits + b"=" * (-len(digits) % 4))
