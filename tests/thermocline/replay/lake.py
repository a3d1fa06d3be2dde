"""A small lake that promotes and replays: all its own code, over a folder and a catalog in memory."""

from __future__ import annotations

import copy
import datetime as dt
import hashlib
import io
import json
import shutil
import uuid
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from msgspec.structs import replace

from tests.fakes import HASHER, FixedClock, MemoryLedger
from tests.fakes.warm import MemoryLeases
from tests.thermocline.replay.ports import Bucket, Calls, MemoryBackfills, MemoryClaims, MemoryRuns, Mortal, Tables
from tests.thermocline.warm.tables import CONTRACT, NOON
from thermocline.adapters.iceberg_tables import arrow_schema, table_schema
from thermocline.bootstrap.replay import converter
from thermocline.contracts import Contract, load_contracts
from thermocline.convert.conversion import Conversion
from thermocline.convert.use_case import Convert
from thermocline.events.identity import digest_id
from thermocline.generations import begins, following, moved
from thermocline.promote.use_case import Promote
from thermocline.replay.committing import Committing
from thermocline.replay.converting import ConvertAgain
from thermocline.replay.fresh import Fresh
from thermocline.replay.generation import ReplayGeneration
from thermocline.replay.model import Replayed, Run
from thermocline.replay.use_case import Replay
from thermocline.streams import QUARANTINE
from thermocline.warm.model import Change
from thermocline.warm.replacing import ReplacingRows
from thermocline.warm.rows import ParquetRows
from thermocline.warm.scratch import ScratchFiles
from thermocline.warm.work import Amendment

R = TypeVar("R", bound=ParquetRows)

TABLE = "visits"
WINDOW = 2
FIRST = "2026-11-22-12"
GENS = tuple(moved(FIRST, hours) for hours in range(5))
BIG = 2**40
"""A quantity that only the wide contract takes."""


def contract(*, wide: bool) -> Contract:
    """Return the stream's contract, whose quantity has 32 or 64 bits."""
    written = {"_src": "convert", "gen": "convert"}
    columns = tuple(
        replace(
            each,
            written_by=written.get(each.name, "producer"),
            type="bigint" if wide and each.name == "quantity" else "int" if each.name == "quantity" else each.type,
        )
        for each in CONTRACT.columns
    )
    return replace(CONTRACT, columns=columns)


def line(event_id: str, *, quantity: int = 1, received: int = 0, visitor: str | None = None) -> bytes:
    """Return an event's line."""
    event = {
        "event_id": event_id,
        "fingerprint": 1,
        "source": "shop",
        "quantity": quantity,
        "event_time": NOON.isoformat(),
        "received_at": (NOON + dt.timedelta(minutes=received)).isoformat(),
    }
    return json.dumps(event | ({"visitor": visitor} if visitor else {})).encode() + b"\n"


