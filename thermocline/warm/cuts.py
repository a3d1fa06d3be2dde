"""Where the sorted rows of a warm table are cut into files: arithmetic alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final, NamedTuple

TARGET_BYTES: Final = 128 * 2**20
SEALED_TARGET_BYTES: Final = 512 * 2**20
SMALLEST_BYTES: Final = 8 * 2**20
"""A file is not cut off at a gap between days for less than this."""

_EPOCH: Final = dt.date(1970, 1, 1)
_FORMATS: Final = {"day": "%Y-%m-%d", "month": "%Y-%m", "year": "%Y"}


class Day(NamedTuple):
    """How many rows happened on a day, which is a number of days since 1970."""

    number: int
    rows: int


class Cut(NamedTuple):
    """The next rows in order are a file of this partition."""

    partition: str
    rows: int


def partition_of(day: int, *, partitioned_by: str, time_column: str) -> str:
    """Return the partition of a day as Iceberg writes it, e.g. ``event_time_month=2026-11``."""
    date = _EPOCH + dt.timedelta(days=day)
    return f"{time_column}_{partitioned_by}={date.strftime(_FORMATS[partitioned_by])}"


def cuts(
    days: Sequence[Day],
    *,
    partitioned_by: str,
    time_column: str,
    row_bytes: float,
    target: int = TARGET_BYTES,
    smallest: int = SMALLEST_BYTES,
) -> Iterator[Cut]:
    """Yield the files that rows in the order of their days become.

    A file has one partition. Where days are missing, a new file begins if both sides are worth one: a few late rows
    would widen the bounds of a large file. What is larger than the target becomes files of about the same size.

    Parameters
    ----------
    days
        In order, each once.
    row_bytes
        About how many bytes a row takes in a file.
    """

    def partition(day: Day) -> str:
        return partition_of(day.number, partitioned_by=partitioned_by, time_column=time_column)

    for name, members in groupby(days, key=partition):
        for rows in _runs(list(members), smallest / row_bytes):
            files = min(rows, max(1, round(rows * row_bytes / target)))
            yield from (Cut(name, rows * (i + 1) // files - rows * i // files) for i in range(files))


def _runs(days: list[Day], least: float) -> Iterator[int]:
    """Yield how many rows lie between the gaps at which files are cut."""
    rows, left = 0, sum(day.rows for day in days)
    for day, after in zip(days, [*days[1:], None], strict=True):
        rows, left = rows + day.rows, left - day.rows
        if after is None or (after.number > day.number + 1 and min(rows, left) >= least):
            yield rows
            rows = 0
