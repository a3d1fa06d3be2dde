"""Warm tables and their rows as sets: a catalog that swaps atomically, and a writer that deduplicates."""

from __future__ import annotations

import datetime as dt
import itertools
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import msgspec

from tests.histories.tiers.state import ModelLeases
from thermocline.errors import CommitFailed, HotFileMissing
from thermocline.layout import warm_data_key
from thermocline.promote.ports import Work, Written
from thermocline.streams import QUARANTINE
from thermocline.warm.model import Base, Change, WarmFile

_TIME = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)
SUBJECT = "subject"


class Row(NamedTuple):
    """A row: its generation, its event, and the raw object that it came from."""

    gen: str
    event: str
    source: str


class Store:
    """Objects of the lake: each key holds rows, and is written once."""

    def __init__(self) -> None:
        self.rows: dict[str, frozenset[Row]] = {}
        self.violations: list[str] = []

    def put(self, key: str, rows: Iterable[Row]) -> None:
        rows = frozenset(rows)
        if self.rows.setdefault(key, rows) != rows:
            self.violations.append(f"{key} changed")

    def keys(self, prefix: str) -> list[str]:
        return sorted(key for key in self.rows if key.startswith(prefix))

    def delete(self, keys: Sequence[str]) -> None:
        for key in keys:
            self.rows.pop(key, None)


class _Table(msgspec.Struct):
    version: int = 0
    fence: int = 0
    files: dict[str, WarmFile] = {}
    ids: Mapping[str, str] = {}
    commits: frozenset[tuple[str, int]] = frozenset()


class ModelCatalog:
    """Warm tables; a commit lands only on the state that it was prepared from."""

    def __init__(self, store: Store, leases: ModelLeases) -> None:
        self._store = store
        self._leases = leases
        self._tables: dict[str, _Table] = defaultdict(_Table)

    def load(self, table: str) -> Base:
        now = self._tables[table]
        return Base(table=table, fence=now.fence, ids=now.ids, commits=now.commits, handle=(now.version, now.files))

    def files(self, base: Base, *, gen: str | None = None) -> Sequence[WarmFile]:
        return [file for file in base.handle[1].values() if gen is None or file.holds(gen)]

    def commit(self, base: Base, change: Change) -> None:
        now = self._tables[base.table]
        removed = {file.path for file in change.remove}
        if now.version != base.handle[0] or not removed <= now.files.keys():
            raise CommitFailed(f"{base.table} has changed")
        self._judge(base.table, now, change)
        kept = {path: file for path, file in now.files.items() if path not in removed}
        self._tables[base.table] = _Table(
            version=now.version + 1,
            fence=change.token,
            files=kept | {file.path: file for file in change.add},
            ids={**now.ids, **change.ids},
            commits=now.commits | {(gen, change.token) for gen in change.gens},
        )

    def _judge(self, table: str, now: _Table, change: Change) -> None:
        """Note what a commit must never do."""
        if change.token < now.fence:
            self._store.violations.append(f"{table}: token {change.token} committed after {now.fence}")
        if again := {file.path for file in change.add} & (now.files.keys() - {file.path for file in change.remove}):
            self._store.violations.append(f"{table}: {min(again)} is added twice")
        events = {row.event for file in change.add for row in self._store.rows[file.path] if row.gen in change.gens}
        if self._leases.list_at[table, change.token] and any(event.startswith(SUBJECT) for event in events):
            self._store.violations.append(f"{table}: token {change.token} brought a suppressed row back")

    def expire(self, table: str, older_than: dt.datetime | None = None) -> Sequence[str]:
        """Forget the snapshots, however old, and with them whose commits landed."""
        self._tables[table] = msgspec.structs.replace(self._tables[table], commits=frozenset())
        return ()

    def rows(self, table: str) -> list[Row]:
        """Return every row that the table has, as often as it has it."""
        return [row for path in self._tables[table].files for row in self._store.rows[path]]


class ModelRows:
    """Promotion's rows, and compaction's."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._numbers = itertools.count(1)

    def write(self, work: Work) -> Written:
        if missing := [key for key in work.hot if key not in self._store.rows]:
            raise HotFileMissing(missing[0])
        read = {row for key in work.hot for row in self._store.rows[key]}
        allowed = {row for row in read if not (work.suppression.subjects and row.event.startswith(SUBJECT))}
        earlier = {row.event for key in work.earlier for row in self._store.rows[key]}
        kept = decided(allowed, earlier, once=work.table != QUARANTINE)
        rest = {row for file in work.rest for row in self._store.rows[file.path] if row.gen != work.gen}
        number = next(self._numbers)
        ids = f"ids/{work.table}/gen={work.gen}/{number}.parquet"
        traces = {Row(row.gen, f"left out: {row.event}", row.source) for row in read - allowed}
        self._store.put(ids, allowed | traces)
        files = [self.file(work.table, rows, number) for rows in _by_gen(kept | rest)]
        counts = {"kept": len(kept), "dropped": len(allowed) - len(kept), "suppressed": len(read) - len(allowed)}
        return Written(files=tuple(files), ids=ids, read=len(read), **counts)

    def merge(
        self, table: str, files: Sequence[WarmFile], *, since: dt.datetime | None = None, sealed: bool = False
    ) -> tuple[WarmFile, ...]:
        """Write the rows of several files into one."""
        rows = {row for file in files for row in self._store.rows[file.path]}
        return (self.file(table, rows, next(self._numbers), sealed=sealed),)

    def file(self, table: str, rows: set[Row], number: int, *, sealed: bool = False) -> WarmFile:
        """Write one file."""
        gens = sorted(row.gen for row in rows)
        path = warm_data_key(table, "month", f"{gens[0]}-{number}", sealed=sealed)
        self._store.put(path, rows)
        return WarmFile(
            path=path,
            rows=len(rows),
            bytes=len(rows),
            first_gen=gens[0],
            last_gen=gens[-1],
            first_time=_TIME,
            last_time=_TIME,
        )


def decided(rows: Iterable[Row], earlier: set[str], *, once: bool) -> set[Row]:
    """Return the rows that stay: of each event the first, unless it was present earlier."""
    if not once:
        return set(rows)
    first: dict[str, Row] = {}
    for row in sorted(rows):
        first.setdefault(row.event, row)
    return {row for event, row in first.items() if event not in earlier}


def _by_gen(rows: set[Row]) -> list[set[Row]]:
    groups: dict[str, set[Row]] = defaultdict(set)
    for row in rows:
        groups[row.gen].add(row)
    return [groups[gen] for gen in sorted(groups)]
