"""The rows of the fast histories are those that DuckDB and Parquet give."""

from __future__ import annotations

import io
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import IO

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fakes import HASHER, FixedClock, MemoryLedger
from tests.histories.tiers.lake import CONTRACTS, STREAMS
from tests.histories.tiers.real import line, rows_of
from tests.histories.tiers.warm import ModelRows, Row, Store
from thermocline.adapters.iceberg_tables import arrow_schema, table_schema
from thermocline.convert.ports import StoredObject
from thermocline.convert.use_case import Convert
from thermocline.generations import hour_of
from thermocline.ledger import Suppression
from thermocline.promote.ports import Rows, Work, Written
from thermocline.streams import QUARANTINE
from thermocline.warm.model import WarmFile
from thermocline.warm.rows import ParquetRows

EVENTS = ("a", "b", "c", "d", "bad a", "bad b")
objects = st.lists(st.lists(st.sampled_from(EVENTS), max_size=4, unique=True), max_size=3)


class Folder:
    """The lake bucket as a folder."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.raw: dict[str, Sequence[str]] = {}

    def get(self, key: str) -> StoredObject:
        body = b"".join(map(line, self.raw[key]))
        return StoredObject(body=io.BytesIO(body), size=len(body), last_modified=FixedClock()())

    def put(self, key: str, body: IO[bytes]) -> None:
        self.file(key).write_bytes(body.read())

    def fetch(self, key: str, path: Path) -> None:
        shutil.copy(self.file(key), path)

    def store(self, path: Path, key: str) -> str:
        shutil.copy(path, self.file(key))
        return key

    def key_of(self, address: str) -> str:
        return address

    def file(self, key: str) -> Path:
        return self._path / key.replace("/", "|")

    def rows(self, key: str, gen: str | None = None) -> frozenset[Row]:
        return rows_of(self.file(key).read_bytes(), gen)


class Side:
    """One of the two, with what it has written so far."""

    def __init__(self, rows: Rows) -> None:
        self.rows = rows
        self.ids: list[str] = []
        self.files: tuple[WarmFile, ...] = ()

    def write(self, table: str, gen: str, hot: tuple[str, ...], *, again: bool = False) -> Written:
        earlier = tuple(self.ids[:-1] if again else self.ids)
        rest = self.files if again else ()
        work = Work(table=table, gen=gen, hot=hot, earlier=earlier, rest=rest, suppression=Suppression())
        written = self.rows.write(work)
        self.ids.append(written.ids)
        self.files = written.files if again else self.files + written.files
        return written


@settings(max_examples=8, deadline=None, derandomize=True, database=None)
@given(generations=st.lists(objects, min_size=2, max_size=3), table=st.sampled_from([STREAMS[0], QUARANTINE]))
def test_both_keep_drop_and_replace_the_same_rows(generations: list[list[list[str]]], table: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        bucket, store, ledger, clock = Folder(Path(folder)), Store(), MemoryLedger(), FixedClock()
        convert = Convert(store=bucket, ledger=ledger, contracts=CONTRACTS, hasher=HASHER, clock=clock)
        real_rows = ParquetRows(
            files=bucket,
            contracts=CONTRACTS,
            hasher=HASHER,
            schema_of=lambda name: arrow_schema(table_schema(CONTRACTS[name])),
            folder=Path(folder),
            memory_mb=200,
        )
        real, model = Side(real_rows), Side(ModelRows(store))

        def check(gen: str, hot: tuple[str, ...], *, again: bool = False) -> None:
            ours, theirs = real.write(table, gen, hot, again=again), model.write(table, gen, hot, again=again)
            counts = ("read", "kept", "dropped", "suppressed")
            assert [getattr(ours, count) for count in counts] == [getattr(theirs, count) for count in counts]
            in_files = sorted(row for file in real.files for row in bucket.rows(file.path))
            assert in_files == sorted(row for file in model.files for row in store.rows[file.path])

        gen = ""
        hot: tuple[str, ...] = ()
        for numbered, arrivals in enumerate(generations):
            for place, events in enumerate(arrivals):
                key = f"raw/{STREAMS[0]}/{numbered}-{place}"
                bucket.raw[key] = events
                convert(key)
            gen = hour_of(clock())
            hot = tuple(file.key for entry in ledger.entries(STREAMS[0], gen) for file in entry.files_of(table))
            for key in hot:
                store.put(key, bucket.rows(key, gen))
            check(gen, hot)
            clock.advance(hours=1)
        if real.files:
            real.files = real_rows.merge(table, real.files)
            model.files = model.rows.merge(table, model.files)  # type: ignore[attr-defined]
            check(gen, hot, again=True)
