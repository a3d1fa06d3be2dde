"""A lake in memory with everything that changes it: production's code in actors, which one call at a time goes on.

Replay, recovery and erasure meet attempts, promotions, compaction and sealing in any order, and each other.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO, Any, NamedTuple

import msgspec
import pyarrow.parquet as pq

from tests.fakes import HASHER
from tests.histories.tiers.actors import Actor, Port
from tests.histories.tiers.history import History
from tests.thermocline.erase.lake import CONTRACTS, STREAM, click
from tests.thermocline.erase.memory import LONGEST, SETTLE, MemoryCatalog, MemoryLake
from tests.thermocline.replay.ports import MemoryBackfills, MemoryClaims
from tests.thermocline.replay.ports import MemoryRuns as MemoryReplays
from thermocline.adapters.raw_fits import ReadsLines
from thermocline.balance.model import Books, Range
from thermocline.balance.raw import RawReader
from thermocline.balance.use_case import Balance
from thermocline.balance.warm import WarmReader
from thermocline.bootstrap.replay import converter
from thermocline.compact.plan import Sizes
from thermocline.compact.use_case import Compact
from thermocline.contracts import Contract
from thermocline.convert.again import read_line_again
from thermocline.convert.conversion import Conversion
from thermocline.convert.raw import read_raw
from thermocline.convert.use_case import Convert
from thermocline.erase.ports import Version
from thermocline.erase.steps import Lake
from thermocline.erase.use_case import Erase
from thermocline.errors import ReplayRefused
from thermocline.generations import hour_of, moved
from thermocline.layout import RAW, recovery_key
from thermocline.ledger import new_token
from thermocline.promote.use_case import Promote
from thermocline.recover.model import Choice
from thermocline.recover.table import WarmQuarantine
from thermocline.recover.use_case import Recover
from thermocline.replay.committing import Committing
from thermocline.replay.converting import ConvertAgain
from thermocline.replay.fresh import Fresh
from thermocline.replay.generation import ReplayGeneration
from thermocline.replay.use_case import Replay
from thermocline.seal.plan import Rules
from thermocline.seal.use_case import Seal
from thermocline.streams import QUARANTINE
from thermocline.warm.erased_files import WarmFiles
from thermocline.warm.leaving import QuarantineFiles
from thermocline.warm.replacing import ReplacingRows
from thermocline.warm.rewriting import Exchange
from thermocline.warm.rows import ParquetRows

SUBJECT = "visitor to forget 6f1c"
DIGEST = HASHER.digest("user_id", SUBJECT)
BIG = 2**40
"""A fingerprint that only the wide contract takes."""


def narrow() -> dict[str, Contract]:
    """Return the contracts of before: a fingerprint has 32 bits."""
    clicks = CONTRACTS[STREAM]
    columns = [
        msgspec.structs.replace(each, type="int") if each.name == "fingerprint" else each for each in clicks.columns
    ]
    return CONTRACTS | {STREAM: msgspec.structs.replace(clicks, columns=tuple(columns))}


class Event(NamedTuple):
    """An event: its name, and whether it is the subject's, and whether the narrow contract refuses it."""

    name: str
    owned: bool
    big: bool

    @property
    def line(self) -> bytes:
        user = SUBJECT if self.owned else "visitor to keep 8a42"
        return click(self.name, user, fingerprint=(BIG if self.big else 0) + int(self.name[1:]))


class Files:
    """The bucket as convert, promotion, replay and recovery see it; calls of it are an actor's."""

    def __init__(self, lake: MemoryLake) -> None:
        self._objects = lake.objects

    def __getattr__(self, name: str) -> Any:
        return getattr(self._objects, name)

    def put(self, key: str, body: bytes | IO[bytes]) -> None:
        self._objects.put(key, body)

    def count(self, key: str, *columns: str) -> Mapping[tuple[object, ...], int]:
        rows = pq.read_table(self._objects.opened(key)).to_pylist()
        return Counter(tuple(row[name] for name in columns) for row in rows)

    def rows(self, key: str) -> int:
        return int(pq.read_metadata(self._objects.opened(key)).num_rows)

    def lines(self, raw_key: str) -> int:
        return sum(part.count(b"\n") for part in read_raw(self._objects.get(raw_key).body) if isinstance(part, bytes))

    def list(self, prefix: str, *, after: str = "") -> Iterator[Version]:
        there = self._objects.versions(prefix, after=after)
        return (each for each in there if each.latest and not each.marker)

    def delete(self, keys: Sequence[str]) -> None:
        for key in keys:
            if key in self._objects.by_key:
                self._objects.put(key, None)

    # recovered objects

    def intend(self, recovered: str, event_ids: Collection[str]) -> None:
        self._objects.put(recovery_key(recovered), msgspec.json.encode(sorted(event_ids)))

    def intended(self, recovered: str) -> frozenset[str] | None:
        try:
            return msgspec.json.decode(self._objects.read(recovery_key(recovered)), type=frozenset[str])
        except FileNotFoundError:
            return None

    def is_there(self, recovered: str) -> bool:
        return recovered in self._objects.keys(recovered)

    def write(self, recovered: str, body: bytes) -> None:
        if not self.is_there(recovered):
            self._objects.put(recovered, body)


