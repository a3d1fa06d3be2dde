"""Which files of a warm table are sealed, and when late rows open a partition again (ADR 42)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import groupby

import msgspec

from thermocline.generations import hour_of
from thermocline.warm.model import WarmFile
from thermocline.warm.periods import Period, period_of


class Rules(msgspec.Struct, frozen=True, kw_only=True):
    """When a partition is sealed, and how.

    Attributes
    ----------
    late
        Its late window: it is sealed so long after its last date.
    small_bytes
        A sealed file of fewer bytes is written anew when its partition opens again.
    most_bytes
        One part reads at most so many bytes, or one file.
    waiting_files, waiting_bytes, waiting
        Rows that came after the window stand beside the sealed files until they are in so many files, have so many
        bytes, or are that old.
    """

    late: dt.timedelta
    small_bytes: int
    most_bytes: int
    waiting_files: int = 8
    waiting_bytes: int = 64 << 20
    waiting: dt.timedelta = dt.timedelta(days=7)


def parts(
    files: Sequence[WarmFile],
    *,
    now: dt.datetime,
    partitioned_by: str,
    rules: Rules,
    first_kept: dt.datetime | None = None,
) -> Iterator[tuple[WarmFile, ...]]:
    """Yield the files to write anew, in parts of bounded size; each has a file that is not sealed yet.

    Parameters
    ----------
    first_kept
        The first instant whose rows retention keeps: a partition that begins before it is left alone, because its files
        are cut every day.
    """

    def period(file: WarmFile) -> Period:
        return period_of(file.first_time, partitioned_by)

    old = sorted((file for file in files if file.first_time < now - rules.late), key=_place)
    for span, members in groupby(old, key=period):
        if first_kept is None or first_kept <= span.begin:
            yield from _partition(list(members), span.end + rules.late, now, rules)


def _partition(
    files: Sequence[WarmFile], closes: dt.datetime, now: dt.datetime, rules: Rules
) -> Iterator[tuple[WarmFile, ...]]:
    unsealed = [file for file in files if not file.sealed]
    if now >= closes and _is_due(unsealed, closes, now, rules):
        chosen = [file for file in files if not file.sealed or file.bytes < rules.small_bytes]
        yield from (part for part in _bounded(chosen, rules.most_bytes) if not all(file.sealed for file in part))


def _is_due(unsealed: Sequence[WarmFile], closes: dt.datetime, now: dt.datetime, rules: Rules) -> bool:
    """Tell whether there are rows that came within the window, or enough late ones."""
    late = [file for file in unsealed if file.first_gen >= hour_of(closes)]
    return (
        len(late) < len(unsealed)
        or len(late) >= rules.waiting_files
        or sum(file.bytes for file in late) >= rules.waiting_bytes
        or any(file.first_gen <= hour_of(now - rules.waiting) for file in late)
    )


def _bounded(files: Sequence[WarmFile], most_bytes: int) -> Iterator[tuple[WarmFile, ...]]:
    """Yield runs of files in the order of their times, so that the sealed files hardly overlap."""
    part: list[WarmFile] = []
    for file in files:
        if part and sum(each.bytes for each in part) + file.bytes > most_bytes:
            yield tuple(part)
            part = []
        part.append(file)
    if part:
        yield tuple(part)


def _place(file: WarmFile) -> tuple[dt.datetime, str]:
    return file.first_time, file.path
