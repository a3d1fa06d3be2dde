"""A lake in memory with the code of production between its ports, and processes that die at any call."""

from __future__ import annotations

import copy
import datetime as dt
import hashlib
import io
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO, Any

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from tests.fakes import HASHER, NOW, FixedClock, MemoryLedger
from tests.fakes.warm import CommitFate
from tests.thermocline.erase.lake import CONTRACTS, STREAM, unpacked
from thermocline.adapters.iceberg_tables import arrow_schema, table_schema
from thermocline.adapters.raw_fits import ReadsLines
from thermocline.convert.ports import StoredObject
from thermocline.convert.use_case import Convert
from thermocline.erase.model import Run, Turn
from thermocline.erase.ports import Store, Version
from thermocline.erase.report import Report
from thermocline.erase.steps import Lake
from thermocline.erase.use_case import Erase
from thermocline.errors import CommitFailed, LeaseTaken, LedgerConflict, ObjectChanged, UnknownRun
from thermocline.events.frames import framed
from thermocline.generations import following, hour_of
from thermocline.ledger import Entry, HotFile
from thermocline.promote.use_case import Promote
from thermocline.streams import QUARANTINE
from thermocline.warm.erased_files import WarmFiles
from thermocline.warm.model import Base, Change, WarmFile
from thermocline.warm.rows import ParquetRows

LONGEST, SETTLE = dt.timedelta(minutes=3), dt.timedelta(minutes=15)


class DiedError(Exception):
    """The process ended at this call."""


class Dying:
    """A port of a process that dies at a call: nothing that it calls afterwards has an effect."""

    def __init__(self, port: Any, calls: Calls) -> None:
        self._port = port
        self._calls = calls

    def __getattr__(self, name: str) -> Any:
        attribute = getattr(self._port, name)
        return self._calls.counted(attribute) if callable(attribute) else attribute


class Calls:
    """Counts the calls of a process, which dies before or after one of them."""

    def __init__(self, dies_at: int | None = None, *, after: bool = False) -> None:
        self.count = 0
        self._dies_at = dies_at
        self._after = after
        self._dead = False

    def counted(self, call: Any) -> Any:
        def made(*positional: Any, **named: Any) -> Any:
            self.count += 1
            if self._dead or (self.count == self._dies_at and not self._after):
                self._dead = True
                raise DiedError
            dies = self.count == self._dies_at
            try:
                return call(*positional, **named)
            finally:
                if dies:
                    self._dead = True
                    raise DiedError

        return made


class MemoryObjects:
    """A versioned bucket; also the store of convert and the files of warm."""

    def __init__(self, bucket: str, clock: FixedClock) -> None:
        self.bucket = bucket
        self.by_key: dict[str, list[tuple[str, bytes | None, dt.datetime]]] = defaultdict(list)
        self.clock = clock
        self._ids = 0

    def versions(self, prefix: str, *, after: str = "") -> Iterator[Version]:
        return iter(
            [each for key in sorted(self.by_key) if key.startswith(prefix) and key > after for each in self._of(key)]
        )

    def read(self, key: str, version: str | None = None) -> bytes:
        for name, body, _ in reversed(self.by_key.get(key, [])):
            if version in (None, name):
                if body is None:
                    break
                return body
        raise FileNotFoundError(key)

    def opened(self, key: str, version: str | None = None) -> Any:
        return pa.BufferReader(self.read(key, version))

    def put(self, key: str, body: bytes | IO[bytes] | None) -> None:
        self._ids += 1
        content = body if isinstance(body, bytes | None) else body.read()
        self.by_key[key].append((f"v{self._ids}", content, self.clock()))

    def replace(self, version: Version, body: bytes) -> None:
        current = [each for each in self._of(version.key) if each.latest and not each.marker]
        if [each.id for each in current] != [version.id]:
            raise ObjectChanged(version.key)
        self.put(version.key, body)

    def delete(self, key: str, versions: Sequence[str]) -> None:
        left = [each for each in self.by_key.get(key, []) if each[0] not in versions]
        if left:
            self.by_key[key] = left
        else:
            self.by_key.pop(key, None)

    def get(self, key: str) -> StoredObject:
        body = self.read(key)
        return StoredObject(body=io.BytesIO(body), size=len(body), last_modified=NOW)

    def fetch(self, key: str, path: Path) -> None:
        path.write_bytes(self.read(key))

    def store(self, path: Path, key: str) -> str:
        self.put(key, path.read_bytes())
        return f"s3://{self.bucket}/{key}"

    def key_of(self, address: str) -> str:
        return address.removeprefix(f"s3://{self.bucket}/")

    def keys(self, prefix: str) -> list[str]:
        return [each.key for each in self.versions(prefix) if each.latest and not each.marker]

    def _of(self, key: str) -> list[Version]:
        stored = self.by_key[key]
        return [
            Version(
                key=key,
                id=name,
                latest=place == len(stored) - 1,
                marker=body is None,
                etag=hashlib.md5(body or b"", usedforsecurity=False).hexdigest(),
                last_modified=when,
            )
            for place, (name, body, when) in enumerate(stored)
        ][::-1]


