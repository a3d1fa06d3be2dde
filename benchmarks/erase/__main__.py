"""``python -m benchmarks.erase``: one subject out of ten million events, and a scan of every byte for it."""

from __future__ import annotations

import datetime as dt
import os
import re
import shutil
import time
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

import msgspec
import pyarrow.parquet as pq

from benchmarks.erase.lake import CONTRACTS, HASHER, FolderObjects, LocalCatalog, amended, fill, watermark
from benchmarks.measure import ROOT
from benchmarks.promote.data import write_hot
from thermocline.adapters.raw_fits import ReadsLines
from thermocline.clock import utc_now
from thermocline.erase.model import Run
from thermocline.erase.report import Report
from thermocline.erase.steps import Lake
from thermocline.erase.use_case import Erase
from thermocline.events.frames import zstd
from thermocline.ledger import Entry, HotFile, Marks, OpenAttempt
from thermocline.warm.erased_files import WarmFiles

SUBJECT = "user-1001"
_SUBJECT = re.compile(SUBJECT.encode() + rb"(?!\d)")


class Ledger:
    """The ledger, the leases and the runs, in memory."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._entries = {entry.raw_key: entry for entry in entries}
        self._tokens: dict[str, int] = defaultdict(lambda: 1000)
        self._run: Run | None = None

    def suppress(self, digests: Collection[str], until: dt.datetime | None = None) -> int:
        """Return the first version."""
        return 1

    def open_attempts(self, before_version: int) -> Sequence[OpenAttempt]:
        """Return none."""
        return ()

    def marks(self, stream: str) -> Marks:
        """Return marks behind the last generation."""
        return Marks(closing=watermark(), watermark=watermark())

    def entry(self, raw_key: str) -> Entry | None:
        """Return an entry."""
        return self._entries.get(raw_key)

    def entries_of(self, raw_keys: Sequence[str]) -> Mapping[str, Entry]:
        """Return entries."""
        return {key: self._entries[key] for key in raw_keys if key in self._entries}

    def entries(self, stream: str, gen: str) -> Sequence[Entry]:
        """Return the entries of a generation."""
        return [entry for entry in self._entries.values() if (entry.stream, entry.gen) == (stream, gen)]

    def next_generation(self, stream: str, start: str) -> str | None:
        """Return no generation: all are promoted."""
        return None

    def amend(self, entry: Entry, *, files: tuple[HotFile, ...], suppressed: int) -> None:
        """Change an entry."""
        self._entries[entry.raw_key] = amended(entry, files, suppressed)

    def acquire(self, table: str) -> int:
        """Return a higher token."""
        self._tokens[table] += 1
        return self._tokens[table]

    def release(self, table: str, token: int) -> None:
        """Do nothing."""

    def all(self) -> Sequence[Run]:
        """Return the run."""
        return [self._run] if self._run else []

    def read(self, run_id: str) -> Run:
        """Return the run."""
        if self._run is None:
            raise KeyError(run_id)
        return self._run

    def create(self, run: Run) -> None:
        """Keep the run."""
        self._run = run

    def save(self, run: Run, *, read: Run) -> Run:
        """Keep the run."""
        self._run = msgspec.structs.replace(run, revision=read.revision + 1)
        return self._run


def main() -> None:
    """Fill a lake, erase, scan, and print what it took."""
    events = int(os.environ.get("ROWS") or 10_000_000)
    folder = ROOT / ".lake" / "bench-erase"
    shutil.rmtree(folder, ignore_errors=True)
    objects = FolderObjects(folder / "bucket")
    objects.folder.mkdir(parents=True)
    catalog = LocalCatalog(objects)
    ledger = Ledger(list(fill(objects, catalog, write_hot(ROOT / ".lake" / "bench-promote", events))))
    size = sum(path.stat().st_size for path in objects.folder.rglob("*") if path.is_file())
    print(f"{events:,} events in {size / 1e9:.2f} GB of raw, hot and warm", flush=True)
    lake = Lake(
        contracts=CONTRACTS,
        hasher=HASHER,
        ledger=ledger,
        leases=ledger,
        catalog=catalog,
        files=WarmFiles(files=objects, contracts=CONTRACTS, schema_of=catalog.schema_of, folder=folder),
        objects=objects,
        results=None,
        fits=ReadsLines(CONTRACTS),
    )
    nothing = dt.timedelta()
    erase = Erase(lake=lake, runs=ledger, clock=utc_now, longest_attempt=nothing, settle=nothing)
    run = erase.start([HASHER.digest("user_id", SUBJECT)])
    start, cpu = time.perf_counter(), time.process_time()
    while (turn := erase.turn(run.id, utc_now() + dt.timedelta(minutes=10))).next != "done":
        print(f"{time.perf_counter() - start:6.1f} s: {turn.phase} {turn.next} {turn.reason}", flush=True)
    seconds = time.perf_counter() - start
    report = msgspec.json.decode(objects.read(f"erasure/{run.id}/report.json"), type=Report)
    touched = Counter(f"{each.level} {each.action}" for each in report.touched)
    cpu = time.process_time() - cpu
    print(
        f"both passes took {seconds:.1f} s, {cpu:.1f} s of a processor; "
        f"{turn.counts['removed']} rows and lines; {dict(touched)}",
        flush=True,
    )
    start = time.perf_counter()
    found = [path for path in objects.folder.rglob("*") if path.is_file() and _has(path)]
    print(f"a scan of every byte, unpacked, took {time.perf_counter() - start:.1f} s and found it {len(found)} times")


def _has(path: Path) -> bool:
    """Tell whether a file has the subject: not as the beginning of another's name."""
    body = path.read_bytes()
    if path.suffix == ".parquet":
        table = pq.read_table(path)
        texts = [column for column in table.columns if str(column.type) in ("string", "large_string")]
        buffers = (chunk.buffers()[-1] for column in texts for chunk in column.chunks if len(chunk))
        return any(_SUBJECT.search(buffer) for buffer in buffers if buffer)
    return bool(_SUBJECT.search(zstd.decompress(body) if path.suffix == ".zst" and body else body))


if __name__ == "__main__":
    main()
