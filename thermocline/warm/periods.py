"""The time that a partition of a warm table spans."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple


class Period(NamedTuple):
    """From its first instant, UTC, until before its end."""

    begin: dt.datetime
    end: dt.datetime


def period_of(time: dt.datetime, partitioned_by: str) -> Period:
    """Return the partition that a time is in, by the contract's ``partitionedBy``."""
    day = time.astimezone(dt.UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    if partitioned_by == "day":
        return Period(day, day + dt.timedelta(days=1))
    if partitioned_by == "month":
        begin = day.replace(day=1)
        return Period(begin, (begin + dt.timedelta(days=31)).replace(day=1))
    begin = day.replace(month=1, day=1)
    return Period(begin, begin.replace(year=begin.year + 1))
