"""Two ledgers as one: the one that is restored, and an older copy of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from thermocline.generations import following
from thermocline.ledger import Entry, Marks
from thermocline.restore.ports import OldLedger


def true_entry(now: Entry | None, old: Entry | None) -> Entry | None:
    """Return which of two entries of a raw object is true.

    What was done stays done. If the entry of now is another attempt's, the ledger had forgotten the first.
    """
    if old is None or now is None:
        return now or old
    return old if old.done and (not now.done or now.token != old.token) else now


class Merged:
    """Reads both ledgers; neither is changed."""

    def __init__(self, now: OldLedger, old: OldLedger | None) -> None:
        self._both = (now, old) if old else (now,)

    def marks(self, stream: str) -> Marks:
        """Return the later of a stream's marks."""
        marks = [ledger.marks(stream) for ledger in self._both]
        return Marks(closing=max(each.closing for each in marks), watermark=max(each.watermark for each in marks))

    def token(self, table: str) -> int:
        """Return the higher token of a table's last lease."""
        return max(ledger.token(table) for ledger in self._both)

    def version(self) -> int:
        """Return the later version of the suppression list."""
        return max(ledger.version() for ledger in self._both)

    def knows_erasure(self, run: str) -> bool:
        """Tell whether either has the state of an erasure."""
        return any(ledger.knows_erasure(run) for ledger in self._both)

    def entries_of(self, raw_keys: Sequence[str]) -> dict[str, Entry]:
        """Return the entries of those raw objects that have one."""
        entries: dict[str, Entry] = {}
        for ledger in self._both:
            for key, entry in ledger.entries_of(raw_keys).items():
                entries[key] = true_entry(entries.get(key), entry) or entry
        return entries

    def generations(self, stream: str, start: str) -> Iterator[str]:
        """Yield the generations from one on that have entries in either."""
        gen = self._next(stream, start)
        while gen:
            yield gen
            gen = self._next(stream, following(gen))

    def entries(self, stream: str, gen: str) -> list[Entry]:
        """Return the entries that a generation has."""
        keys = {entry.raw_key for ledger in self._both for entry in ledger.entries(stream, gen)}
        return [entry for entry in self.entries_of(sorted(keys)).values() if entry.gen == gen]

    def _next(self, stream: str, start: str) -> str | None:
        found = (ledger.next_generation(stream, start) for ledger in self._both)
        return min((gen for gen in found if gen), default=None)
