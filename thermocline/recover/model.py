"""What is asked of a recovery, and what became of the rows that it looked at."""

from __future__ import annotations

from collections import Counter
from typing import Literal

import msgspec

from thermocline.events.quarantined import Quarantined
from thermocline.generations import BEGINNING, following

Fate = Literal["recovered", "waiting", "refused", "cut", "replayed"]

_LONGEST_WHY = 200
_MOST_COUNTS = 500


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """Which rows of quarantine are to come back.

    Attributes
    ----------
    table
        The stream that they were meant for.
    source, reason
        None: any.
    first, last
        Generations of quarantine, both among them; None: from the first, to the last that is in warm.
    """

    table: str
    source: str | None = None
    reason: str | None = None
    first: str | None = None
    last: str | None = None

    @property
    def values(self) -> dict[str, str]:
        """The values that the columns of a chosen row have."""
        asked = {"stream": self.table, "source": self.source, "reason": self.reason}
        return {name: value for name, value in asked.items() if value is not None}

    def takes(self, row: Quarantined) -> bool:
        """Tell whether a row of the range of generations is chosen."""
        return all(getattr(row, name) == value for name, value in self.values.items())

    def bounds(self, watermark: str) -> tuple[str, str]:
        """Return the first generation, and the one behind the last, given quarantine's watermark."""
        return self.first or BEGINNING, watermark if self.last is None else min(watermark, following(self.last))


class Count(msgspec.Struct, frozen=True, kw_only=True):
    """Rows with one fate.

    Attributes
    ----------
    fate
        ``recovered``: they are events again, and no bad rows any more. ``waiting``: they are written back, and stay in
        quarantine until convert has begun with them. ``refused``: they are bad still. ``cut``: something of them was
        cut or withheld, so that they cannot come back. ``replayed``: a replay from raw has them.
    reason
        Why they were refused at first.
    why
        Why they are refused again.
    """

    source: str | None
    reason: str
    fate: Fate
    rows: int
    why: str = ""


class Recovery(msgspec.Struct, frozen=True, kw_only=True):
    """What a recovery did, or would do.

    Attributes
    ----------
    objects
        Raw objects that took rows back.
    more
        The time was up before all rows were looked at: run it again.
    """

    table: str
    counts: tuple[Count, ...] = ()
    objects: int = 0
    dry_run: bool = False
    more: bool = False

    def rows(self, fate: Fate) -> int:
        """Return how many rows had a fate."""
        return sum(count.rows for count in self.counts if count.fate == fate)


class Tally:
    """Counts rows by their fate."""

    def __init__(self) -> None:
        self._rows: Counter[tuple[str, str, Fate, str]] = Counter()

    def add(self, row: Quarantined, fate: Fate, why: str = "") -> None:
        """Count a row; of too many different reasons the rest is one."""
        told = (row.source or "", row.reason, fate, why[:_LONGEST_WHY])
        self._rows[told if told in self._rows or len(self._rows) < _MOST_COUNTS else (*told[:3], "…")] += 1

    def counts(self) -> tuple[Count, ...]:
        """Return the counts, in order."""
        return tuple(
            Count(source=source or None, reason=reason, fate=fate, why=why, rows=rows)
            for (source, reason, fate, why), rows in sorted(self._rows.items())
        )
