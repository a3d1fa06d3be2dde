"""Times as text that RFC 3339 does not cover: the forms of ISO 8601 that mean one moment, and numbers written as text.

Python's own reader changes from version to version, and takes digits that mean something else for a year.
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal

# As many digits as seconds, milliseconds, microseconds and nanoseconds have from 2001 to 2286.
_EPOCH_DIGITS = frozenset({10, 13, 16, 19})
_LEAP_SECOND = 60
_DATE = (
    r"(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})"
    r"|(?P<month_>[0-9]{2})(?P<day_>[0-9]{2})|-W(?P<week>[0-9]{2})-(?P<weekday>[1-7])|-(?P<ordinal>[0-9]{3})"
    r"|/(?P<month__>[0-9]{2})/(?P<day__>[0-9]{2}))"  # no ISO 8601, but it means nothing else
)
_SECOND = r"(?P<{0}>[0-9]{{2}})(?:[.,](?P<fraction{0}>[0-9]+))?"
_CLOCK = (
    r"(?P<hour>[0-9]{2})(?::(?P<minute>[0-9]{2})(?::" + _SECOND.format("second") + ")?"
    r"|(?P<minute_>[0-9]{2})(?:" + _SECOND.format("second_") + ")?)"
)
_OFFSET = (
    r" ?(?:Z|UTC|GMT|(?P<sign>[-+])(?P<off_hour>[0-9]{2})"
    r"(?::?(?P<off_minute>[0-9]{2})(?::?(?P<off_second>[0-9]{2}))?)?)"
    r"(?:\[[A-Za-z0-9_+/=!:-]{1,64}\])*"  # a zone's name beside the offset (RFC 9557), as Java and JavaScript write it
)
_match_iso = re.compile(rf"{_DATE}(?:[T ]{_CLOCK}(?:{_OFFSET})?)?", re.IGNORECASE).fullmatch
_match_epoch = re.compile(r"([0-9]+)(?:\.[0-9]+)?").fullmatch


def epoch_number(text: str) -> Decimal | None:
    """Return the number in a text that certainly counts seconds, milliseconds, microseconds or nanoseconds, or None.

    It is certain with 10, 13, 16 or 19 digits before the point. Eight are a date, 12 and 14 may be one with its time.
    """
    match = _match_epoch(text)
    return Decimal(text) if match and len(match[1]) in _EPOCH_DIGITS else None


def read_iso_8601(text: str) -> dt.datetime:
    """Return the UTC time of ISO 8601 text: a calendar, week or ordinal date, with or without the time of day.

    A date may also have slashes. A week date has its day. Midnight may be hour 24, and a leap second is the next
    second, as it is to every clock that counts since 1970.

    Raises
    ------
    ValueError, OverflowError
        The text has another form, or there is no such time.
    """
    match = _match_iso(text)
    if not match:
        raise ValueError(text)
    part = match.groupdict()
    time = dt.datetime.combine(_date(part), dt.time(), dt.UTC) + _since_midnight(part) - _offset(part)
    if _number(part, "second") == _LEAP_SECOND and time.replace(microsecond=0).time() != dt.time():
        raise ValueError(text)  # leap seconds end days of UTC
    return time


def _date(part: dict[str, str | None]) -> dt.date:
    year = int(part["year"] or 0)
    if part["week"] and part["weekday"]:
        return dt.date.fromisocalendar(year, int(part["week"]), int(part["weekday"]))
    if part["ordinal"]:
        date = dt.date(year, 1, 1) + dt.timedelta(days=int(part["ordinal"]) - 1)
        if date.year != year:
            raise ValueError
        return date
    return dt.date(year, _number(part, "month"), _number(part, "day"))


def _since_midnight(part: dict[str, str | None]) -> dt.timedelta:
    hour, minute = _number(part, "hour"), _number(part, "minute")
    second = _number(part, "second")
    fraction = (part["fractionsecond"] or part["fractionsecond_"] or "")[:6].ljust(6, "0")
    time = dt.timedelta(hours=hour, minutes=minute, seconds=second, microseconds=int(fraction))
    if minute > 59 or second > _LEAP_SECOND or (hour > 23 and time != dt.timedelta(hours=24)):
        raise ValueError
    return time


def _offset(part: dict[str, str | None]) -> dt.timedelta:
    hour, minute, second = (_number(part, f"off_{name}") for name in ("hour", "minute", "second"))
    if hour > 23 or minute > 59 or second > 59:
        raise ValueError
    offset = dt.timedelta(hours=hour, minutes=minute, seconds=second)
    return -offset if part["sign"] == "-" else offset


def _number(part: dict[str, str | None], name: str) -> int:
    return int(part[name] or part.get(f"{name}_") or part.get(f"{name}__") or 0)
