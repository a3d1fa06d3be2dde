"""A lake in memory that follows the protocol's outlines: raw objects, entries, hot and warm files, identities."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from tests.fakes.clock import NOW
from thermocline.balance.model import Range
from thermocline.balance.ports import Acknowledged, ListedFile
from thermocline.balance.raw import RawReader
from thermocline.balance.use_case import Balance
from thermocline.balance.warm import WarmReader
from thermocline.contracts import Contract, load_contracts
from thermocline.generations import following
from thermocline.layout import is_sealed, raw_key_digest, table_prefix, warm_data_key
from thermocline.ledger import Entry, HotFile, Marks
from thermocline.streams import QUARANTINE
from thermocline.warm.model import Base, Change, WarmFile
from thermocline.warm.ports import Catalog

CLICKS = "clickstream"
STREAMS = (CLICKS, "telemetry", QUARANTINE)
GENS = ("2026-11-22-01", "2026-11-22-02", "2026-11-22-03")
ALL = Range(first=GENS[0])
CONTRACTS = {name: contract for name, contract in load_contracts().items() if name in STREAMS}

Row = tuple[object, ...]


class MemoryLake:
    """Implements every port of the balance; `files` has the rows of each file, as (gen, raw key) or (kept, raw key)."""

    def __init__(self) -> None:
        self.raw: dict[str, int] = {}
        self.ledger: dict[str, Entry] = {}
        self.watermarks: dict[str, str] = {}
        self.files: dict[str, list[Row]] = {}
        self.warm: dict[str, list[WarmFile]] = {name: [] for name in STREAMS}
        self.ids: dict[str, dict[str, str]] = {name: {} for name in STREAMS}
        self.put: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()
        self.looks = 0
        self.contracts: dict[str, Contract] = dict(CONTRACTS)

    # What the lake does

    def arrive(self, stream: str, lines: int) -> str:
        key = f"raw/{stream}/2026/11/22/01/{len(self.raw):03}.ndjson.zst"
        self.raw[key] = lines
        return key

    def begin(self, key: str, gen: str | None) -> None:
        stream, status = key.split("/")[1], "pending" if gen else "parked"
        self.ledger[key] = Entry(raw_key=key, stream=stream, gen=gen, status=status, token="t")  # type: ignore[arg-type]

    def finish(self, key: str, gen: str, *, bad: int = 0, suppressed: int = 0) -> None:
        self.begin(key, gen)
        stream, lines = key.split("/")[1], self.raw[key]
        rows = {stream: lines - bad - suppressed, QUARANTINE: bad}
        if stream == QUARANTINE:
            rows = {QUARANTINE: lines - suppressed}
        files = tuple(self._hot(table, key, gen, count) for table, count in rows.items() if count)
        self.change(key, status="done", lines=lines, suppressed=suppressed, files=files)

    def change(self, key: str, **values: object) -> None:
        self.ledger[key] = msgspec.structs.replace(self.ledger[key], **values)

    def _hot(self, table: str, key: str, gen: str, count: int) -> HotFile:
        hot = f"{table_prefix(table)}gen={gen}/{raw_key_digest(key)}-t.parquet"
        self.files[hot] = [(gen, key)] * count
        return HotFile(table=table, key=hot, rows=count, bytes=100 * count)

    def promote(self, table: str, gen: str, *, twins: int = 0) -> None:
        """Make one warm file of a generation, without its first rows as twins."""
        entries = [entry for entry in self.ledger.values() if entry.gen == gen and entry.done]
        rows = [row for entry in entries for file in entry.files_of(table) for row in self.files[file.key]]
        twins = min(twins, len(rows))
        ids = f"ids/{table}/gen={gen}/1.parquet"
        self.files[ids] = [(place >= twins, key) for place, (_, key) in enumerate(rows)]
        self.ids[table][gen] = ids
        if rows[twins:]:
            self.add_warm(table, rows[twins:])
        self.watermarks[table] = following(gen)

    def add_warm(self, table: str, rows: list[Row], *, sealed: bool = False) -> None:
        key = warm_data_key(table, "month", str(len(self.files)), sealed=sealed)
        self.files[key] = rows
        gens = sorted(str(gen) for gen, _ in rows)
        self.warm[table].append(
            WarmFile(
                path=f"s3://lake/{key}", rows=len(rows), bytes=1, first_gen=gens[0], last_gen=gens[-1],
                first_time=NOW, last_time=NOW,
            )
        )  # fmt: skip

    def compact(self, table: str, *, seal: bool = False) -> None:
        """Make one file of all."""
        rows = [row for file in self.warm[table] for row in self.files[file.path.removeprefix("s3://lake/")]]
        self.warm[table] = []
        if rows:
            self.add_warm(table, rows, sealed=seal)

    # The ports

    def marks(self, stream: str) -> Marks:
        self.looks += stream == QUARANTINE
        return Marks(watermark=self.watermarks.get(stream, ""))

    def entries_of(self, raw_keys: Sequence[str]) -> Mapping[str, Entry]:
        return {key: self.ledger[key] for key in raw_keys if key in self.ledger}

    def entries(self, stream: str, gen: str) -> Sequence[Entry]:
        return [entry for entry in self.ledger.values() if (entry.stream, entry.gen) == (stream, gen)]

    def next_generation(self, stream: str, start: str) -> str | None:
        gens = [entry.gen for entry in self.ledger.values() if entry.stream == stream and entry.gen]
        return min((gen for gen in gens if gen >= start), default=None)

    def load(self, table: str) -> Base:
        return Base(table=table, fence=0, ids=self.ids[table], commits=frozenset())

    def files_of(self, base: Base, *, gen: str | None = None) -> Sequence[WarmFile]:
        return self.warm[base.table]

    def commit(self, base: Base, change: Change) -> None:
        raise AssertionError("the balance commits nothing")

    def list(self, prefix: str, *, after: str = "") -> Iterator[ListedFile]:
        for key in sorted({**self.raw, **self.files}):
            if key.startswith(prefix) and key > after:
                kept_as = "GLACIER_IR" if is_sealed(key) else "STANDARD"
                yield ListedFile(key=key, bytes=10, storage_class=kept_as, last_modified=NOW)

    def rows(self, key: str) -> int:
        return sum(self.count(key, "gen").values())

    def count(self, key: str, *columns: str) -> Mapping[tuple[object, ...], int]:
        if key not in self.files:
            raise FileNotFoundError(key)
        return Counter(row if "_src" in columns else row[:1] for row in self.files[key])

    def lines(self, raw_key: str) -> int | None:
        if raw_key not in self.raw:
            raise FileNotFoundError(raw_key)
        return None if self.raw[raw_key] < 0 else self.raw[raw_key]

    def acknowledged(self, stream: str, since: dt.datetime, until: dt.datetime) -> Acknowledged:
        return Acknowledged(accepted=self.put[stream] + self.refused[stream], quarantined=self.refused[stream])

    def catalog(self) -> Catalog:
        return _Catalog(self)

    def balance(self, *, pause: object = None) -> Balance:
        return Balance(
            ledger=self,
            warm=WarmReader(catalog=self.catalog(), parquet=self, listing=self),
            raw=RawReader(ledger=self, listing=self, raw=self),
            parquet=self,
            ingest=self,
            contracts=self.contracts,
            clock=lambda: NOW,
            pause=pause or (lambda: None),  # type: ignore[arg-type]
        )


class _Catalog:
    """The lake's warm tables; its method `files` would hide the lake's files."""

    def __init__(self, lake: MemoryLake) -> None:
        self.load, self.files, self.commit = lake.load, lake.files_of, lake.commit
