"""What a lake must hold that had converted a range of generations by another contract from the start."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from tests.thermocline.replay.lake import BIG, WINDOW
from thermocline.generations import moved


class Line(NamedTuple):
    """A line of a raw object; an event's twins have its name."""

    event: str
    quantity: int
    received: int

    def is_good(self, *, wide: bool) -> bool:
        return wide or self.quantity != BIG


class Sent(NamedTuple):
    """A raw object, and the contract that it was converted by at first."""

    gen: str
    key: str
    lines: tuple[Line, ...]
    wide: bool


class Expected(NamedTuple):
    """Rows of the table and of quarantine, and the events of each generation, kept or dropped."""

    rows: list[tuple[str, str, str, object]]
    bad: list[tuple[str, str, int]]
    present: dict[str, list[tuple[str, str]]]


def expected(objects: Sequence[Sent], replayed: Collection[str] = (), *, wide: bool = True) -> Expected:
    """Return what must be there after a replay; a row that comes back is one by the contract of today."""
    good, bad = _converted(objects, replayed, wide=wide)
    before, _ = _converted(objects, (), wide=wide)
    shown = _shown(before)
    rows = []
    for gen, lines in good.items():
        for event in {line.event for line, _ in lines}:
            if _is_twin(good, gen, event):
                continue
            own = [(line, key) for line, key in lines if line.event == event]
            if gen not in replayed and (gen, event) not in shown:
                own = [(line, key) for line, key in own if line.is_good(wide=wide)]
            if own:
                first, key = min(own, key=lambda each: (each[0].received, each[1]))
                rows.append((gen, event, key, first.quantity))
    present = {gen: sorted((line.event, key) for line, key in lines) for gen, lines in good.items()}
    return Expected(sorted(rows), sorted(bad), present)


_Good = dict[str, list[tuple[Line, str]]]


def _converted(
    objects: Sequence[Sent], replayed: Collection[str], *, wide: bool
) -> tuple[_Good, list[tuple[str, str, int]]]:
    good: _Good = {sent.gen: [] for sent in sorted(objects)}
    bad = []
    for sent in objects:
        by = wide if sent.gen in replayed else sent.wide
        for line in sent.lines:
            if line.is_good(wide=by):
                good[sent.gen].append((line, sent.key))
            else:
                bad.append((sent.gen, sent.key, line.quantity))
    return good, bad


def _shown(good: _Good) -> set[tuple[str, str]]:
    return {
        (gen, line.event) for gen, lines in good.items() for line, _ in lines if not _is_twin(good, gen, line.event)
    }


def _is_twin(good: _Good, gen: str, event: str) -> bool:
    earlier = (other for other in good if moved(gen, -WINDOW) <= other < gen)
    return any(line.event == event for other in earlier for line, _ in good[other])
