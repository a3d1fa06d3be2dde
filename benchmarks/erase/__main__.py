"""``python -m benchmarks.erase``: one subject out of ten million events, and a scan of every byte for it."""

from __future__ import annotations

import datetime as dt
import multiprocessing
import os
import shutil
import time
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.erase.lake import CONTRACTS, HASHER, FolderObjects, LocalCatalog, amended, fill, watermark
from benchmarks.measure import ROOT, Peak
from benchmarks.promote.data import write_hot
from thermocline.adapters.avro import avro_rows
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
DIGEST = bytes.fromhex(HASHER.digest("user_id", SUBJECT))
_NAME = SUBJECT.encode()


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
    """Fill a lake, look for the subject in every byte, erase it, look again, and print what it took."""
    events = int(os.environ.get("ROWS") or 10_000_000)
    folder = ROOT / ".lake" / "bench-erase"
    shutil.rmtree(folder, ignore_errors=True)
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("fork")) as pool:  # its memory is its own
        objects, catalog, entries = pool.submit(_filled, folder, events).result()
    size = sum(path.stat().st_size for path in objects.folder.rglob("*") if path.is_file())
    print(f"{events:,} events in {size / 1e9:.2f} GB of raw, hot and warm", flush=True)
    _scan(objects.folder)
    _erase(folder, objects, catalog, Ledger(entries))
    _scan(objects.folder)


def _filled(folder: Path, events: int) -> tuple[FolderObjects, LocalCatalog, list[Entry]]:
    objects = FolderObjects(folder / "bucket")
    objects.folder.mkdir(parents=True)
    catalog = LocalCatalog(objects)
    return objects, catalog, list(fill(objects, catalog, write_hot(ROOT / ".lake" / "bench-promote", events)))


def _erase(folder: Path, objects: FolderObjects, catalog: LocalCatalog, ledger: Ledger) -> None:
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
    start, cpu, peak = time.perf_counter(), time.process_time(), Peak(os.getpid())
    run = erase.start([DIGEST.hex()])
    while (turn := erase.turn(run.id, utc_now() + dt.timedelta(minutes=10))).next != "done":
        print(f"{time.perf_counter() - start:6.1f} s: {turn.phase} {turn.next} {turn.reason}", flush=True)
    seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
    peak.stop()
    report = msgspec.json.decode(objects.read(f"erasure/{run.id}/report.json"), type=Report)
    touched = Counter(f"{each.level} {each.action}" for each in report.touched)
    print(
        f"both passes took {seconds:.1f} s, {cpu:.1f} s of a processor, {peak.bytes / 1e6:.0f} MB at the peak; "
        f"{turn.counts['removed']} rows and lines went; {dict(touched)}",
        flush=True,
    )


def _scan(bucket: Path) -> None:
    """Print in how many files of each place the subject is: in the bytes as they lie there, and unpacked."""
    start, cpu = time.perf_counter(), time.process_time()
    files = [path for path in sorted(bucket.rglob("*")) if path.is_file()]
    places = Counter(path.relative_to(bucket).parts[0] for path in files if any(map(_has, _texts(path))))
    seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
    print(
        f"a scan of every byte of {len(files):,} files, as it is and unpacked, took {seconds:.1f} s, {cpu:.1f} s of "
        f"a processor; files with the subject: {dict(places) or 'none'}",
        flush=True,
    )


def _texts(path: Path) -> Iterator[bytes]:
    """Yield a file's bytes, and what is packed in them: frames of zstd, columns of Parquet, rows of Avro."""
    body = path.read_bytes()
    yield body
    if path.suffix == ".zst" and body:
        yield zstd.decompress(body)
    elif path.suffix == ".parquet":
        yield from _columns(pq.ParquetFile(pa.BufferReader(body)))
    elif path.suffix == ".avro":
        yield repr(list(avro_rows(body))).encode()


def _columns(file: pq.ParquetFile) -> Iterator[bytes]:
    for group in range(file.num_row_groups):
        for column in file.read_row_group(group).columns:
            for chunk in column.chunks:
                values = chunk.dictionary if isinstance(chunk, pa.DictionaryArray) else chunk
                yield from (buffer.to_pybytes() for buffer in values.buffers() if buffer)


def _has(text: bytes) -> bool:
    """Tell whether bytes have the subject, not as the beginning of another's name, or its digest."""
    at = text.find(_NAME)
    while at >= 0 and text[at + len(_NAME) : at + len(_NAME) + 1].isdigit():
        at = text.find(_NAME, at + 1)
    return at >= 0 or DIGEST in text


if __name__ == "__main__":
    main()