class Table(msgspec.Struct, kw_only=True):
    files: dict[str, WarmFile] = {}
    ids: dict[str, str] = {}
    fence: int = 0
    commits: frozenset[tuple[str, int]] = frozenset()
    snapshots: list[int] = []
    needed: list[set[str]] = []
    version: int = 0


class MemoryCatalog:
    """Warm tables whose metadata are objects, one of each commit."""

    def __init__(self, objects: MemoryObjects) -> None:
        self.tables = {name: Table() for name in CONTRACTS}
        self.objects = objects
        self.fates: list[CommitFate] = []
        self._commits = 0

    def load(self, table: str) -> Base:
        now = self.tables[table]
        return Base(table=table, fence=now.fence, ids=dict(now.ids), commits=now.commits, handle=now.version)

    def files(self, base: Base, *, gen: str | None = None) -> Sequence[WarmFile]:
        return [file for file in self.tables[base.table].files.values() if gen is None or file.holds(gen)]

    def commit(self, base: Base, change: Change) -> None:
        fate = self.fates.pop(0) if self.fates else "lands"
        now = self.tables[base.table]
        assert base.fence <= change.token
        if fate == "refused" or base.handle != now.version:
            raise CommitFailed(fate)
        self._commits += 1
        metadata = f"warm/{base.table}/metadata/{self._commits}.avro"
        self.objects.put(metadata, b"")
        for file in change.remove:
            del now.files[file.path]
        now.files |= {file.path: file for file in change.add}
        now.ids = {gen: key for gen, key in {**now.ids, **change.ids}.items() if gen not in change.forget}
        now.fence = change.token
        now.version += 1
        now.commits |= {(gen, change.token) for gen in change.gens}
        now.snapshots.append(self._commits)
        now.needed.append({metadata, *now.ids.values(), *map(self.objects.key_of, now.files)})
        if fate != "lands":
            raise CommitFailed(fate)

    def expire(self, table: str, older_than: dt.datetime) -> None:
        now = self.tables[table]
        now.snapshots, now.needed = now.snapshots[-1:], now.needed[-1:]
        now.version += 1

    def referenced(self, table: str) -> set[str]:
        return set().union(*self.tables[table].needed)

    def snapshots(self, table: str) -> list[int]:
        return list(self.tables[table].snapshots)

    def schema_of(self, table: str) -> pa.Schema:
        return arrow_schema(table_schema(CONTRACTS[table]))


class MemoryRuns:
    def __init__(self) -> None:
        self.by_id: dict[str, Run] = {}

    def all(self) -> Sequence[Run]:
        return list(self.by_id.values())

    def read(self, run_id: str) -> Run:
        if run_id not in self.by_id:
            raise UnknownRun(run_id)
        return self.by_id[run_id]

    def create(self, run: Run) -> None:
        self.by_id[run.id] = run

    def save(self, run: Run, *, read: Run) -> Run:
        if self.by_id[run.id].revision != read.revision:
            raise LedgerConflict(run.id)
        self.by_id[run.id] = msgspec.structs.replace(run, revision=read.revision + 1)
        return self.by_id[run.id]


