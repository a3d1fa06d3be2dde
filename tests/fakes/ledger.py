from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import msgspec

from thermocline.convert.ports import LedgerEntry, Outcome
from thermocline.sweep.ports import Progress


class MemoryLedger:
    """A ledger in memory; the next `crashes` calls of finish raise, as a function that dies there would."""

    def __init__(self, watermarks: Mapping[str, str] | None = None, crashes: int = 0) -> None:
        self.entries: dict[str, LedgerEntry] = {}
        self.outcomes: dict[str, Outcome] = {}
        self.watermarks = dict(watermarks or {})
        self.sweeps: Counter[str] = Counter()
        self._crashes = crashes

    def watermark(self, stream: str) -> str | None:
        return self.watermarks.get(stream)

    def move_watermark(self, stream: str, gen: str) -> None:
        self.watermarks[stream] = gen

    def begin(self, raw_key: str, *, stream: str, gen: str) -> LedgerEntry:
        return self.entries.setdefault(raw_key, LedgerEntry(raw_key=raw_key, gen=gen, done=False))

    def finish(self, entry: LedgerEntry, outcome: Outcome) -> None:
        if self._crashes:
            self._crashes -= 1
            raise ConnectionError("crashed before the ledger was written")
        self.entries[entry.raw_key] = msgspec.structs.replace(entry, done=True)
        self.outcomes[entry.raw_key] = outcome

    def progress(self, raw_keys: Sequence[str]) -> Mapping[str, Progress]:
        return {
            key: Progress(done=self.entries[key].done, sweeps=self.sweeps[key])
            for key in raw_keys
            if key in self.entries
        }

    def count_sweep(self, raw_key: str) -> None:
        assert raw_key in self.entries
        self.sweeps[raw_key] += 1
