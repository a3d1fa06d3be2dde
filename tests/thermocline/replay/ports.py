"""What a replay needs, in memory and in a folder."""

from __future__ import annotations

import datetime as dt
import io
from collections import Counter, deque
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import IO, Any

import pyarrow as pa
import pyarrow.parquet as pq

from tests.fakes.files import FolderFiles
from tests.fakes.warm import MemoryWarm
from thermocline.convert.ports import StoredObject
from thermocline.errors import LedgerConflict
from thermocline.replay.model import Converted, Order, Replayed, Run
from thermocline.warm.model import Base, Change, WarmFile


class Bucket(FolderFiles):
    """The lake bucket as a folder: raw objects, hot files, counts of rows."""

    delivered_at = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)

    def get(self, key: str) -> StoredObject:
        if not self._path(key).exists():
            self._missing(key)
        body = self._path(key).read_bytes()
        return StoredObject(body=io.BytesIO(body), size=len(body), last_modified=self.delivered_at)

    def put(self, key: str, body: IO[bytes]) -> None:
        self._path(key).parent.mkdir(parents=True, exist_ok=True)
        self._path(key).write_bytes(body.read())

    def keys(self, prefix: str = "") -> Iterator[str]:  # type: ignore[override]
        found = (str(path.relative_to(self.folder)) for path in self.folder.rglob("*") if path.is_file())
        return iter(sorted(key for key in found if key.startswith(prefix)))

    def delete(self, keys: Sequence[str]) -> None:
        for key in keys:
            self._path(key).unlink(missing_ok=True)

    def read(self, key: str) -> pa.Table:
        """Return a Parquet file's rows."""
        return pq.read_table(self._path(key), partitioning=None)

    def count(self, key: str, *columns: str) -> Mapping[tuple[object, ...], int]:
        return Counter(tuple(row[name] for name in columns) for row in self.read(key).to_pylist())


class Tables:
    """A catalog of several tables in memory."""

    def __init__(self, names: Sequence[str]) -> None:
        self.by_name = {name: MemoryWarm() for name in names}

    def load(self, table: str) -> Base:
        return self.by_name[table].load(table)

    def files(self, base: Base, *, gen: str | None = None) -> Sequence[WarmFile]:
        return self.by_name[base.table].files(base, gen=gen)

    def commit(self, base: Base, change: Change) -> None:
        self.by_name[base.table].commit(base, change)


class MemoryRuns:
    """Runs in memory."""

    def __init__(self) -> None:
        self.runs: dict[str, Run] = {}
        self.told: dict[tuple[str, str], Converted] = {}
        self.gens: dict[tuple[str, str], Replayed] = {}

    def current(self, table: str) -> Run | None:
        return self.runs.get(table)

    def start(self, run: Run) -> None:
        if run.table in self.runs:
            raise LedgerConflict(run.table)
        self.runs[run.table] = run

    def results(self, run: Run) -> Mapping[str, Converted]:
        return {key: result for (name, key), result in self.told.items() if name == run.run}

    def put_result(self, run: str, result: Converted) -> None:
        self.told[run, result.raw_key] = result

    def drop_result(self, run: str, raw_key: str) -> None:
        self.told.pop((run, raw_key), None)

    def replayed(self, run: Run) -> Sequence[Replayed]:
        return [replayed for (name, _), replayed in sorted(self.gens.items()) if name == run.run]

    def put_replayed(self, run: str, replayed: Replayed) -> None:
        self.gens[run, replayed.gen] = replayed

    def remove(self, run: Run) -> None:
        self.told = {place: result for place, result in self.told.items() if place[0] != run.run}
        self.gens = {place: replayed for place, replayed in self.gens.items() if place[0] != run.run}
        self.runs.pop(run.table, None)


class MemoryClaims:
    """Claims in memory."""

    def __init__(self) -> None:
        self.owners: dict[str, dict[str, str]] = {}

    def claim(self, raw_key: str, event_ids: Collection[str], owner: str) -> frozenset[str]:
        owned = self.owners.setdefault(raw_key, {})
        return frozenset(event_id for event_id in event_ids if owned.setdefault(event_id, owner) == owner)

    def claims(self, raw_keys: Sequence[str]) -> Mapping[str, Mapping[str, str]]:
        return {key: dict(self.owners[key]) for key in raw_keys if self.owners.get(key)}


class MemoryBackfills:
    """The queue of backfills."""

    def __init__(self) -> None:
        self.orders: deque[Order] = deque()

    def send(self, orders: Sequence[Order]) -> None:
        self.orders.extend(orders)


class Killed(BaseException):
    """The process ended here."""


class Mortal:
    """A port that counts calls, and ends the process before or after the `at`-th."""

    def __init__(self, port: Any, calls: Calls) -> None:
        self._port, self._calls = port, calls

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._port, name)
        if not callable(value):
            return value

        def call(*args: Any, **kwargs: Any) -> Any:
            self._calls.meet(name, after=False)
            answer = value(*args, **kwargs)
            self._calls.meet(name, after=True)
            return answer

        return call


class Calls:
    """Counts the calls of all ports of a process."""

    def __init__(self, at: int | None = None, *, after: bool = False) -> None:
        self.made: list[str] = []
        self._at, self._after = at, after

    def meet(self, name: str, *, after: bool) -> None:
        if not after:
            self.made.append(name)
        if self._at == len(self.made) and after == self._after:
            self._at = -1  # a `finally` of a process that is not there any more still meets this
            raise Killed(name)
        if self._at == -1:
            raise Killed(name)
