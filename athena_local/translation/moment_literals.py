"""Literals and texts of dates, times and intervals, as Trino reads them."""

import re
from datetime import UTC as UTC_ZONE
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from sqlglot import exp

from athena_local.errors import QueryError
from athena_local.translation.moments import (
    DATE,
    MONTHS,
    SPAN,
    TIME,
    TIME_ZONED,
    TIMESTAMP,
    UTC,
    ZONED,
    Moment,
    made,
    offset_minutes,
    zone_name,
)  # fmt: skip

_DATE = re.compile(r"([+-]?[0-9]+)-([0-9]{1,2})-([0-9]{1,2})")
_CLOCK = r"([0-9]{1,2}):([0-9]{1,2})(?::([0-9]{1,2})(?:\.([0-9]+))?)?"
_TIMESTAMP = re.compile(rf"([+-]?[0-9]{{4,}})-([0-9]{{1,2}})-([0-9]{{1,2}})(?: (?:{_CLOCK})?\s*(\S.*)?)?")
_TIME = re.compile(rf"{_CLOCK}\s*([+-][0-9][0-9]:[0-9][0-9])?")
_KINDS = (exp.DType.DATE, exp.DType.TIME, exp.DType.TIMETZ, exp.DType.TIMESTAMP, exp.DType.TIMESTAMPTZ)
_UNITS = {"YEAR": 12, "MONTH": 1, "DAY": 86_400_000, "HOUR": 3_600_000, "MINUTE": 60_000, "SECOND": 1000}
_ORDER = list(_UNITS)
_SEPARATORS = {"MONTH": "-", "HOUR": " ", "MINUTE": ":", "SECOND": ":"}


class NotReadableError(Exception):
    """A text is no value of the type."""


def read_date(text: str) -> str:
    """Return ``2024-01-02`` for what Trino reads as a date."""
    match = _DATE.fullmatch(text.strip())
    if match is None:
        raise NotReadableError
    return _day(match[1], match[2], match[3]).isoformat()


def _day(year: str, month: str, day: str) -> date:
    if not 1 <= int(year) <= 9999:
        raise QueryError("NOT_SUPPORTED", "years before 1 and after 9999 are not read offline")
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        raise NotReadableError from None


def read_timestamp(text: str) -> tuple[str, Moment]:
    """Return a text that DuckDB reads, and the type; a zone's text is that of the instant in UTC."""
    match = _TIMESTAMP.fullmatch(text.strip())
    if match is None:
        raise NotReadableError
    year, month, day, hour, minute, second, fraction, zone = match.groups()
    digits = fraction or ""
    _refuse_picoseconds(digits)
    moment = _clock(_day(year, month, day), hour, minute, second, digits)
    if zone is None:
        return moment.isoformat(sep=" "), Moment(kind=TIMESTAMP, precision=len(digits))
    name = zone_name(zone)
    if name is None:
        raise NotReadableError
    instant = _instant(moment, name)
    return f"{instant.isoformat(sep=' ')}+00", Moment(kind=ZONED, precision=len(digits), zone=name)


def without_zone(text: str) -> str:
    """Return the text of a timestamp without its zone."""
    match = _TIMESTAMP.fullmatch(text.strip())
    if match is None:
        raise NotReadableError
    return match.string[: match.start(8)].rstrip() if match[8] else match.string


def _clock(day: date, hour: str | None, minute: str | None, second: str | None, digits: str) -> datetime:
    try:
        parts = (int(hour or 0), int(minute or 0), int(second or 0), int(digits.ljust(6, "0")))
        return datetime(day.year, day.month, day.day, *parts)  # noqa: DTZ001  (a local time has no zone)
    except ValueError:
        raise NotReadableError from None


def _refuse_picoseconds(digits: str) -> None:
    if len(digits) > 6:
        raise QueryError("NOT_SUPPORTED", "more than 6 digits of a second are not kept offline")


def _instant(moment: datetime, zone: str) -> datetime:
    minutes = offset_minutes(zone)
    here = ZoneInfo(zone) if minutes is None else timezone(timedelta(minutes=minutes))
    instant = moment.replace(tzinfo=here).astimezone(UTC_ZONE)
    if instant.astimezone(here).replace(tzinfo=None) != moment:
        raise NotReadableError  # the clock skipped it
    return instant.replace(tzinfo=None)


