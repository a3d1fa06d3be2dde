"""What a table has at each temperature."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

import msgspec


class Level(msgspec.Struct, frozen=True, kw_only=True):
    """The files of one table at one temperature.

    Attributes
    ----------
    rows
        None: nobody counted them.
    oldest, newest
        Event times of warm and cold, generations of hot, times of writing of raw; None when there is nothing.
    by_class
        Bytes by S3 storage class.
    """

    files: int = 0
    rows: int | None = 0
    bytes: int = 0
    oldest: str | None = None
    newest: str | None = None
    by_class: Mapping[str, int] = {}


class TableLevels(msgspec.Struct, frozen=True, kw_only=True):
    """All levels of a table.

    Attributes
    ----------
    raw
        As delivered.
    hot
        What the view reads from hot: generations from the watermark on.
    settling
        Hot files before the watermark, and files that no entry names: they wait to be removed.
    cold
        Sealed files of the same table as warm.
    """

    raw: Level
    hot: Level
    settling: Level
    warm: Level
    cold: Level = Level()
    watermark: str | None = None


def level(sizes: Iterable[tuple[str, int]], *, rows: int | None, marks: Iterable[str]) -> Level:
    """Return the level of files, each with its storage class and bytes.

    Parameters
    ----------
    marks
        What `oldest` and `newest` are taken from, in a form that sorts as text.
    """
    by_class: dict[str, int] = {}
    count = 0
    for storage_class, size in sizes:
        count += 1
        by_class[storage_class] = by_class.get(storage_class, 0) + size
    sorted_marks = sorted(marks)
    return Level(
        files=count,
        rows=rows if count else 0,
        bytes=sum(by_class.values()),
        oldest=sorted_marks[0] if sorted_marks else None,
        newest=sorted_marks[-1] if sorted_marks else None,
        by_class=by_class,
    )


def time_text(time: dt.datetime) -> str:
    """Return a time as UTC with seconds, ``2026-11-26T10:00:00Z``."""
    return f"{time.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%SZ}"