class Uploads:
    """Reads a file before the call that may take effect later, when the file is closed."""

    def __init__(self, port: Any) -> None:
        self._port = port

    def get(self, key: str) -> Any:
        return self._port.get(key)

    def put(self, key: str, body: bytes | IO[bytes]) -> None:
        self._port.put(key, body if isinstance(body, bytes) else body.read())

    def fetch(self, key: str, path: Path) -> None:
        path.write_bytes(self._port.read(key))

    def store(self, path: Path, key: str) -> str:
        self._port.put(key, path.read_bytes())
        return str(self._port.address(key))

    def key_of(self, address: str) -> str:
        return address.removeprefix("s3://lake/")


class Catalog(MemoryCatalog):
    """The warm tables; what is forgotten of them is swept by nobody here."""

    def expire(self, table: str, older_than: dt.datetime) -> Sequence[str]:  # type: ignore[override]
        super().expire(table, older_than)
        return ()


class Nobody:
    def send(self, raw_keys: Sequence[str]) -> None:
        """Tell nobody: the history converts what it finds."""


class WholeLake(History):
    """The actors of a lake.

    Attributes
    ----------
    events
        All that was sent, by name.
    refused
        Lines that stay bad.
    wide
        The contract of today is deployed.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.lake = MemoryLake(folder)
        self.lake.catalog = Catalog(self.lake.objects)
        self.clock, self.ledger, self.leases = self.lake.clock, self.lake.ledger, self.lake.leases
        self.files = Files(self.lake)
        self.files_port = Port(_Addressed(self.files))
        self.claims, self.replays, self.backfills = MemoryClaims(), MemoryReplays(), MemoryBackfills()
        self.events: dict[str, Event] = {}
        self.refused = 0
        self.wide = False
        self.erased = False
        self._numbers = itertools.count()

    # What happens

    @property
    def contracts(self) -> dict[str, Contract]:
        """The contracts that are deployed."""
        return CONTRACTS if self.wide else narrow()

    def arrives(self, events: Sequence[Event], *, bad: int = 0) -> str:
        """Let events arrive in a raw object, and lines that stay bad; return its key."""
        self.events |= {event.name: event for event in events}
        self.refused += bad
        lines = [*(event.line for event in events), *(f"no JSON {next(self._numbers)}\n".encode() for _ in range(bad))]
        return self.lake.arrive(lines[:2], lines[2:])

    def converts(self, key: str, *, behind: int = 0) -> Actor:
        now = self.clock() - dt.timedelta(hours=behind)
        convert = Convert(
            store=Uploads(self.files_port),
            ledger=Port(self.ledger),
            contracts=self.contracts,
            hasher=HASHER,
            clock=lambda: now,
            pause=lambda _: None,
        )
        return self.start(f"convert {key}", lambda: convert(key))

    def promotes(self, table: str) -> Actor:
        promote = Promote(
            ledger=Port(self.ledger),
            leases=Port(self.leases),
            catalog=Port(self.lake.catalog),
            rows=self._rows(ParquetRows),
            contracts=CONTRACTS,
            publish=lambda _: None,
        )
        before = moved(hour_of(self.clock()), 1)
        return self.start(f"promote {table}", lambda: promote(table, before=before))

    def compacts(self, table: str) -> Actor:
        compact = Compact(
            ledger=Port(self.ledger),
            leases=Port(self.leases),
            catalog=Port(self.lake.catalog),
            objects=Port(self.files),
            rewriter=self._rows(ParquetRows),
            contracts=CONTRACTS,
            clock=self.clock,
            sizes=Sizes(small_bytes=10**9, least_files=2, most_bytes=10**9),
            days_before=range(40),
        )
        return self.start(f"compact {table}", lambda: compact(table))

    def seals(self, table: str) -> Actor:
        seal = Seal(
            ledger=Port(self.ledger),
            leases=Port(self.leases),
            catalog=Port(self.lake.catalog),
            rewriter=self._rows(ParquetRows),
            contracts=CONTRACTS,
            clock=self.clock,
            rules=Rules(late=dt.timedelta(days=-40), small_bytes=10**9, most_bytes=10**9, waiting_files=1),
        )
        return self.start(f"seal {table}", lambda: seal(table))

    def replays_range(self, first: str, last: str) -> Actor:
        """Replay generations from raw to their end, as command and functions do in turns."""
        ledger, runs, claims = Port(self.ledger), Port(self.replays), Port(self.claims)
        catalog = Port(self.lake.catalog)
        fresh = Fresh(ledger=ledger, runs=runs, claims=claims, counts=self.files, backfills=self.backfills)
        replay = Replay(
            ledger=ledger,
            runs=runs,
            objects=Port(self.files),
            fresh=fresh,
            settled=lambda table: self.ledger.marks(table).watermark,
            generation=ReplayGeneration(
                ledger=ledger,
                runs=runs,
                catalog=catalog,
                committing=Committing(leases=Port(self.leases), catalog=catalog),
                fresh=fresh,
                rows_of=lambda _: self._rows(ReplacingRows),
                key_of=self.lake.objects.key_of,
                after=lambda _table, _gens: None,
                window=24,
            ),
            contracts=self.contracts,
            name=new_token,
        )
        conversion = Conversion(store=Uploads(self.files_port), contracts=self.contracts, hasher=HASHER)
        convert = ConvertAgain(ledger=ledger, runs=runs, claims=claims, convert=converter(conversion))
        return self.start(f"replay {STREAM}", lambda: self._replay(replay, convert, first, last))

    def _replay(self, replay: Replay, convert: ConvertAgain, first: str, last: str) -> None:
        try:
            run = replay.plan(STREAM, first, last, dry=False)
        except ReplayRefused:
            self.happened["replay refused"] += 1
            return
        while True:
            while self.backfills.orders:
                convert(self.backfills.orders[0])
                if self.backfills.orders:
                    self.backfills.orders.popleft()
            progress = replay.progress(STREAM, run.run)
            if not progress.left:
                replay.finish(STREAM, run.run)
                self.happened["replayed"] += 1
                return
            if progress.problems:
                return
            if progress.ready:
                replay.commit(STREAM, run.run, progress.ready)

    def recovers(self) -> Actor:
        ledger, catalog = Port(self.ledger), Port(self.lake.catalog)
        recover = Recover(
            quarantine=WarmQuarantine(
                catalog=catalog,
                exchange=Exchange(leases=Port(self.leases), catalog=catalog, ledger=ledger),
                ledger=ledger,
                rows=QuarantineFiles(
                    files=Uploads(self.files_port),
                    contract=CONTRACTS[QUARANTINE],
                    schema_of=self.lake.catalog.schema_of,
                    folder=self.lake.folder,
                    memory_mb=200,
                ),
                pause=lambda _: None,
            ),
            read=lambda row: [read_line_again(row.payload, self.contracts[STREAM])],
            claims=Port(self.claims),
            objects=Port(self.files),
            ledger=ledger,
            arrivals=Nobody(),
            is_late=lambda: False,
            pause=lambda: None,
        )
        return self.start("recover quarantine", lambda: recover(Choice(table=STREAM)))

    def erases(self) -> Actor:
        """Begin to erase the subject, or go on with it as far as it goes now."""
        self.erased = True
        lake = Lake(
            contracts=CONTRACTS,
            hasher=HASHER,
            ledger=Port(self.ledger),
            leases=Port(self.leases),
            catalog=Port(self.lake.catalog),
            files=WarmFiles(
                files=Uploads(self.files_port),
                contracts=CONTRACTS,
                schema_of=self.lake.catalog.schema_of,
                folder=self.lake.folder,
            ),
            objects=_Bucket(self.lake.objects),
            results=_Bucket(self.lake.results),
            fits=ReadsLines(CONTRACTS),
        )
        erase = Erase(lake=lake, runs=Port(self.lake.runs), clock=self.clock, longest_attempt=LONGEST, settle=SETTLE)
        return self.start(f"erase {STREAM}", lambda: self._erase(erase))

    def _erase(self, erase: Erase) -> str:
        run = erase.start([DIGEST])
        while (turn := erase.turn(run.id, self.clock() + dt.timedelta(minutes=10))).next == "again":
            pass
        self.happened[f"erasure {turn.next}"] += 1
        return turn.next

    def time_passes(self, *, minutes: int) -> None:
        """Let time pass: no function lives as long, and what it has called has come or will not."""
        for actor in list(self.actors):
            actor.kill()
        self.actors.clear()
        self.late.clear()
        self.leases.expire()
        self.clock.advance(minutes=minutes)

    def _rows(self, kind: Any) -> Any:
        return kind(
            files=Uploads(self.files_port),
            contracts=CONTRACTS,
            schema_of=self.lake.catalog.schema_of,
            hasher=HASHER,
            folder=self.lake.folder,
            memory_mb=200,
        )

    # What must be true

    def check(self) -> None:
        """Judge nothing between two calls: `judge` does, when somebody has come to an end."""

    def judge(self) -> None:
        """No event is twice below the watermark, and none that was there has gone."""
        watermark = self.ledger.marks(STREAM).watermark
        below = Counter(row["event_id"] for row in self.lake.rows(STREAM) if row["gen"] < watermark)
        assert {event: count for event, count in below.items() if count > 1} == {}, self.story("twice")

    def calms_down(self, *, kill: bool) -> None:
        """Let everybody come to an end, or die, then do all that is left to do."""
        for actor in list(self.actors):
            if kill:
                actor.kill()
            else:
                self.run(actor)
        while self.late:
            self.lands(0)
        self.wide = True
        self.time_passes(minutes=60)
        for _ in range(3):  # what a recovery writes is converted, and then its rows leave
            self._settles()
            assert self.run(self.recovers()).failure is None
        self._settles()
        self._settles()
        if run := self.replays.current(STREAM):
            replayer = self.run(self.replays_range(run.first, run.last))
            assert replayer.failure is None, replayer.failure
        while self.erased and self.run(self.erases()).result != "done":
            self.time_passes(minutes=30)
        if self.erased:  # what came late is in raw until somebody erases again
            self.time_passes(minutes=1)
            while self.run(self.erases()).result != "done":
                self.time_passes(minutes=30)

    def _settles(self) -> None:
        self.time_passes(minutes=60)  # the last hours are closed, and what is entered now is in a later one
        for key in self.lake.objects.keys(f"{RAW}/"):
            assert self.run(self.converts(key)).failure is None
        for table in (STREAM, QUARANTINE):
            state = "promoted"
            while state == "promoted":
                promoter = self.run(self.promotes(table))
                assert promoter.failure is None, promoter.failure
                state = promoter.result.state

    def check_end(self) -> None:
        """Every event is there once, nothing of an erased subject is anywhere, and the books balance."""
        self.judge()
        shown = Counter(row["event_id"] for row in self.lake.rows(STREAM))
        expected = {event.name for event in self.events.values() if not (self.erased and event.owned)}
        assert shown == Counter(dict.fromkeys(expected, 1)), self.story("not every event once")
        assert len(self.lake.rows(QUARANTINE)) == self.refused, self.story("bad rows")
        # A subject's row that a recovery took out of quarantine is counted there once more after erasure and replay.
        if not (self.erased and any(event.owned and event.big for event in self.events.values())):
            findings = self.books().findings()
            assert findings == (), self.story(f"books: {findings}")
        if self.erased:
            assert self.lake.places_of(SUBJECT) == [], self.story("something of the subject is left")

    def books(self) -> Books:
        """Return the books of all generations."""
        files: Any = self.files
        nothing: Any = None  # a range with an end asks ingest for nothing
        balance = Balance(
            ledger=self.ledger,
            warm=WarmReader(catalog=self.lake.catalog, parquet=files, listing=files),
            raw=RawReader(ledger=self.ledger, listing=files, raw=files),
            parquet=files,
            ingest=nothing,
            contracts=CONTRACTS,
            clock=self.clock,
            pause=lambda: None,
        )
        return balance(Range(first="2026-01-01-00", last="2099-01-01-00"))

    def generations(self) -> list[str]:
        """Return the generations of the stream that are published."""
        watermark = self.ledger.marks(STREAM).watermark
        gens = {entry.gen for entry in self.ledger.by_key.values() if entry.stream == STREAM and entry.gen}
        return sorted(gen for gen in gens if gen < watermark)


class _Addressed:
    """The bucket, which tells addresses of its objects."""

    def __init__(self, files: Files) -> None:
        self._files = files

    def __getattr__(self, name: str) -> Any:
        return getattr(self._files, name)

    def address(self, key: str) -> str:
        return f"s3://lake/{key}"


class _Bucket(Port):
    """A bucket as an erasure sees it: its name is no call."""

    def __init__(self, objects: Any) -> None:
        super().__init__(objects)
        self.bucket = objects.bucket
