"""The journal: every invocation of an environment's functions, with the AWS calls that it made.

Events may hold personal data, so the journal stays on this machine, only its user can read it, and it is deleted with
the environment. It is an SQLite file, because the runner writes while commands read. Writing is best effort: an
invocation does not fail because it cannot be recorded.
"""

import logging
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from offline.best_effort import BestEffort
from offline.errors import OfflineError

MAX_INVOCATIONS = 2_000
MAX_BYTES = 64 * 1024 * 1024
LAST = "last"

_TABLES = """
    CREATE TABLE IF NOT EXISTS invocations (
        number INTEGER PRIMARY KEY, id TEXT, function TEXT, started_at TEXT, seconds REAL, ok INTEGER,
        event BLOB, result BLOB, bytes INTEGER
    );
    CREATE INDEX IF NOT EXISTS by_id ON invocations (id);
    CREATE TABLE IF NOT EXISTS calls (
        function TEXT, service TEXT, operation TEXT, resource TEXT, UNIQUE (function, service, operation, resource)
    );
"""
_log = logging.getLogger(__name__)
_COLUMNS = "id, function, started_at, seconds, ok, event, result"


@dataclass(frozen=True, kw_only=True)
class Call:
    """An AWS call: botocore's name of the service, the operation, and the resource's name or ARN ("" if unknown)."""

    service: str
    operation: str
    resource: str = ""


@dataclass(frozen=True, kw_only=True)
class Invocation:
    """One invocation: `event` and `result` are JSON; `started_at` is ISO 8601 in UTC."""

    id: str
    function: str
    started_at: str
    seconds: float
    ok: bool
    event: bytes
    result: bytes
    calls: frozenset[Call] = field(default_factory=frozenset)


class Journal:
    """A writer of invocations; it deletes the oldest when there are more than 2,000, or more than 64 MiB.

    It raises no error of the disk.
    """

    def __init__(self, path: Path, *, max_invocations: int = MAX_INVOCATIONS, max_bytes: int = MAX_BYTES) -> None:
        self._path = path
        self._max_invocations = max_invocations
        self._max_bytes = max_bytes
        self._bytes = 0
        self._opened: sqlite3.Connection | None = None
        self._if_possible = BestEffort(f"the journal {path}", _log)
        self._if_possible(self._open)

    def add(self, invocation: Invocation) -> None:
        """Write one invocation, if the disk allows it."""
        self._if_possible(lambda: self._add(invocation))

    def close(self) -> None:
        """Close the file."""
        if self._opened:
            with suppress(sqlite3.Error):
                self._opened.close()

    def _open(self) -> sqlite3.Connection:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._path.touch(mode=0o600)
        with ExitStack() as on_failure:
            database = sqlite3.connect(self._path, isolation_level=None)
            on_failure.callback(database.close)
            # It need not survive a crash of the machine: nothing else of the environment does.
            database.executescript(f"PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; {_TABLES}")
            self._bytes = database.execute("SELECT coalesce(sum(bytes), 0) FROM invocations").fetchone()[0]
            on_failure.pop_all()
        self._opened = database
        return database

    @property
    def _database(self) -> sqlite3.Connection:
        return self._opened or self._open()

    def _add(self, invocation: Invocation) -> None:
        size = len(invocation.event) + len(invocation.result)
        values = (invocation.id, invocation.function, invocation.started_at, invocation.seconds, invocation.ok)
        self._database.execute(
            f"INSERT INTO invocations ({_COLUMNS}, bytes) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608 - ours
            (*values, invocation.event, invocation.result, size),
        )
        self._bytes += size
        self._add_calls(invocation.function, invocation.calls)
        self._forget_oldest()

    def _add_calls(self, function: str, calls: Iterable[Call]) -> None:
        rows = [(function, call.service, call.operation, call.resource) for call in calls]
        if rows:
            self._database.executemany("INSERT OR IGNORE INTO calls VALUES (?, ?, ?, ?)", rows)

    def _forget_oldest(self) -> None:
        first, last = self._database.execute("SELECT min(number), max(number) FROM invocations").fetchone()
        while last - first >= self._max_invocations or (self._bytes > self._max_bytes and first < last):
            (size,) = self._database.execute(
                "DELETE FROM invocations WHERE number = ? RETURNING bytes", (first,)
            ).fetchone()
            self._bytes -= size
            first += 1


def invocations(path: Path, *, function: str | None = None, limit: int = 20) -> list[Invocation]:
    """Return the last invocations (of one function, or of all), newest first."""
    where, values = ("WHERE function = ?", (function,)) if function else ("", ())
    sql = f"SELECT {_COLUMNS} FROM invocations {where} ORDER BY number DESC LIMIT ?"  # noqa: S608 - ours
    return [_invocation(row) for row in _rows(path, sql, (*values, limit))]


def find_invocation(path: Path, function: str, prefix: str) -> Invocation:
    """Return a function's newest invocation, or the one whose id begins with `prefix`; else raise `OfflineError`."""
    if prefix == LAST:
        matches = invocations(path, function=function, limit=1)
    else:
        sql = f"SELECT {_COLUMNS} FROM invocations WHERE function = ? AND substr(id, 1, ?) = ? ORDER BY number DESC"  # noqa: S608
        matches = [_invocation(row) for row in _rows(path, sql, (function, len(prefix), prefix))]
    if not matches:
        raise OfflineError(
            f"the journal has no invocation {prefix!r} of {function}: `lake invoke {function} --list` shows them"
        )
    if len({one.id for one in matches}) > 1:
        raise OfflineError(f"{prefix!r} begins the ids of {len(matches)} invocations: write more of it")
    return matches[0]


def calls_of(path: Path) -> Mapping[str, frozenset[Call]]:
    """Return the distinct AWS calls of each function since the environment was started."""
    by_function: dict[str, set[Call]] = {}
    for function, service, operation, resource in _rows(path, "SELECT * FROM calls", ()):
        by_function.setdefault(function, set()).add(Call(service=service, operation=operation, resource=resource))
    return {function: frozenset(calls) for function, calls in by_function.items()}


def _rows(path: Path, sql: str, values: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
    if not path.exists():
        return
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as database:
            yield from database.execute(sql, values)
    except sqlite3.Error as error:
        raise OfflineError(f"the journal {path} cannot be read: {error}") from None


def _invocation(row: tuple[Any, ...]) -> Invocation:
    names = ("id", "function", "started_at", "seconds", "ok", "event", "result")
    fields = dict(zip(names, row, strict=True))
    return Invocation(**fields | {"ok": bool(fields["ok"])})
