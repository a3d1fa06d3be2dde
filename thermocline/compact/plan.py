"""Which files of a warm table are merged."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import groupby

import msgspec

from thermocline.warm.model import WarmFile
from thermocline.warm.periods import Period, period_of

_DAY = dt.timedelta(days=1)


class Sizes(msgspec.Struct, frozen=True, kw_only=True):
    """Bounds of what is merged.

    Attributes
    ----------
    small_bytes
        Files of fewer bytes are merged.
    least_files
        Fewer files than this are not worth a commit.
    most_bytes
        One merge reads at most so many bytes, the smallest files first.
    """

    small_bytes: int
    least_files: int
    most_bytes: int


def groups(
    files: Sequence[WarmFile], day: dt.date, *, partitioned_by: str, sizes: Sizes
) -> Iterator[tuple[WarmFile, ...]]:
    """Yield the groups of small files that may have rows of a day (UTC), each of one partition; not sealed ones."""

    def partition(file: WarmFile) -> Period:
        return period_of(file.first_time, partitioned_by)

    small = [file for file in files if not file.sealed and file.bytes < sizes.small_bytes and _touches(file, day)]
    for _, members in groupby(sorted(small, key=partition), key=partition):
        chosen = tuple(_smallest(list(members), sizes.most_bytes))
        if len(chosen) >= sizes.least_files:
            yield chosen


def _touches(file: WarmFile, day: dt.date) -> bool:
    begin = dt.datetime.combine(day, dt.time(), dt.UTC)
    return file.first_time < begin + _DAY and file.last_time >= begin


def _smallest(files: list[WarmFile], most_bytes: int) -> Iterator[WarmFile]:
    left = most_bytes
    for file in sorted(files, key=lambda file: (file.bytes, file.path)):
        left -= file.bytes
        if left < 0:
            return
        yield file