class ReplayLake:
    """A lake of one stream and quarantine."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.bucket = self.make_bucket()
        self.ledger = MemoryLedger()
        self.leases = MemoryLeases()
        self.tables = self.make_tables()
        self.runs, self.claims, self.backfills = MemoryRuns(), MemoryClaims(), MemoryBackfills()
        self.settled = GENS[-1]
        self.settled_of: dict[str, str] = {}
        self.told: list[tuple[str, Sequence[str]]] = []
        self._tokens = 0
        (folder / "work").mkdir(parents=True, exist_ok=True)

    def make_bucket(self) -> Any:
        """Return the lake bucket."""
        return Bucket(self.folder / "bucket")

    def make_tables(self) -> Any:
        """Return the catalog."""
        return Tables((TABLE, QUARANTINE))

    def copy(self, folder: Path) -> ReplayLake:
        """Return another lake in the same state."""
        shutil.copytree(self.folder, folder)
        other = copy.deepcopy(self)
        other.folder, other.bucket = folder, Bucket(folder / "bucket")
        return other

    def contracts(self, *, wide: bool) -> dict[str, Contract]:
        return {TABLE: contract(wide=wide), QUARANTINE: load_contracts()[QUARANTINE]}

    # what happens

    def arrive(self, gen: str, name: str, lines: Sequence[bytes], *, wide: bool = False) -> str:
        """Have a raw object arrive and be converted in an hour."""
        key = f"raw/{TABLE}/{gen.replace('-', '/')}/{name}"
        self.bucket.put(key, io.BytesIO(b"".join(lines)))
        Convert(
            store=self.bucket,
            ledger=self.ledger,
            contracts=self.contracts(wide=wide),
            hasher=HASHER,
            clock=FixedClock(begins(gen)),
        )(key)
        return key

    def promote(self) -> None:
        """Promote all generations."""
        promote = Promote(
            ledger=self.ledger,
            leases=self.leases,
            catalog=self.tables,
            rows=self._rows(ParquetRows, self.bucket),
            contracts=self.contracts(wide=True),
            publish=lambda table: None,
            window=WINDOW,
        )
        for table in (TABLE, QUARANTINE):
            while promote(table, before=following(GENS[-1])).state == "promoted":
                pass

    def compact(self, table: str) -> None:
        """Merge all files of a table."""
        base = self.tables.load(table)
        old = tuple(self.tables.files(base))
        merged = self._rows(ParquetRows, self.bucket).merge(table, old)
        token = self.leases.acquire(table)
        self.tables.commit(base, Change(token=token, remove=old, add=merged))
        self.leases.release(table, token)

    def replay(self, calls: Calls | None = None, *, wide: bool = True) -> tuple[Replay, ConvertAgain]:
        """Return a process that replays; its calls are counted."""
        wrap: Callable[[Any], Any] = (lambda port: Mortal(port, calls)) if calls else (lambda port: port)
        ledger, runs, claims = wrap(self.ledger), wrap(self.runs), wrap(self.claims)
        catalog = wrap(self.tables)
        fresh = Fresh(ledger=ledger, runs=runs, claims=claims, counts=self.bucket, backfills=wrap(self.backfills))
        generation = ReplayGeneration(
            ledger=ledger,
            runs=runs,
            catalog=catalog,
            committing=Committing(leases=wrap(self.leases), catalog=catalog),
            fresh=fresh,
            rows_of=self.rows_of,
            key_of=self.bucket.key_of,
            after=lambda table, gens: self.told.append((table, gens)),
            window=WINDOW,
        )
        replay = Replay(
            ledger=ledger,
            runs=runs,
            objects=wrap(self.bucket),
            fresh=fresh,
            settled=lambda table: self.settled_of.get(table, self.settled),
            generation=generation,
            contracts=self.contracts(wide=wide),
        )
        conversion = Conversion(store=wrap(self.bucket), contracts=self.contracts(wide=wide), hasher=HASHER)
        convert = ConvertAgain(ledger=ledger, runs=runs, claims=claims, convert=converter(conversion))
        return replay, convert

    def rows_of(self, run: Run) -> ReplacingRows:
        files = ScratchFiles(self.bucket, f"replay/{run.run}/") if run.dry else self.bucket
        return self._rows(ReplacingRows, files)

    def _rows(self, kind: type[R], files: Any) -> R:
        wide = self.contracts(wide=True)
        return kind(
            files=files,
            contracts=wide,
            schema_of=lambda table: arrow_schema(table_schema(wide[table])),
            hasher=HASHER,
            folder=self.folder / "work",
            memory_mb=200,
        )

    def recovered(self, source: str, written: bytes) -> None:
        """Let the row of a bad line leave quarantine, as a recovery does: its identity stays, and is not kept."""
        base = self.tables.load(QUARANTINE)
        files = tuple(self.tables.files(base))
        (gen,) = {file.first_gen for file in files}
        event_id = digest_id("shop", TABLE, written.removesuffix(b"\n"))
        gone = Amendment(
            table=QUARANTINE,
            gen=gen,
            files=files,
            ids=base.ids[gen],
            gone=(str(uuid.UUID(bytes=hashlib.md5(f"shop\x1f\x1f{event_id}".encode()).digest())),),
            back=(),
        )
        amended = self._rows(ReplacingRows, self.bucket).amend(gone)
        token = self.leases.acquire(QUARANTINE)
        change = Change(token=token, gens=(gen,), remove=files, add=amended.files, ids={gen: amended.ids})
        self.tables.commit(base, change)
        self.leases.release(QUARANTINE, token)

    # what must be true

    def rows(self, table: str) -> list[tuple[str, str, str, object]]:
        """Return generation, event, raw object and value of every row of a warm table."""
        files = self.tables.files(self.tables.load(table))
        tables = [self.bucket.read(self.bucket.key_of(file.path)) for file in files]
        value = "payload" if table == QUARANTINE else "quantity"
        return sorted(
            (row["gen"], row["payload"] if table == QUARANTINE else row["event_id"], row["_src"], row[value])
            for each in tables
            for row in each.to_pylist()
        )

    def ids(self, table: str) -> dict[str, list[tuple[bytes, str, bool | None]]]:
        """Return what is known of the identities of each generation."""
        ids = self.tables.load(table).ids
        read = {gen: self.bucket.read(key).to_pylist() for gen, key in ids.items()}
        return {
            gen: sorted((row["key"], row["_src"], row["kept"]) for row in rows) for gen, rows in sorted(read.items())
        }

    def books_balance(self) -> bool:
        """Tell whether each line of an object is a row, a bad row, a twin, or suppressed."""
        ids = self.ids(TABLE)
        for gen in ids:
            entries = self.ledger.entries(TABLE, gen)
            lines = sum(entry.lines - entry.suppressed for entry in entries)
            bad = sum(row[0] == gen for row in self.rows(QUARANTINE))
            kept = sum(row[0] == gen for row in self.rows(TABLE))
            dropped = sum(1 for _, _, fate in ids[gen] if fate is False)
            if lines != bad + kept + dropped:
                return False
            if any(sum(file.rows for file in e.files) + e.suppressed != e.lines for e in entries):
                return False
        return True


def drive(
    lake: ReplayLake, first: str, last: str, *, dry: bool = False, wide: bool = True, calls: Calls | None = None
) -> Sequence[Replayed]:
    """Replay a range to its end, as the command does."""
    replay, convert = lake.replay(calls, wide=wide)
    run = replay.plan(TABLE, first, last, dry=dry)
    while True:
        while lake.backfills.orders:
            convert(lake.backfills.orders[0])
            lake.backfills.orders.popleft()
        progress = replay.progress(TABLE, run.run)
        assert not progress.problems
        if not progress.left:
            return replay.finish(TABLE, run.run)
        if progress.ready:
            replay.commit(TABLE, run.run, progress.ready)
