"""What a lake must show, out of what was sent and of where the ledger put it: no file is looked at to know it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from typing import NamedTuple

from tests.histories.tiers.warm import SUBJECT, Row
from thermocline.generations import moved
from thermocline.ledger import Entry
from thermocline.streams import QUARANTINE

BAD = "bad"


class Raw(NamedTuple):
    """A raw object: its stream, and its events; those that begin with ``bad`` belong in quarantine."""

    stream: str
    events: tuple[str, ...]

    def rows(self, table: str) -> frozenset[str]:
        """Return the events that become rows of a table."""
        bad = table == QUARANTINE
        mine = bad or table == self.stream
        return frozenset(event for event in self.events if mine and event.startswith(BAD) == bad)


class Oracle:
    """Knows what was sent.

    Parameters
    ----------
    window
        Hours for which an event is remembered.
    """

    def __init__(self, window: int) -> None:
        self.raw: dict[str, Raw] = {}
        self._window = window

    def entered(self, table: str, entries: Iterable[Entry]) -> Mapping[str, set[Row]]:
        """Return the rows that done entries brought to a table, by generation."""
        rows: dict[str, set[Row]] = defaultdict(set)
        for entry in entries:
            if entry.done and entry.gen:
                events = self.raw[entry.raw_key].rows(table)
                rows[entry.gen] |= {Row(entry.gen, event, entry.raw_key) for event in events}
        return rows

    def below(self, table: str, entered: Mapping[str, set[Row]], watermark: str) -> list[tuple[str, ...]]:
        """Return what warm must show below a watermark: each event once, and of quarantine each row."""
        rows = [row for gen in entered if gen < watermark for row in entered[gen]]
        if table == QUARANTINE:
            return sorted(rows)
        events = {gen: {row.event for row in rows} for gen, rows in entered.items()}
        return sorted(
            {
                (row.gen, row.event)
                for row in rows
                if not any(
                    _hours_before(row.gen, self._window) <= gen < row.gen and row.event in events[gen] for gen in events
                )
            }
        )


def shown(table: str, rows: Iterable[Row]) -> list[tuple[str, ...]]:
    """Return rows as `Oracle.below` does; nobody knows which of two twins stays."""
    return sorted(tuple(row) if table == QUARANTINE else (row.gen, row.event) for row in rows)


def without_subject(rows: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Leave out what may be there or not, once the list has changed."""
    return [row for row in rows if not row[1].startswith(SUBJECT)]


@cache
def _hours_before(gen: str, hours: int) -> str:
    return moved(gen, -hours)
