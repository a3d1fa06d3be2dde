"""Recovery on the real tables: ingest, convert, promotion, Iceberg, ledger and books are those of production."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
import pyarrow.parquet as pq
import pytest

from tests.fakes import HASHER, NOW
from tests.fakes.aws import create_ledger_table
from tests.fakes.emulator import client, emulator
from tests.fakes.warm_tables import LosingGlue
from tests.thermocline.convert.rows import click
from tests.thermocline.ingest.test_again import REQUESTS, SOURCES, Lake, refusing
from thermocline.adapters.dynamodb_claims import DynamoClaims
from thermocline.adapters.dynamodb_leases import DynamoLeases
from thermocline.adapters.dynamodb_ledger import DynamoLedger
from thermocline.adapters.iceberg import IcebergCatalog
from thermocline.adapters.raw_lines import S3RawLines
from thermocline.adapters.s3 import S3Store
from thermocline.adapters.s3_files import S3Files
from thermocline.adapters.s3_listing import S3Listing
from thermocline.adapters.s3_parquet import S3ParquetCounts
from thermocline.adapters.s3_recovered import S3Recovered
from thermocline.balance.model import Books, Range
from thermocline.balance.ports import Acknowledged
from thermocline.balance.raw import RawReader
from thermocline.balance.use_case import Balance
from thermocline.balance.warm import WarmReader
from thermocline.contracts import Contract, load_contracts
from thermocline.convert.again import read_line_again
from thermocline.convert.use_case import Convert
from thermocline.events.frames import framed
from thermocline.events.quarantined import Quarantined
from thermocline.generations import hour_of, moved
from thermocline.ingest.again import ReadAgain
from thermocline.ingest.epochs import ProcessEpochs
from thermocline.promote.use_case import Promote
from thermocline.recover.model import Choice, Recovery
from thermocline.recover.table import WarmQuarantine
from thermocline.recover.use_case import Recover
from thermocline.streams import QUARANTINE
from thermocline.warm.leaving import QuarantineFiles
from thermocline.warm.rewriting import Exchange
from thermocline.warm.rows import ParquetRows

CLICKS = "clickstream"
CONTRACTS = {name: contract for name, contract in load_contracts().items() if name in (CLICKS, QUARANTINE)}
GEN = hour_of(NOW)
BAD_RAW, CLICKS_RAW = (f"raw/{stream}/2026/11/22/11/1.ndjson.zst" for stream in (QUARANTINE, CLICKS))
SHELF = click("on a shelf").rstrip()[:-1] + b',"shelf":"left"}\n'


def with_shelf() -> dict[str, Contract]:
    """Return the contracts of later: clicks have a column more."""
    clicks = CONTRACTS[CLICKS]
    plain = next(c for c in clicks.columns if c.type == "string" and not c.required and not c.is_json)
    shelf = msgspec.structs.replace(plain, name="shelf", derived_from=(), classification="internal")
    return CONTRACTS | {CLICKS: msgspec.structs.replace(clicks, columns=(*clicks.columns, shelf))}


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with emulator(tmp_path_factory.mktemp("emulator")) as address:
        yield address


class Bench:
    """A lake of its own: bad rows that ingest refused, one that convert refused, a good click, all in warm."""

    def __init__(self, url: str, folder: Path, name: str) -> None:
        self.folder, self.bucket = folder, name
        self.s3, self.dynamodb = client("s3", url), create_ledger_table(client("dynamodb", url), name)
        self.glue = LosingGlue(client("glue", url))
        self.s3.create_bucket(Bucket=name)
        self.glue.create_database(DatabaseInput={"Name": name})
        self.ledger = DynamoLedger(self.dynamodb, name)
        self.leases = DynamoLeases(self.dynamodb, name, seconds=60)
        self.files = S3Files(self.s3, name)
        self.use(CONTRACTS)
        self._ingest()
        self.convert(CLICKS_RAW, BAD_RAW)
        for table in (CLICKS, QUARANTINE):
            self._promote(table)

    def use(self, contracts: dict[str, Contract]) -> None:
        self.contracts = contracts
        self.catalog = IcebergCatalog(
            glue=self.glue, s3=self.s3, bucket=self.bucket, database=self.bucket, contracts=contracts
        )
        for table in contracts:
            self.catalog.ensure(table)

    def _ingest(self) -> None:
        strict = Lake(refusing(CLICKS))
        for request in ("native", "segment batch"):
            strict.post(*REQUESTS[request])
        strict.post("shop", "/v1/events", b'{"event_name":', {})
        for key, lines in ((BAD_RAW, strict.lines(QUARANTINE)), (CLICKS_RAW, [click("good"), SHELF, b"no JSON\n"])):
            self.s3.put_object(Bucket=self.bucket, Key=key, Body=framed(b"".join(lines)))

    def convert(self, *keys: str) -> None:
        convert = Convert(
            store=S3Store(self.s3, self.bucket), ledger=self.ledger, contracts=self.contracts, hasher=HASHER,
            clock=lambda: NOW,
        )  # fmt: skip
        for key in keys:
            convert(key)

    def convert_arrivals(self) -> None:
        listed = self.s3.list_objects_v2(Bucket=self.bucket, Prefix=f"raw/{CLICKS}/")["Contents"]
        self.convert(*(each["Key"] for each in listed))

    def _promote(self, table: str) -> None:
        rows = ParquetRows(
            files=self.files, contracts=self.contracts, hasher=HASHER, schema_of=self.catalog.schema_of,
            folder=self.folder, memory_mb=300,
        )  # fmt: skip
        promote = Promote(
            ledger=self.ledger, leases=self.leases, catalog=self.catalog, rows=rows, contracts=self.contracts,
            publish=lambda _: None,
        )  # fmt: skip
        assert promote(table, before=moved(GEN, 1)).state == "promoted"

    def recover(self, **choice: Any) -> Recovery:
        dry_run = choice.pop("dry_run", False)
        sent = ReadAgain(contracts=self.contracts, sources=SOURCES, secret=lambda: "a secret", epochs=ProcessEpochs())

        def read(row: Quarantined) -> Sequence[bytes]:
            clicks = self.contracts[CLICKS]
            return [read_line_again(row.payload, clicks)] if row.stage == "convert" else sent(row)

        quarantine = WarmQuarantine(
            catalog=self.catalog,
            exchange=Exchange(leases=self.leases, catalog=self.catalog, ledger=self.ledger),
            ledger=self.ledger,
            rows=QuarantineFiles(
                files=self.files, contract=self.contracts[QUARANTINE], schema_of=self.catalog.schema_of,
                folder=self.folder, memory_mb=300,
            ),
            pause=lambda _: None,
        )  # fmt: skip
        use_case = Recover(
            quarantine=quarantine,
            read=read,
            claims=DynamoClaims(self.dynamodb, self.bucket),
            objects=S3Recovered(self.s3, self.bucket),
            ledger=self.ledger,
            arrivals=NoQueue(),
            is_late=lambda: False,
            pause=self.convert_arrivals,
        )
        return use_case(Choice(table=CLICKS, **choice), dry_run=dry_run)

    def books(self) -> Books:
        parquet, listing = S3ParquetCounts(self.s3, self.bucket), S3Listing(self.s3, self.bucket)
        balance = Balance(
            ledger=self.ledger,
            warm=WarmReader(catalog=self.catalog, parquet=parquet, listing=listing),
            raw=RawReader(ledger=self.ledger, listing=listing, raw=S3RawLines(self.s3, self.bucket)),
            parquet=parquet,
            ingest=NothingCounted(),
            contracts=self.contracts,
            clock=lambda: NOW,
            pause=lambda: None,
        )
        return balance(Range(first=moved(GEN, -24)))

    @property
    def bad(self) -> list[str]:
        """The reasons of the rows in quarantine."""
        files = self.catalog.files(self.catalog.load(QUARANTINE))
        return sorted(row["reason"] for file in files for row in self._rows(self.files.key_of(file.path)))

    @property
    def clicks(self) -> list[str]:
        """The clicks in hot and warm files."""
        warm = [self.files.key_of(file.path) for file in self.catalog.files(self.catalog.load(CLICKS))]
        entries = self.ledger.entries(CLICKS, moved(GEN, 1))
        hot = [file.key for entry in entries for file in entry.files_of(CLICKS)]
        return sorted(row["event_id"] for key in (*warm, *hot) for row in self._rows(key))

    def _rows(self, key: str) -> list[dict[str, Any]]:
        body = self.s3.get_object(Bucket=self.bucket, Key=key)["Body"].read()
        rows: list[dict[str, Any]] = pq.read_table(io.BytesIO(body)).to_pylist()
        return rows


class NoQueue:
    """A queue that needs no message: every arrival is told of."""

    def send(self, raw_keys: Sequence[str]) -> None:
        raise AssertionError(raw_keys)


class NothingCounted:
    """Ingest's counts of a lake that nobody posts to."""

    def acknowledged(self, stream: str, since: object, until: object) -> Acknowledged:
        return Acknowledged(accepted=0, quarantined=0)


