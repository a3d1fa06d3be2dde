"""Our convert use case, over files instead of S3 and a ledger in memory."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path
from typing import IO

from benchmarks.convert.contender import contract, run
from thermocline.contracts import Contract
from thermocline.convert.ports import StoredObject
from thermocline.convert.use_case import Convert
from thermocline.ledger import Entry, Marks, Suppression
from thermocline.streams import QUARANTINE
from thermocline.subjects import SubjectHasher

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

    def entry(self, raw_key: str) -> None:
        """Return no entry."""

    def marks(self, stream: str) -> Marks:
        """Return marks that never moved."""
        return Marks()

    def suppression(self) -> Suppression:
        """Return an empty list."""
        return Suppression()

    def enter(self, raw_key: str, *, stream: str, gen: str, token: str, suppression: int) -> None:
        """Take the object."""

    def take_over(self, entry: Entry, *, token: str, suppression: int) -> None:
        """Refuse: no object has an entry."""
        raise RuntimeError(entry.raw_key)

    def finish(self, entry: Entry) -> bool:
        """Check that no row is quarantined."""
        if entry.files_of(QUARANTINE):
            raise RuntimeError(entry.raw_key)
        return True


def convert(source: Path, target: Path) -> None:
    """Convert one object."""
    convert_with(contract(), source, target)


def convert_with(clickstream: Contract, source: Path, target: Path) -> None:
    """Convert one object by a contract."""
    files = OneObject(source, target)
    contracts = {"clickstream": clickstream}
    Convert(store=files, ledger=files, contracts=contracts, hasher=SubjectHasher(lambda: ""), clock=lambda: NOW)(
        f"raw/clickstream/{source.name}"
    )


if __name__ == "__main__":
    run(convert)
