from __future__ import annotations

import datetime as dt
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Literal

import msgspec

from tests.fakes.clock import NOW
from thermocline.errors import CommitFailed, LeaseTaken
from thermocline.layout import warm_data_key
from thermocline.ledger import Suppression
from thermocline.warm.model import Base, Change, WarmFile

CommitFate = Literal["lands", "refused", "lands, answer lost", "lands later"]
Interruption = Callable[[], None]


class WarmRow(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """A row of a warm file, as far as files know it."""

    gen: str
    time: dt.datetime
    id: int


class MemoryWarm:
    """Warm tables in memory, with their files' rows: catalog and rewriter.

    The next commits meet `fates`; each call first meets the next of `interruptions`: another process comes between.
    Rewriting loses the last `lost` rows, finds no file of `gone`, and writes files of `most_rows`.
    """

    def __init__(self, fates: Sequence[CommitFate] = (), interruptions: Sequence[Interruption | None] = ()) -> None:
        self.rows: dict[str, tuple[WarmRow, ...]] = {}
        self.files_now: dict[str, WarmFile] = {}
        self.fence = 0
        self.version = 0
        self.ids: dict[str, str] = {}
        self.changes: list[Change] = []
        self.expired: list[dt.datetime] = []
        self.unnamed: list[str] = []
        self.deleted: list[str] = []
        self.lost_expiry = False
        self.fates = deque(fates)
        self.interruptions = deque(interruptions)
        self.gone: set[str] = set()
        self.lost = 0
        self.most_rows = 1000
        self.ignores_since = False
        self.before_merge: Interruption = lambda: None
        self._late: list[tuple[Base, Change]] = []
        self._commits: set[tuple[str, int]] = set()
        self._names = 0

    # what tests look at and set up

    @property
    def content(self) -> list[WarmRow]:
        """All rows of the table, sorted."""
        return sorted(row for path in self.files_now for row in self.rows[path])

    def new_file(self, rows: Sequence[WarmRow], size: int | None = None, *, sealed: bool = False) -> WarmFile:
        """Write rows into a file that no commit has added yet."""
        self._names += 1
        path = f"s3://lake/{warm_data_key('clicks', 'month', str(self._names), sealed=sealed)}"
        self.rows[path] = tuple(rows)
        gens, times = [row.gen for row in rows], [row.time for row in rows]
        return WarmFile(
            path=path,
            rows=len(rows),
            bytes=len(rows) if size is None else size,
            first_gen=min(gens),
            last_gen=max(gens),
            first_time=min(times),
            last_time=max(times),
        )

    def add(self, rows: Sequence[WarmRow], size: int | None = None) -> WarmFile:
        """Add a file of rows to the table, as a commit of another."""
        file = self.new_file(rows, size)
        self.replace((), (file,))
        return file

    def replace(self, removed: Sequence[WarmFile], added: Sequence[WarmFile], *, token: int = 0) -> None:
        """Exchange files, as a commit of another under a lease of its own."""
        self._apply(Change(token=max(token, self.fence), remove=tuple(removed), add=tuple(added)))

    def land_late(self) -> None:
        """Let the commits in flight arrive: each is refused unless the table is still its base."""
        for base, change in self._late:
            if base.handle == self.version:
                self._apply(change)
        self._late.clear()

    # ports

    def load(self, table: str) -> Base:
        self._interrupt()
        return Base(
            table=table, fence=self.fence, ids=dict(self.ids), commits=frozenset(self._commits), handle=self.version
        )

    def files(self, base: Base, *, gen: str | None = None) -> Sequence[WarmFile]:
        self._interrupt()
        return [file for file in self.files_now.values() if gen is None or file.holds(gen)]

    def commit(self, base: Base, change: Change) -> None:
        self._interrupt()
        fate = self.fates.popleft() if self.fates else "lands"
        if fate == "lands later":
            self._late.append((base, change))
        refused = base.handle != self.version or base.fence > change.token
        if fate in ("lands", "lands, answer lost") and not refused:
            self._apply(change)
        if fate != "lands" or refused:
            raise CommitFailed(fate)

    def expire(self, table: str, older_than: dt.datetime) -> Sequence[str]:
        self._interrupt()
        if self.lost_expiry:
            raise CommitFailed(table)
        self.expired.append(older_than)
        return self.unnamed

    def delete(self, keys: Sequence[str]) -> None:
        self._interrupt()
        self.deleted += keys

    def merge(
        self, table: str, files: Sequence[WarmFile], *, since: dt.datetime | None = None, sealed: bool = False
    ) -> tuple[WarmFile, ...]:
        self._interrupt()
        self.before_merge()
        for file in files:
            if file.path in self.gone:
                raise FileNotFoundError(file.path)
        first = None if self.ignores_since else since
        rows = sorted(row for file in files for row in self.rows[file.path] if first is None or row.time >= first)
        rows = rows[: len(rows) - self.lost]
        return tuple(self.new_file(some, sealed=sealed) for some in _chunks(rows, self.most_rows))

    def _apply(self, change: Change) -> None:
        for file in change.remove:
            self.files_now.pop(file.path, None)  # a catalog need not notice that it is gone
        for file in change.add:
            assert file.path not in self.files_now, "a file is added twice"
            self.files_now[file.path] = file
        self.ids = {gen: key for gen, key in {**self.ids, **change.ids}.items() if gen not in change.forget}
        self.fence = max(self.fence, change.token)
        self.version += 1
        self._commits |= {(gen, change.token) for gen in change.gens}
        self.changes.append(change)

    def _interrupt(self) -> None:
        if self.interruptions and (interruption := self.interruptions.popleft()):
            interruption()


class MemoryLeases:
    """Leases in memory; `steal` lets the time of the current one be up."""

    def __init__(self) -> None:
        self.tokens = 0
        self.holder: int | None = None

    def acquire(self, table: str) -> int:
        if self.holder is not None:
            raise LeaseTaken(table)
        self.tokens += 1
        self.holder = self.tokens
        return self.tokens

    def release(self, table: str, token: int) -> None:
        if self.holder == token:
            self.holder = None

    def steal(self, table: str) -> int:
        self.holder = None
        return self.acquire(table)


class MemoryList:
    """A suppression list in memory."""

    def __init__(self) -> None:
        self.version = 0

    def suppression(self) -> Suppression:
        return Suppression(version=self.version)


def row(id: int, *, days_ago: float = 1, gen: str = "2026-11-21-10") -> WarmRow:  # noqa: A002
    """Return a row whose event was so many days before `NOW`."""
    return WarmRow(gen=gen, time=NOW - dt.timedelta(days=days_ago), id=id)


def only(mapping: Mapping[str, WarmFile]) -> WarmFile:
    """Return the one file of a table."""
    (file,) = mapping.values()
    return file


def _chunks(rows: Sequence[WarmRow], size: int) -> Iterator[Sequence[WarmRow]]:
    return (rows[start : start + size] for start in range(0, len(rows), size))