def read_time(text: str) -> tuple[str, Moment]:
    """Return a text that DuckDB reads, and the type."""
    match = _TIME.fullmatch(text.strip())
    if match is None:
        raise NotReadableError
    hour, minute, second, fraction, zone = match.groups()
    digits = fraction or ""
    _refuse_picoseconds(digits)
    clock = _clock(date(2000, 1, 1), hour, minute, second, digits).time()
    if zone:
        return f"{clock.isoformat()}{zone}", Moment(kind=TIME_ZONED, precision=len(digits), zone=zone)
    return clock.isoformat(), Moment(kind=TIME, precision=len(digits))


def interval(node: exp.Interval) -> tuple[exp.Expr, Moment]:
    """Return DuckDB's interval for a literal, and its type.

    Raises
    ------
    QueryError
        ``TYPE_NOT_FOUND`` for a unit that Trino lacks, ``INVALID_LITERAL`` for a text that does not fit.
    """
    unit = node.args.get("unit")
    first, last = (unit.name, unit.expression.name) if isinstance(unit, exp.IntervalSpan) else (_unit(unit),) * 2
    sign = -1 if isinstance(node.this, exp.Neg) else 1
    text = node.this.this.name if isinstance(node.this, exp.Neg) else node.this.name
    if first not in _ORDER or last not in _ORDER:
        raise QueryError("TYPE_NOT_FOUND", "line 1:1: Unknown type: INTERVAL")
    amount = sign * _amount(text, first, last)
    if first in ("YEAR", "MONTH"):
        return made("to_months", _signed(amount)), Moment(kind=MONTHS)
    span = made("to_milliseconds", exp.cast(_signed(amount), exp.DType.BIGINT))
    minutes = abs(amount) // 60_000
    span.meta["minutes"] = f"{'-' if amount < 0 else '+'}{minutes // 60:02d}:{minutes % 60:02d}"
    return span, Moment(kind=SPAN)


def _unit(unit: exp.Expr | None) -> str:
    return unit.name.upper() if unit is not None else ""


def _signed(value: int) -> exp.Expr:
    return exp.Literal.number(value) if value >= 0 else exp.Neg(this=exp.Literal.number(-value))


def _amount(text: str, first: str, last: str) -> int:
    """Return months or milliseconds."""
    units = _ORDER[_ORDER.index(first) : _ORDER.index(last) + 1]
    pattern = r"(?P<sign>[+-]?)\s*(\d+)" + "".join(rf"(?:{_SEPARATORS[unit]}(\d+))?" for unit in units[1:])
    if last == "SECOND":
        pattern += r"(?:\.(?P<fraction>\d{1,3})\d*)?"
    match = re.fullmatch(pattern, text.strip())
    if match is None or not units or (first in ("YEAR", "MONTH")) != (last in ("YEAR", "MONTH")):
        raise QueryError("INVALID_LITERAL", f"line 1:1: Invalid INTERVAL {first} value: {text}")
    groups = match.groups()[1 : len(units) + 1]
    total = sum(int(group or 0) * _UNITS[unit] for group, unit in zip(groups, units, strict=True))
    if last == "SECOND":
        total += int((match["fraction"] or "0").ljust(3, "0"))
    return -total if match["sign"] == "-" else total


def kind_of(to: exp.DataType) -> Moment | None:
    """Return the type that a cast names, if it is one of time."""
    if to.this not in _KINDS:
        return None
    precision = int(to.expressions[0].name) if to.expressions else 3
    kinds = {
        exp.DType.DATE: Moment(kind=DATE),
        exp.DType.TIME: Moment(kind=TIME, precision=precision),
        exp.DType.TIMETZ: Moment(kind=TIME_ZONED, precision=precision, zone=UTC),
        exp.DType.TIMESTAMP: Moment(kind=TIMESTAMP, precision=precision),
        exp.DType.TIMESTAMPTZ: Moment(kind=ZONED, precision=precision, zone=UTC),
    }
    return kinds[to.this]
