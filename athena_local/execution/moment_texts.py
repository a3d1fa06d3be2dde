"""Dates, times and intervals as the texts that Athena shows: three digits of a second, rounded."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

from athena_local.translation.moments import MONTHS, Moment, offset_minutes

_MILLISECOND = timedelta(milliseconds=1)


def _rounded(value: datetime) -> datetime:
    over = value.microsecond % 1000
    return value - timedelta(microseconds=over) + (_MILLISECOND if over >= 500 else timedelta())


def timestamp_text(value: datetime) -> str:
    """Return ``2024-01-02 03:04:05.678``."""
    value = _rounded(value)
    return f"{value.replace(tzinfo=None).isoformat(sep=' ', timespec='milliseconds')}"


def zoned_text(value: datetime) -> str:
    """Return a timestamp with ``UTC`` at its end."""
    return f"{timestamp_text(value.astimezone(UTC))} UTC"


def time_text(value: Any) -> str:
    """Return ``03:04:05.678``."""
    return timestamp_text(datetime.combine(datetime(2000, 1, 1, tzinfo=UTC), value))[11:]


def interval_text(value: Any) -> str:
    """Return ``2 03:04:05.678`` for an interval without months, ``1-2`` for one of months."""
    return _months_text(value.months) if value.months else _span_text(value)


def moment_texts(values: Iterable[Any], moment: Moment) -> list[str | None]:
    """Return the texts of intervals of one kind, or of instants in a zone."""
    if moment.is_interval:
        form = _value_of_months if moment.kind == MONTHS else _span_text
        return [None if value is None else form(value) for value in values]
    zone = moment.zone or "UTC"
    minutes = offset_minutes(zone)
    here = ZoneInfo(zone) if minutes is None else timezone(timedelta(minutes=minutes))
    return [None if value is None else f"{timestamp_text(value.astimezone(here))} {zone}" for value in values]


def _value_of_months(value: Any) -> str:
    return _months_text(value.months)


def _months_text(months: int) -> str:
    return f"{'-' if months < 0 else ''}{abs(months) // 12}-{abs(months) % 12}"


def _span_text(value: Any) -> str:
    total = value.days * 86_400_000 + int(value.nanoseconds / 10**6)
    seconds, milliseconds = divmod(abs(total), 1000)
    clock = f"{seconds // 3600 % 24:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}.{milliseconds:03d}"
    return f"{'-' if total < 0 else ''}{seconds // 86400} {clock}"
