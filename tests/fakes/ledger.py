from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping, Sequence

from msgspec.structs import replace

from thermocline.clock import Clock, utc_now
from thermocline.errors import LedgerConflict
from thermocline.generations import BEGINNING
from thermocline.ledger import Entry, Marks, OpenAttempt, Suppression
from thermocline.streams import QUARANTINE


class MemoryLedger:
    """A ledger in memory.

    The next `crashes` calls of finish raise, as a function that dies there would; `before_write` is called once before
    the next write, as another process that is quicker.
    """

    def __init__(self, closed: Mapping[str, str] | None = None, crashes: int = 0, *, clock: Clock = utc_now) -> None:
        self.by_key: dict[str, Entry] = {}
        self.open: dict[str, OpenAttempt] = {}
        self._clock = clock
        self.listed = Suppression()
        self.notes: dict[str, Mapping[str, str]] = {}
        self.before_write: Callable[[], object] = lambda: None
        self._marks = {stream: Marks(closing=gen) for stream, gen in (closed or {}).items()}
        self._crashes = crashes

    def entry(self, raw_key: str) -> Entry | None:
        return self.by_key.get(raw_key)

    def marks(self, stream: str) -> Marks:
        return self._marks.get(stream, Marks())

    def suppression(self) -> Suppression:
        return self.listed

    def suppress(self, digests: Collection[str], until: dt.datetime | None = None) -> int:
        self._write()
        if not self.listed.subjects.issuperset(digests):
            self.listed = Suppression(version=self.listed.version + 1, subjects=self.listed.subjects.union(digests))
        return self.listed.version

    def lift(self, digests: Collection[str]) -> int:
        self._write()
        if self.listed.subjects.intersection(digests):
            self.listed = Suppression(
                version=self.listed.version + 1, subjects=self.listed.subjects.difference(digests)
            )
        return self.listed.version

    def open_attempts(self, before_version: int) -> Sequence[OpenAttempt]:
        return [attempt for attempt in self.open.values() if attempt.suppression < before_version]

    def open_attempt(self, raw_key: str, *, token: str, suppression: int) -> None:
        self._write()
        if suppression != self.listed.version:
            raise LedgerConflict(raw_key)
        self.open[token] = OpenAttempt(raw_key=raw_key, token=token, suppression=suppression, begun_at=self._clock())

    def end_attempt(self, token: str) -> None:
        self._write()
        self.open.pop(token, None)

    def restate(self, entry: Entry) -> None:
        self._write()
        there = self.by_key[entry.raw_key]
        if there.done and there.token == entry.token:
            told = {
                "files": entry.files,
                "lines": entry.lines,
                "suppressed": entry.suppressed,
                "misfits": entry.misfits,
            }
            self.by_key[entry.raw_key] = replace(there, **told)

    def enter(self, raw_key: str, *, stream: str, gen: str, token: str, suppression: int) -> None:
        self._write()
        there = self.by_key.get(raw_key)
        closing = max(self.marks(stream).closing, self.marks(QUARANTINE).closing)
        if (there and there.status != "parked") or closing > gen or suppression != self.listed.version:
            raise LedgerConflict(raw_key)
        self.by_key[raw_key] = Entry(
            raw_key=raw_key, stream=stream, gen=gen, status="pending", token=token, suppression=suppression
        )
        self._begun(raw_key, token, suppression)

    def take_over(self, entry: Entry, *, token: str, suppression: int) -> None:
        self._write()
        if not self._is_as_read(entry) or suppression != self.listed.version:
            raise LedgerConflict(entry.raw_key)
        there = self.by_key[entry.raw_key]
        self.by_key[entry.raw_key] = replace(there, token=token, suppression=suppression)
        self._begun(entry.raw_key, token, suppression)

    def finish(self, entry: Entry) -> bool:
        self._write()
        if self._crashes:
            self._crashes -= 1
            raise ConnectionError("crashed before the ledger was written")
        self.open.pop(entry.token, None)
        there = self.by_key[entry.raw_key]
        if there.token != entry.token:
            return False
        self.by_key[entry.raw_key] = replace(entry, sweeps=there.sweeps)
        return True

    def entries_of(self, raw_keys: Sequence[str]) -> Mapping[str, Entry]:
        return {key: self.by_key[key] for key in raw_keys if key in self.by_key}

    def count_sweep(self, raw_key: str) -> None:
        there = self.by_key[raw_key]
        self.by_key[raw_key] = replace(there, sweeps=there.sweeps + 1)

    def park(self, entry: Entry, *, token: str) -> None:
        self._write()
        if not self._is_as_read(entry):
            raise LedgerConflict(entry.raw_key)
        self.by_key[entry.raw_key] = replace(entry, gen=None, status="parked", token=token)

    def parked(self) -> Sequence[Entry]:
        return [entry for entry in self.by_key.values() if entry.status == "parked"]

    def close(self, stream: str, gen: str) -> None:
        marks = self.marks(stream)
        self._marks[stream] = replace(marks, closing=max(marks.closing, gen))

    def advance(self, stream: str, gen: str) -> None:
        marks = self.marks(stream)
        self._marks[stream] = replace(marks, watermark=max(marks.watermark, gen))

    def forget_marks(self) -> None:
        """Lose all marks."""
        self._marks.clear()

    def be(self, other: MemoryLedger) -> None:
        """Have what another has."""
        self.by_key, self._marks, self.listed = dict(other.by_key), dict(other._marks), other.listed

    def entries(self, stream: str, gen: str) -> Sequence[Entry]:
        return [entry for entry in self.by_key.values() if (entry.stream, entry.gen) == (stream, gen)]

    def next_generation(self, stream: str, start: str) -> str | None:
        gens = (entry.gen or BEGINNING for entry in self.by_key.values() if entry.stream == stream)
        return min((gen for gen in gens if gen >= start and gen != BEGINNING), default=None)

    def since(self, table: str) -> Mapping[str, str]:
        return self.notes.get(table, {})

    def note(self, table: str, since: Mapping[str, str]) -> None:
        self.notes[table] = since

    def _begun(self, raw_key: str, token: str, suppression: int) -> None:
        self.open[token] = OpenAttempt(raw_key=raw_key, token=token, suppression=suppression, begun_at=self._clock())

    def _is_as_read(self, entry: Entry) -> bool:
        there = self.by_key.get(entry.raw_key)
        return bool(there and there.status == "pending" and there.token == entry.token)

    def _write(self) -> None:
        before, self.before_write = self.before_write, lambda: None
        before()