@pytest.mark.parametrize("failure", [None, "before", "after"])
def test_what_is_good_now_comes_back_once_and_the_books_balance(url: str, tmp_path: Path, failure: str | None) -> None:
    bench = Bench(url, tmp_path, f"recover-{failure}".lower())
    assert (bench.clicks, bench.bad) == (["good"], ["invalid"] * 4 + ["malformed"] * 2)
    foreseen = bench.recover(dry_run=True)
    assert (foreseen.rows("recovered"), foreseen.rows("refused")) == (3, 3)
    bench.glue.failure = failure
    recovery = bench.recover()
    assert msgspec.structs.replace(recovery, dry_run=True, objects=0) == foreseen
    assert bench.clicks == ["e1", "good", "m1", "m2"]
    assert bench.bad == ["invalid", "malformed", "malformed"]
    assert bench.books().balanced, bench.books().findings()
    assert bench.recover().rows("recovered") == 0
    bench.use(with_shelf())
    assert bench.recover(source="shop", reason="invalid").rows("recovered") == 1
    assert bench.clicks == ["e1", "good", "m1", "m2", "on a shelf"]
    assert bench.bad == ["malformed", "malformed"]
    books = bench.books()
    assert books.balanced, books.findings()
    assert sum(page.recovered for page in books.pages) == 4
