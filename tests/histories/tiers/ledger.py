"""A ledger, leases and views in memory, as the ports describe them: each call is one atomic operation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import msgspec

from thermocline.errors import LeaseTaken, LedgerConflict, ViewChanged
from thermocline.ledger import Entry, Marks, Suppression
from thermocline.streams import QUARANTINE


class ModelLedger:
    """Entries, marks and the suppression list."""

    def __init__(self) -> None:
        self.entries_by_key: dict[str, Entry] = {}
        self.listed = Suppression()
        self._marks: dict[str, Marks] = defaultdict(Marks)

    def entry(self, raw_key: str) -> Entry | None:
        return self.entries_by_key.get(raw_key)

    def marks(self, stream: str) -> Marks:
        return self._marks[stream]

    def suppression(self) -> Suppression:
        return self.listed

    def enter(self, raw_key: str, *, stream: str, gen: str, token: str, suppression: int) -> None:
        there = self.entries_by_key.get(raw_key)
        _require(there is None or there.status == "parked", "it has an entry")
        _require(all(self._marks[name].closing <= gen for name in (stream, QUARANTINE)), "the generation is closed")
        _require(suppression == self.listed.version, "the list has changed")
        self.entries_by_key[raw_key] = Entry(
            raw_key=raw_key, stream=stream, gen=gen, status="pending", token=token, suppression=suppression
        )

    def take_over(self, entry: Entry, *, token: str, suppression: int) -> None:
        _require(self.entries_by_key.get(entry.raw_key) == entry and entry.status == "pending", "the entry has changed")
        _require(suppression == self.listed.version, "the list has changed")
        self.entries_by_key[entry.raw_key] = msgspec.structs.replace(entry, token=token, suppression=suppression)

    def finish(self, entry: Entry) -> bool:
        there = self.entries_by_key[entry.raw_key]
        if there.status != "pending" or there.token != entry.token:
            return False
        self.entries_by_key[entry.raw_key] = msgspec.structs.replace(entry, gen=there.gen, status="done")
        return True

    def park(self, entry: Entry, *, token: str) -> bool:
        if self.entries_by_key.get(entry.raw_key) != entry or entry.status != "pending":
            return False
        self.entries_by_key[entry.raw_key] = msgspec.structs.replace(entry, gen=None, status="parked", token=token)
        return True

    def close(self, stream: str, gen: str) -> None:
        marks = self._marks[stream]
        self._marks[stream] = msgspec.structs.replace(marks, closing=max(marks.closing, gen))

    def advance(self, stream: str, gen: str) -> None:
        marks = self._marks[stream]
        self._marks[stream] = msgspec.structs.replace(marks, watermark=max(marks.watermark, gen))

    def entries(self, stream: str, gen: str) -> Sequence[Entry]:
        return [entry for entry in self.entries_by_key.values() if (entry.stream, entry.gen) == (stream, gen)]

    def next_generation(self, stream: str, start: str) -> str | None:
        gens = [entry.gen for entry in self.entries_by_key.values() if entry.stream == stream and entry.gen]
        return min((gen for gen in gens if gen >= start), default=None)


def _require(condition: bool, problem: str) -> None:
    if not condition:
        raise LedgerConflict(problem)


class ModelLeases:
    """Leases that end when the history says so."""

    def __init__(self, ledger: ModelLedger) -> None:
        self._ledger = ledger
        self._tokens: dict[str, int] = defaultdict(int)
        self._holders: dict[str, int | None] = defaultdict(lambda: None)
        self.list_at: dict[tuple[str, int], int] = {}
        """Version of the suppression list when a lease was taken."""

    def acquire(self, table: str) -> int:
        if self._holders[table] is not None:
            raise LeaseTaken(table)
        self._tokens[table] += 1
        token = self._holders[table] = self._tokens[table]
        self.list_at[table, token] = self._ledger.listed.version
        return token

    def release(self, table: str, token: int) -> None:
        if self._holders[table] == token:
            self._holders[table] = None

    def expire(self, table: str) -> None:
        """Let the lease's time be up, whatever its holder is doing."""
        self._holders[table] = None


class StoredView(msgspec.Struct, frozen=True, kw_only=True):
    """A view as Glue has it."""

    version: str
    watermark: str


class ModelViews:
    """Views with a version each, which a writer must name."""

    def __init__(self) -> None:
        self._views: dict[str, list[StoredView]] = defaultdict(lambda: [StoredView(version="0", watermark="")])

    def read(self, table: str) -> StoredView:
        return self._views[table][-1]

    def write(self, table: str, *, watermark: str, version: str) -> None:
        if self.read(table).version != version:
            raise ViewChanged(table)
        self._views[table].append(StoredView(version=str(int(version) + 1), watermark=watermark))

    def open(self, table: str) -> Sequence[StoredView]:
        """Return the view that new queries read, and those before it that running queries may still read."""
        return self._views[table]

    def queries_end(self, table: str) -> None:
        """Let all queries end that were planned with an earlier view."""
        self._views[table][:-1] = []
