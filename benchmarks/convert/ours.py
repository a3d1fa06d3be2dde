"""Our convert use case, over files instead of S3 and a ledger in memory."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path
from typing import IO

from benchmarks.convert.contender import contract, run
from thermocline.contracts import Contract
from thermocline.convert.ports import LedgerEntry, Outcome, StoredObject
from thermocline.convert.use_case import Convert

NOW = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)


class OneObject:
    """A store that holds one raw object and takes one Parquet file, and an empty ledger."""

    def __init__(self, source: Path, target: Path) -> None:
        self._source = source
        self._target = target

    def get(self, key: str) -> StoredObject:
        """Return the object."""
        return StoredObject(body=self._source.open("rb"), size=self._source.stat().st_size, last_modified=NOW)

    def put(self, key: str, body: IO[bytes]) -> None:
        """Write the file."""
        with self._target.open("wb") as target:
            shutil.copyfileobj(body, target)

    def watermark(self, stream: str) -> None:
        """Return no watermark."""

    def begin(self, raw_key: str, *, stream: str, gen: str) -> LedgerEntry:
        """Return a new entry."""
        return LedgerEntry(raw_key=raw_key, gen=gen, done=False)

    def finish(self, entry: LedgerEntry, outcome: Outcome) -> None:
        """Check that no row is quarantined."""
        if outcome.quarantined:
            raise RuntimeError(entry.raw_key)


def convert(source: Path, target: Path) -> None:
    """Convert one object."""
    convert_with(contract(), source, target)


def convert_with(clickstream: Contract, source: Path, target: Path) -> None:
    """Convert one object by a contract."""
    files = OneObject(source, target)
    contracts = {"clickstream": clickstream}
    Convert(store=files, ledger=files, contracts=contracts, clock=lambda: NOW)(f"raw/clickstream/{source.name}")


if __name__ == "__main__":
    run(convert)
