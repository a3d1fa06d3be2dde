"""Generations: the UTC hours in which raw objects enter the lake, as ``yyyy-MM-dd-HH``. They sort as text."""

from __future__ import annotations

import datetime as dt
from typing import Final

FORMAT: Final = "%Y-%m-%d-%H"
BEGINNING: Final = ""
"""Before every generation: where a mark stands that has never moved."""


def hour_of(now: dt.datetime) -> str:
    """Return the generation of a time."""
    return now.astimezone(dt.UTC).strftime(FORMAT)


def begins(gen: str) -> dt.datetime:
    """Return the first instant of a generation, UTC."""
    return dt.datetime.strptime(gen, FORMAT).replace(tzinfo=dt.UTC)


def moved(gen: str, hours: int) -> str:
    """Return the generation so many hours later, or earlier if `hours` is negative."""
    return hour_of(begins(gen) + dt.timedelta(hours=hours))


def following(gen: str) -> str:
    """Return the next generation."""
    return moved(gen, 1)