class AmendedLedger(MemoryLedger):
    def amend(self, entry: Entry, *, files: tuple[HotFile, ...], suppressed: int) -> None:
        there = self.by_key[entry.raw_key]
        if not there.done or (there.token, there.suppressed) != (entry.token, entry.suppressed):
            raise LedgerConflict(entry.raw_key)
        self.by_key[entry.raw_key] = msgspec.structs.replace(there, files=files, suppressed=suppressed)


class TableLeases:
    """A lease for each table; `expire` lets the time of all be up."""

    def __init__(self) -> None:
        self._tokens: dict[str, int] = defaultdict(int)
        self._held: dict[str, int] = {}

    def acquire(self, table: str) -> int:
        if table in self._held:
            raise LeaseTaken(table)
        self._tokens[table] += 1
        self._held[table] = self._tokens[table]
        return self._tokens[table]

    def release(self, table: str, token: int) -> None:
        if self._held.get(table) == token:
            del self._held[table]

    def expire(self) -> None:
        self._held.clear()


class MemoryLake:
    """The state of a lake, and the steps that change it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.clock = FixedClock()
        self.objects, self.results = MemoryObjects("lake", self.clock), MemoryObjects("results", self.clock)
        self.catalog, self.runs, self.leases = MemoryCatalog(self.objects), MemoryRuns(), TableLeases()
        self.ledger = AmendedLedger(clock=self.clock)
        self._raw = 0

    def copied(self) -> MemoryLake:
        """Return a lake of its own in the same state."""
        return copy.deepcopy(self)

    def arrive(self, *frames: Sequence[bytes], stream: str = STREAM) -> str:
        self._raw += 1
        key = f"raw/{stream}/{self.clock():%Y/%m/%d/%H}/{self._raw:04}.ndjson.zst"
        self.objects.put(key, b"".join(framed(b"".join(lines)) for lines in frames if lines))
        return key

    def convert(self, key: str) -> None:
        self.converting()(key)

    def converting(self, ledger: Any = None) -> Convert:
        return Convert(
            store=self.objects,
            ledger=ledger or self.ledger,
            contracts=CONTRACTS,
            hasher=HASHER,
            clock=self.clock,
            pause=lambda _: None,
        )

    def promote(self, *, tables: Sequence[str] = tuple(CONTRACTS)) -> None:
        promote = Promote(
            ledger=self.ledger,
            leases=self.leases,
            catalog=self.catalog,
            rows=self.rows_of_warm(),
            contracts=CONTRACTS,
            publish=lambda _: None,
        )
        before = following(hour_of(self.clock()))
        for table in tables:
            while promote(table, before=before).state == "promoted":
                pass

    def rows_of_warm(self) -> ParquetRows:
        """Return what writes warm files."""
        return ParquetRows(
            files=self.objects,
            contracts=CONTRACTS,
            hasher=HASHER,
            schema_of=self.catalog.schema_of,
            folder=self.folder,
            memory_mb=200,
        )

    def erasing(self, calls: Calls | None = None, stores: Sequence[Store] = ()) -> Erase:
        def port(each: Any) -> Any:
            return Dying(each, calls) if calls else each

        lake = Lake(
            contracts=CONTRACTS,
            hasher=HASHER,
            ledger=port(self.ledger),
            leases=port(self.leases),
            catalog=port(self.catalog),
            files=WarmFiles(
                files=port(self.objects), contracts=CONTRACTS, schema_of=self.catalog.schema_of, folder=self.folder
            ),
            objects=port(self.objects),
            results=port(self.results),
            fits=ReadsLines(CONTRACTS),
            stores=stores,
        )
        runs = port(self.runs)
        return Erase(lake=lake, runs=runs, clock=self.clock, longest_attempt=LONGEST, settle=SETTLE)

    def erased(self, *users: str, calls: Calls | None = None, stores: Sequence[Store] = ()) -> Turn:
        """Erase users to the end of the second pass, and return the last turn."""
        erase = self.erasing(calls, stores)
        run = erase.start([HASHER.digest("user_id", user) for user in users])
        for _ in range(100):
            turn = erase.turn(run.id, self.clock() + dt.timedelta(minutes=10))
            if turn.next in ("done", "failed"):
                return turn
            self.clock.advance(seconds=turn.wait_seconds)
        raise AssertionError(f"it does not come to an end: {turn}")

    def rows(self, table: str) -> list[dict[str, Any]]:
        """Return the rows that readers see of a table, sorted."""
        watermark = self.ledger.marks(table).watermark
        prefix = "quarantine/" if table == QUARANTINE else f"hot/{table}/"
        warm = [row for path in self.catalog.tables[table].files for row in self.read(self.objects.key_of(path))]
        hot = [(key.split("gen=")[1][:13], key) for key in self.objects.keys(prefix)]
        rows = [row for row in warm if row["gen"] < watermark]
        rows += [{**row, "gen": gen} for gen, key in hot if gen >= watermark for row in self.read(key)]
        return sorted(rows, key=str)

    def books(self) -> list[str]:
        """Return what does not balance: each line of raw is a row, or was left out, as the balance counts them."""
        problems = [
            f"{entry.raw_key} says {entry.files} of {entry.lines}"
            for entry in self.ledger.by_key.values()
            if entry.done and sum(file.rows for file in entry.files) + entry.suppressed != entry.lines
        ]
        for stream in CONTRACTS:
            for gen in {entry.gen for entry in self.ledger.by_key.values() if entry.stream == stream and entry.done}:
                entries = [each for each in self.ledger.entries(stream, str(gen)) if each.done]
                counted = sum(each.suppressed for each in entries)
                counted += sum(self._counted(table, stream, str(gen), entries) for table in {stream, QUARANTINE})
                if counted != sum(each.lines for each in entries):
                    problems.append(f"{stream} {gen}: {counted} of {sum(each.lines for each in entries)}")
        return problems

    def report(self, run_id: str) -> Report:
        """Return the proof of a run."""
        return msgspec.json.decode(self.objects.read(f"erasure/{run_id}/report.json"), type=Report)

    def identities(self) -> set[bytes]:
        """Return the identities in all versions of all files of them."""
        versions = [each for each in self.objects.versions("ids/") if not each.marker]
        tables = [pq.read_table(self.objects.opened(each.key, each.id)) for each in versions]
        return {key for table in tables for key in table["key"].to_pylist() if key}

    def hot_file_of(self, event: str) -> str:
        """Return the key of a hot file that has an event."""
        files = (file.key for entry in self.ledger.by_key.values() for file in entry.files)
        return next(key for key in files if event in str(self.read(key)))

    def places_of(self, text: str) -> list[str]:
        """Return the objects that have a text somewhere."""
        return [
            key
            for objects in (self.objects, self.results)
            for key, versions in objects.by_key.items()
            if any(text.encode() in b"".join(unpacked(body)) for _, body, _ in versions if body)
        ]

    def _counted(self, table: str, stream: str, gen: str, entries: Sequence[Entry]) -> int:
        if gen >= self.ledger.marks(table).watermark:
            return sum(len(self.read(file.key)) for entry in entries for file in entry.files_of(table))
        of_stream = f"raw/{stream}/"
        warm = self.catalog.tables[table]
        rows = [row for path in warm.files for row in self.read(self.objects.key_of(path)) if row["gen"] == gen]
        left_out = [row for row in self.read(warm.ids[gen]) if not row["kept"]] if gen in warm.ids else []
        return sum(row["_src"].startswith(of_stream) for row in (*rows, *left_out))

    def read(self, key: str) -> list[dict[str, Any]]:
        """Return the rows of a Parquet file, or none if it was deleted."""
        if not any(self.objects.by_key.get(key, [])[-1:]) or self.objects.by_key[key][-1][1] is None:
            return []
        rows: list[dict[str, Any]] = pq.read_table(pa.BufferReader(self.objects.read(key))).to_pylist()
        for row in rows:
            row |= {name: each.replace(tzinfo=None) for name, each in row.items() if isinstance(each, dt.datetime)}
        return rows


def of_others(rows: Sequence[Mapping[str, Any]], *users: str) -> list[Mapping[str, Any]]:
    """Return the rows that are no user's."""
    return [row for row in rows if row["user_id"] not in users]
