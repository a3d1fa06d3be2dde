"""A lake in memory as trace sees it: raw objects, a ledger, files with rows, warm states and views."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec
from msgspec.structs import replace

from tests.fakes.clock import NOW
from tests.fakes.ledger import MemoryLedger
from thermocline.contracts import load_contracts
from thermocline.events.frames import framed
from thermocline.events.identity import identity_key
from thermocline.events.labels import labelled
from thermocline.generations import BEGINNING, hour_of, moved
from thermocline.layout import hot_key, stream_of
from thermocline.ledger import Entry, HotFile, Marks
from thermocline.streams import QUARANTINE
from thermocline.trace.model import Commit, RawObject, Story, Wanted
from thermocline.trace.use_case import Trace

CLICKS = "clickstream"
GEN = hour_of(NOW)
LAST = moved(GEN, -1)


class File(msgspec.Struct, frozen=True):
    """A warm file whose bounds are as narrow as can be."""

    key: str
    event_ids: tuple[str, ...]

    def may_have(self, event_id: str) -> bool:
        return event_id in self.event_ids


class Warm(msgspec.Struct, kw_only=True):
    files: list[File] = []
    commits: list[Commit] = []
    ids: dict[str, str] = {}


class View(msgspec.Struct, frozen=True):
    watermark: str


class Views:
    def __init__(self) -> None:
        self.watermarks: dict[str, str] = {}

    def read(self, table: str) -> View:
        return View(self.watermarks.get(table, BEGINNING))


class Subjects:
    """Digests that can be read."""

    def digest(self, column: str, value: object) -> str:
        return f"{column}={value}"


class TracedLake:
    """What tests put into a lake, and the ports of trace over it."""

    def __init__(self) -> None:
        self.ledger = MemoryLedger()
        self.bodies: dict[str, bytes] = {}
        self.rows: dict[str, list[dict[str, Any]]] = {}
        self.tables = {table: Warm() for table in load_contracts()}
        self.views = Views()
        self.owners: dict[str, dict[str, str]] = {}
        self.contracts = load_contracts()
        self.read_keys: list[str] = []

    # what tests do

    def arrive(
        self,
        *events: Mapping[str, Any],
        stream: str = CLICKS,
        at: dt.datetime = NOW,
        request: str = "r1",
        name: str = "",
    ) -> str:
        """Put events into a raw object of one record, and return its key."""
        key = f"raw/{stream}/{at:%Y/%m/%d/%H}/{name or len(self.bodies)}.ndjson.zst"
        lines = b"".join(msgspec.json.encode(event) + b"\n" for event in events)
        (record,) = labelled([framed(lines)], request=request, received=at, protocol="native")
        self.bodies[key] = record
        return key

    def begin(self, raw_key: str, gen: str = GEN) -> Entry:
        """Enter a raw object."""
        entry = Entry(raw_key=raw_key, stream=stream_of(raw_key) or "", gen=gen, status="pending", token="t1")
        self.ledger.by_key[raw_key] = entry
        return entry

    def convert(self, raw_key: str, *events: Mapping[str, Any], gen: str = GEN, suppressed: int = 0, **bad: Any) -> str:
        """Finish a raw object with some rows, in quarantine if a reason is given, and return the file's key."""
        entry = self.begin(raw_key, gen)
        table = QUARANTINE if bad else entry.stream
        key = hot_key(table, raw_key, gen, entry.token)
        self.rows[key] = [{**event, **bad, "_src": raw_key} for event in events]
        files = (HotFile(table=table, key=key, rows=len(events), bytes=1),) if events else ()
        lines = len(events) + suppressed
        self.ledger.by_key[raw_key] = replace(entry, status="done", files=files, lines=lines, suppressed=suppressed)
        return key

    def promote(self, gen: str = GEN, *, table: str = CLICKS, name: str = "w1", replayed: Sequence[str] = ()) -> None:
        """Move a generation to warm, each identity once, and publish the view."""
        warm, seen, kept, noted = self.tables[table], set[bytes](), [], []
        entries = [entry for entry in self.ledger.by_key.values() if entry.gen == gen]
        rows = [row for entry in entries for file in entry.files_of(table) for row in self.rows[file.key]]
        for row in sorted(rows, key=lambda row: (row["received_at"], row["_src"])):
            key = _key(row)
            present = key in seen or any(known["key"] == key for ids in warm.ids.values() for known in self.rows[ids])
            noted.append({"key": key, "_src": row["_src"], "kept": not present})
            seen.add(key)
            kept += [] if present else [{**row, "gen": gen}]
        path, warm.ids[gen] = f"warm/{table}/data/{name}-{gen}.parquet", f"ids/{table}/{gen}"
        self.rows[path], self.rows[warm.ids[gen]] = kept, noted
        warm.files.insert(0, File(path, tuple(row["event_id"] for row in kept)))
        warm.commits.insert(0, Commit(snapshot=7, at=NOW, token=3, gens=(gen, *replayed)))
        self.ledger._marks[table] = Marks(closing=moved(gen, 1), watermark=moved(gen, 1))
        self.views.watermarks[table] = moved(gen, 1)

    def trace(self, event_id: str, **wanted: Any) -> Story:
        """Return what trace tells."""
        asked = {"since": NOW - dt.timedelta(hours=72), "until": NOW} | wanted
        return self.tracer()(Wanted(event_id=event_id, **asked))

    def tracer(self) -> Trace:
        """Return trace over this lake."""
        return Trace(
            ledger=self.ledger,
            objects=self,
            parquet=self,
            warm=self,
            views=self.views,
            contracts=self.contracts,
            clock=lambda: NOW,
            hasher=Subjects(),
            claims=self,
        )

    # ports

    def read(self, key: str) -> Any:
        self.read_keys.append(key)
        return (self._object(key), self.bodies[key]) if key in self.bodies else None

    def find(self, key: str, wanted: Mapping[str, object], columns: Sequence[str]) -> Sequence[tuple[int, int, Any]]:
        if key not in self.rows:
            raise FileNotFoundError(key)
        return [
            (0, place, {name: row[name] for name in columns if name in row})
            for place, row in enumerate(self.rows[key])
            if any(row.get(name) == value for name, value in wanted.items())
        ]

    def load(self, table: str) -> Any:
        return self.tables[table]

    def claims(self, raw_keys: Sequence[str]) -> Mapping[str, Mapping[str, str]]:
        return {key: self.owners[key] for key in raw_keys if key in self.owners}

    def list(self, prefix: str) -> Iterator[RawObject]:
        yield from (self._object(key) for key in self.bodies if key.startswith(prefix))

    def _object(self, key: str) -> RawObject:
        return RawObject(key=key, bytes=len(self.bodies[key]), last_modified=NOW)


def event(event_id: str, **members: Any) -> dict[str, Any]:
    """Return a line of clickstream."""
    known = {"fingerprint": 1, "source": "shop", "event_time": NOW, "received_at": NOW}
    return {"event_id": event_id, **known, **members}


def _key(row: Mapping[str, Any]) -> bytes:
    return identity_key(row["source"], row["fingerprint"], row["event_id"])
