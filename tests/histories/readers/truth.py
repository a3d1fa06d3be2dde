"""What readers may see: each change of the lake has an interval, and an answer fits a state within its query's own."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain, combinations, count
from typing import NamedTuple

from thermocline.generations import BEGINNING
from thermocline.streams import QUARANTINE


class Raw(NamedTuple):
    """A raw object: when its events were received, and their numbers. Bad ones go to quarantine."""

    key: str
    minute: int
    good: tuple[int, ...]
    bad: tuple[int, ...]


class Sums(NamedTuple):
    """What a reader asks of a generation."""

    rows: int
    events: int
    checksum: int


State = dict[str, Sums]


class Answer(NamedTuple):
    """A reader's answer, and the moments at which its query began and ended."""

    table: str
    begin: int
    end: int
    state: State


@dataclass(kw_only=True)
class Change:
    """A change under way, or made: an object's rows get into a generation, or a table's view has a watermark.

    Attributes
    ----------
    end
        None: it is still under way.
    """

    begin: int
    end: int | None = None
    raw: Raw | None = None
    gen: str = ""
    table: str = ""
    watermark: str = ""


@dataclass
class Truth:
    """All changes, in order of their begin."""

    changes: list[Change] = field(default_factory=list)
    _moments: Iterator[int] = field(default_factory=count)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def moment(self) -> int:
        """Return a number that is higher than every one before."""
        with self._lock:
            return next(self._moments)

    @contextmanager
    def changing(self) -> Iterator[Change]:
        """Note a change, whose effect the caller fills in before it ends."""
        change = Change(begin=self.moment())
        with self._lock:
            self.changes.append(change)
        yield change
        change.end = self.moment()

    def fits(self, answer: Answer) -> bool:
        """Tell whether an answer is a state that the lake may have had while its query ran."""
        return any(answer.state == state for state in self._possible(answer))

    def _possible(self, answer: Answer) -> Iterator[State]:
        begun = [change for change in self.changes if change.begin < answer.end]
        objects = [change for change in begun if change.raw]
        marks = [change for change in begun if change.table == answer.table]
        watermarks = [change.watermark for change in marks if _ended(change, answer)][-1:] or [BEGINNING]
        watermarks += [change.watermark for change in marks if not _ended(change, answer)]
        sure = [change for change in objects if _ended(change, answer)]
        for some in _subsets([change for change in objects if not _ended(change, answer)]):
            for watermark in watermarks:
                yield shown(answer.table, [*sure, *some], watermark)


def shown(table: str, objects: Sequence[Change], watermark: str) -> State:
    """Return what a table's view shows of objects that are converted."""
    rows = [
        (change.gen < watermark, change.raw.minute, change.gen, event)
        for change in objects
        if change.raw
        for event in (change.raw.bad if table == QUARANTINE else change.raw.good)
    ]
    seen: dict[str, list[int]] = {}
    known: set[tuple[bool, int]] = set()
    for is_warm, _, gen, event in sorted(rows, key=_order):
        if table == QUARANTINE or (is_warm, event) not in known:
            seen.setdefault(gen, []).append(event)
        known.add((is_warm, event))
    return {gen: Sums(len(events), len(Counter(events)), sum(events)) for gen, events in seen.items()}


def _order(row: tuple[bool, int, str, int]) -> tuple[str, int]:
    """Of twins below the watermark the first generation's stays, above it the one that was received first."""
    is_warm, minute, gen, _ = row
    return (gen if is_warm else "", minute)


def _ended(change: Change, answer: Answer) -> bool:
    return change.end is not None and change.end < answer.begin


def _subsets(changes: Sequence[Change]) -> Iterator[tuple[Change, ...]]:
    return chain.from_iterable(combinations(changes, size) for size in range(len(changes) + 1))
