"""Times: reading what producers send, and correcting it. All results are UTC with microseconds."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import cache
from typing import NamedTuple

import msgspec

from thermocline.errors import RefusedEvent
from thermocline.events.iso_8601 import epoch_number, read_iso_8601
from thermocline.sources import Source

_NO_TIME = dt.timedelta(0)
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
NEVER = frozenset({_EPOCH, dt.datetime(1, 1, 1, tzinfo=dt.UTC)})
"""The values of a time that was never set: the year 1 in Go and .NET, 1970 elsewhere."""
_MILLISECONDS_FROM = 10**11
_MICROSECONDS_FROM = 10**14
_NANOSECONDS_FROM = 10**17
# Beyond it there is no year; a number such as 1e999999 would take half a minute to multiply out.
_LARGEST_EXPONENT = 20


class Relative(NamedTuple):
    """A time in seconds after (or, negative, before) the moment of receipt (RFC 8428, section 4.5.3)."""

    seconds: Decimal


def read_time(value: object, column: str, *, received: dt.datetime) -> dt.datetime | None:
    """Return a producer's time: RFC 3339 or ISO 8601 text, or a number since 1970.

    A number counts seconds below 10^11, milliseconds below 10^14, microseconds below 10^17, and nanoseconds above; as
    text it is one only where that is certain (see `read_iso_8601`). Text without an offset is UTC.

    Raises
    ------
    RefusedEvent
        The value is no time.
    """
    if value is None:
        return None
    try:
        if isinstance(value, Relative):
            return received + dt.timedelta(microseconds=_microseconds(value.seconds, 1_000_000))
        return _read_text(value) if isinstance(value, str) else _read_number(value)
    except (ValueError, OverflowError, ArithmeticError, TypeError):
        raise RefusedEvent("invalid", f"{column}: is not a time") from None


def is_time(value: object) -> bool:
    """Tell whether a producer's value is a time."""
    try:
        return read_time(value, "", received=_EPOCH) is not None
    except RefusedEvent:
        return False


def event_time(
    source: Source, *, received: dt.datetime, original: dt.datetime | None, sent: dt.datetime | None
) -> tuple[dt.datetime, bool]:
    """Return when an event happened, and whether that had to be moved into the source's window.

    The producer's clock is corrected by how long before sending the event happened:
    ``received - (sent - original)``, a negative difference counting as 0 (Snowplow's and Segment's rule).
    A backfill source keeps its own time.
    """
    if original is None:
        return received, False
    if source.backfill:
        return original, False
    oldest, youngest = _window(source.max_past_days, source.max_future_minutes)
    age = received - original if sent is None else max(sent - original, _NO_TIME)
    if youngest <= age <= oldest:
        return (original if sent is None else received - age), False
    return received - min(max(age, youngest), oldest), True


@cache
def _window(max_past_days: int, max_future_minutes: int) -> tuple[dt.timedelta, dt.timedelta]:
    return dt.timedelta(days=max_past_days), dt.timedelta(minutes=-max_future_minutes)


def _read_text(text: str) -> dt.datetime:
    try:
        time = msgspec.convert(text, dt.datetime)
    except msgspec.ValidationError:
        number = epoch_number(text)
        return read_iso_8601(text) if number is None else _read_number(number)
    if time.tzinfo is dt.UTC:
        return time
    return time.replace(tzinfo=dt.UTC) if time.tzinfo is None else time.astimezone(dt.UTC)


def _read_number(value: object) -> dt.datetime:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise TypeError
    number = Decimal(str(value))
    return _EPOCH + dt.timedelta(microseconds=_microseconds(number, _scale(abs(number))))


def _scale(size: Decimal) -> int | Decimal:
    if size < _MILLISECONDS_FROM:
        return 1_000_000
    if size < _MICROSECONDS_FROM:
        return 1_000
    return 1 if size < _NANOSECONDS_FROM else Decimal("0.001")


def _microseconds(number: Decimal, scale: int | Decimal) -> int:
    if number.adjusted() > _LARGEST_EXPONENT:
        raise OverflowError
    return int(number * scale)
