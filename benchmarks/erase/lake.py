"""A lake whose bucket is a folder: raw, hot and warm of the events of the benchmark of promotion."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import duckdb
import msgspec
import pyarrow as pa

from benchmarks.promote.contender import MEMORY_MB
from thermocline.adapters.iceberg_tables import arrow_schema, table_schema
from thermocline.contracts import load_contracts
from thermocline.erase.ports import Version
from thermocline.events.frames import framed
from thermocline.generations import following, moved
from thermocline.layout import hot_key, subjects_key
from thermocline.ledger import Entry, HotFile, Suppression
from thermocline.streams import QUARANTINE
from thermocline.subjects import SubjectHasher, encode_digests
from thermocline.warm.model import Base, Change, WarmFile
from thermocline.warm.rows import ParquetRows
from thermocline.warm.work import Work

STREAM = "clickstream"
CONTRACTS = {name: contract for name, contract in load_contracts().items() if name in (STREAM, QUARANTINE)}
HASHER = SubjectHasher(lambda: "benchmark")
GENERATIONS = [moved("2026-11-24-12", -hour) for hour in range(23, -1, -1)]
_LINES_PER_FRAME = 1000


class FolderObjects:
    """A bucket without versions that is a folder."""

    bucket = "lake"

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def versions(self, prefix: str, *, after: str = "") -> Iterator[Version]:
        """Yield the objects below a prefix, by key."""
        keys = (str(path.relative_to(self.folder)) for path in self.folder.rglob("*") if path.is_file())
        for key in sorted(each for each in keys if each.startswith(prefix) and each > after):
            status = (self.folder / key).stat()
            modified = dt.datetime.fromtimestamp(status.st_mtime, dt.UTC)
            yield Version(key=key, id="null", latest=True, etag=f"{status.st_mtime_ns:x}", last_modified=modified)

    def read(self, key: str, version: str | None = None) -> bytes:
        """Return an object's bytes."""
        return (self.folder / key).read_bytes()

    def opened(self, key: str, version: str | None = None) -> Any:
        """Return an object as a file."""
        return pa.OSFile(str(self.folder / key), "r")

    def put(self, key: str, body: bytes) -> None:
        """Write an object."""
        (self.folder / key).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / key).write_bytes(body)

    def replace(self, version: Version, body: bytes) -> None:
        """Write an object again."""
        self.put(version.key, body)

    def delete(self, key: str, versions: Sequence[str]) -> None:
        """Delete an object."""
        if versions:
            (self.folder / key).unlink(missing_ok=True)

    def fetch(self, key: str, path: Path) -> None:
        """Link an object."""
        path.symlink_to(self.folder / key)

    def store(self, path: Path, key: str) -> str:
        """Copy a file into an object."""
        (self.folder / key).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, self.folder / key)
        return f"s3://{self.bucket}/{key}"

    def key_of(self, address: str) -> str:
        """Return the key in an address."""
        return address.removeprefix(f"s3://{self.bucket}/")


class LocalCatalog:
    """Warm tables in memory."""

    def __init__(self, objects: FolderObjects) -> None:
        self._objects = objects
        self._files: dict[str, dict[str, WarmFile]] = {name: {} for name in CONTRACTS}
        self._ids: dict[str, dict[str, str]] = {name: {} for name in CONTRACTS}
        self._fence = dict.fromkeys(CONTRACTS, 0)

    def load(self, table: str) -> Base:
        """Return a table's state."""
        return Base(table=table, fence=self._fence[table], ids=dict(self._ids[table]), commits=frozenset())

    def files(self, base: Base, *, gen: str | None = None) -> Sequence[WarmFile]:
        """Return a table's files."""
        return [file for file in self._files[base.table].values() if gen is None or file.holds(gen)]

    def commit(self, base: Base, change: Change) -> None:
        """Make a change."""
        files = self._files[base.table]
        for file in change.remove:
            del files[file.path]
        files |= {file.path: file for file in change.add}
        self._ids[base.table] |= change.ids
        self._fence[base.table] = change.token

    def expire(self, table: str, older_than: dt.datetime) -> None:
        """Forget nothing: there is no older state."""

    def referenced(self, table: str) -> set[str]:
        """Return the keys that a table needs."""
        return {*map(self._objects.key_of, self._files[table]), *self._ids[table].values()}

    def snapshots(self, table: str) -> Sequence[int]:
        """Return one snapshot."""
        return [self._fence[table]]

    def schema_of(self, table: str) -> pa.Schema:
        """Return the schema of a table's files."""
        return arrow_schema(table_schema(CONTRACTS[table]))


def fill(objects: FolderObjects, catalog: LocalCatalog, hot: Sequence[Path]) -> Iterator[Entry]:
    """Write raw objects, their digests and hot files of local hot files, promote all, and yield the entries."""
    entries = [_entry(objects, path, number * len(GENERATIONS) // len(hot)) for number, path in enumerate(hot)]
    rows = ParquetRows(
        files=objects,
        contracts=CONTRACTS,
        hasher=HASHER,
        schema_of=catalog.schema_of,
        folder=objects.folder.parent,
        memory_mb=MEMORY_MB,
    )
    for token, gen in enumerate(GENERATIONS, start=1):
        base = catalog.load(STREAM)
        keys = tuple(file.key for entry in entries if entry.gen == gen for file in entry.files)
        earlier = tuple(base.ids.values())
        work = Work(table=STREAM, gen=gen, hot=keys, earlier=earlier, rest=(), suppression=Suppression())
        written = rows.write(work)
        catalog.commit(base, Change(token=token, gens=(gen,), add=written.files, ids={gen: written.ids}))
    yield from entries


def watermark() -> str:
    """Return the generation after the last."""
    return following(GENERATIONS[-1])


def _entry(objects: FolderObjects, path: Path, place: int) -> Entry:
    gen, raw_key = GENERATIONS[place], f"raw/{STREAM}/2026/11/24/12/{path.stem}.ndjson.zst"
    with duckdb.connect() as connection:
        source = f"(SELECT * EXCLUDE (_src) FROM read_parquet('{path}')) AS event"  # noqa: S608 - a path of ours
        lines = connection.execute(f"SELECT to_json(event) FROM {source}").fetchall()  # noqa: S608 - a path of ours
        digests: set[str] = set()
        for column in CONTRACTS[STREAM].erasure_keys:
            values = connection.execute(f"SELECT DISTINCT {column} FROM {source} WHERE {column} IS NOT NULL").fetchall()  # noqa: S608
            digests |= {HASHER.digest(column, value) for (value,) in values}
    body = io.BytesIO()
    for start in range(0, len(lines), _LINES_PER_FRAME):
        body.write(framed("".join(f"{line}\n" for (line,) in lines[start : start + _LINES_PER_FRAME]).encode()))
    objects.put(raw_key, body.getvalue())
    token = hashlib.sha256(raw_key.encode()).hexdigest()[:16]
    beside = subjects_key(STREAM, gen, raw_key, token)
    objects.put(beside, encode_digests(digests))
    key = hot_key(STREAM, raw_key, gen, token)
    objects.store(path, key)
    file = HotFile(table=STREAM, key=key, rows=len(lines), bytes=path.stat().st_size)
    return Entry(
        raw_key=raw_key,
        stream=STREAM,
        gen=gen,
        status="done",
        token=token,
        lines=len(lines),
        files=(file,),
        raw_bytes=body.tell(),
        subjects=beside,
    )


def amended(entry: Entry, files: tuple[HotFile, ...], suppressed: int) -> Entry:
    """Return an entry with other files."""
    return msgspec.structs.replace(entry, files=files, suppressed=suppressed)
