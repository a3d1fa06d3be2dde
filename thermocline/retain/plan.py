"""What of a warm table is too old."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from thermocline.generations import hour_of
from thermocline.warm.model import WarmFile


def first_kept(today: dt.date, days: int) -> dt.datetime:
    """Return the first instant (UTC) whose rows stay."""
    return dt.datetime.combine(today - dt.timedelta(days=days), dt.time(), dt.UTC)


def split(files: Sequence[WarmFile], since: dt.datetime) -> tuple[tuple[WarmFile, ...], tuple[WarmFile, ...]]:
    """Return the files that are too old as a whole, and those that also have younger rows."""
    whole = tuple(file for file in files if file.last_time < since)
    straddling = tuple(file for file in files if file.first_time < since <= file.last_time)
    return whole, straddling


def forgotten(gens: Iterable[str], *, now: dt.datetime, raw_days: int, margin_hours: int) -> tuple[str, ...]:
    """Return the generations whose identities no replay can need: the raw objects are gone."""
    limit = hour_of(now - dt.timedelta(days=raw_days, hours=margin_hours))
    return tuple(sorted(gen for gen in gens if gen < limit))
