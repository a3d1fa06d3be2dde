"""The balance function, wired as in production to AWS as moto plays it, over what convert and promote left there."""

from __future__ import annotations

import datetime as dt
import io
import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from lambdas.balance.handler import handler
from tests.fakes import HASHER
from tests.fakes.aws import AwsClient, create_bucket, create_ledger
from tests.thermocline.convert.rows import clicks
from thermocline.adapters.balance_table import KEY as TABLE
from thermocline.adapters.clients import client
from thermocline.adapters.dynamodb_leases import DynamoLeases
from thermocline.adapters.dynamodb_ledger import DynamoLedger
from thermocline.adapters.iceberg import IcebergCatalog
from thermocline.adapters.s3 import S3Store
from thermocline.adapters.s3_files import S3Files
from thermocline.balance.settings import BalanceSettings
from thermocline.bootstrap.balance import hourly_balance, tiers_of
from thermocline.contracts import load_contracts
from thermocline.convert.use_case import Convert
from thermocline.generations import following, hour_of
from thermocline.ledger import Entry
from thermocline.promote.use_case import Promote
from thermocline.streams import QUARANTINE
from thermocline.warm.rows import ParquetRows

CLICKS = "clickstream"
NOW = dt.datetime.now(dt.UTC)
OPEN = hour_of(NOW)
CLOSED = hour_of(NOW - dt.timedelta(hours=2))


class Lake:
    """A lake on moto: raw objects are converted at the hour that a test says, and promoted when it says."""

    def __init__(self, aws: AwsClient, folder: Path) -> None:
        self.s3 = create_bucket(aws, "lake")
        self.dynamodb = create_ledger(aws, "ledger")
        client("glue").create_database(DatabaseInput={"Name": "lake"})
        self.contracts = load_contracts()
        self.ledger = DynamoLedger(self.dynamodb, "ledger")
        self.catalog = IcebergCatalog(
            glue=client("glue", attempts=1), s3=self.s3, bucket="lake", database="lake", contracts=self.contracts
        )
        self.folder = folder

    def convert(self, name: str, body: bytes, gen: str) -> str:
        key = f"raw/{CLICKS}/{NOW:%Y/%m/%d/%H}/{name}.ndjson"
        self.s3.put_object(Bucket="lake", Key=key, Body=body)
        now = dt.datetime.strptime(f"{gen} +0000", "%Y-%m-%d-%H %z")
        store = S3Store(self.s3, "lake")
        Convert(store=store, ledger=self.ledger, contracts=self.contracts, hasher=HASHER, clock=lambda: now)(key)
        return key

    def promote(self, table: str) -> None:
        self.catalog.ensure(table)
        promote = Promote(
            ledger=self.ledger,
            leases=DynamoLeases(self.dynamodb, "ledger"),
            catalog=self.catalog,
            rows=ParquetRows(
                files=S3Files(self.s3, "lake"),
                contracts=self.contracts,
                hasher=HASHER,
                schema_of=self.catalog.schema_of,
                folder=self.folder,
                memory_mb=200,
            ),
            contracts=self.contracts,
            publish=lambda _: None,
        )
        assert promote(table, before=OPEN).state == "promoted"
        assert promote(table, before=OPEN).state == "nothing"

    def keys(self, prefix: str) -> list[str]:
        return [item["Key"] for item in self.s3.list_objects_v2(Bucket="lake", Prefix=prefix)["Contents"]]

    def lose(self, prefix: str) -> None:
        self.s3.delete_object(Bucket="lake", Key=self.keys(prefix)[0])

    def table(self) -> dict[tuple[str, str | None], dict[str, Any]]:
        body = self.s3.get_object(Bucket="lake", Key=TABLE)["Body"].read()
        return {(row["stream"], row["gen"]): row for row in pq.read_table(io.BytesIO(body)).to_pylist()}


@pytest.fixture
def lake(aws: AwsClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Lake]:
    settings = BalanceSettings(lake_bucket="lake", ledger_table="ledger", database="lake", look_back_hours=72)
    for name, value in settings.to_env().items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("thermocline.bootstrap.balance._PAUSE_SECONDS", 0)
    hourly_balance.cache_clear()
    made = Lake(aws, tmp_path)
    made.convert("a", b"".join(clicks(5)) + b"no json\n", CLOSED)
    made.convert("b", b"".join(clicks(3)), CLOSED)
    for name in [*made.contracts]:
        made.ledger.close(name, OPEN)
    made.promote(CLICKS)
    made.convert("c", b"".join(clicks(4)) + b"nor this\n", OPEN)
    yield made
    hourly_balance.cache_clear()


def numbers(row: dict[str, Any]) -> dict[str, int]:
    return {name: value for name, value in row.items() if isinstance(value, int) and value and name != "balanced"}


def test_books_of_a_lake_that_was_converted_and_promoted_balance(
    lake: Lake, capsys: pytest.CaptureFixture[str]
) -> None:
    assert handler({}, None) == {"generations": 2, "unbalanced": []}
    rows = lake.table()
    assert numbers(rows[CLICKS, CLOSED]) == {"raw": 9, "warm": 5, "deduplicated": 3, "quarantined": 1}
    assert numbers(rows[CLICKS, OPEN]) == {"raw": 5, "hot": 4, "quarantined": 1}
    metrics = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {line["Stream"]: line["Unbalanced"] for line in metrics}[CLICKS] == 0


def test_what_waits_is_pending_and_bad_rows_stay_in_their_streams_books(lake: Lake) -> None:
    lake.promote(QUARANTINE)
    key = f"raw/{CLICKS}/{NOW:%Y/%m/%d/%H}/late.ndjson"
    lake.s3.put_object(Bucket="lake", Key=key, Body=b"".join(clicks(2)))
    assert handler({}, None)["unbalanced"] == []
    rows = lake.table()
    assert numbers(rows[CLICKS, CLOSED]) == {"raw": 9, "warm": 5, "deduplicated": 3, "quarantined": 1}
    assert numbers(rows[CLICKS, None]) == {"raw": 2, "pending": 2}


def test_files_that_are_lost_are_told(
    lake: Lake, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    lake.lose(f"hot/{CLICKS}/gen={OPEN}/")
    lake.lose(f"warm/{CLICKS}/data/")
    with caplog.at_level(logging.ERROR):
        unbalanced = handler({}, None)["unbalanced"]
    assert f"{CLICKS} {CLOSED}: 5 lines of raw nowhere" in unbalanced
    assert f"{CLICKS} {OPEN}: 4 lines of raw nowhere" in unbalanced
    assert sum(line.endswith(".parquet is missing") for line in unbalanced) == 2
    assert [record.getMessage() for record in caplog.records] == [f"unbalanced: {line}" for line in unbalanced]
    metrics = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {line["Stream"]: line["Unbalanced"] for line in metrics}[CLICKS] == 2
    assert lake.table()[CLICKS, OPEN]["balanced"] is False
    assert len(handler({"last": CLOSED}, None)["unbalanced"]) == 2
    assert len(handler({"first": following(CLOSED)}, None)["unbalanced"]) == 2


def test_entries_that_are_changed_or_lost_are_told(lake: Lake) -> None:
    [changed] = lake.ledger.entries(CLICKS, OPEN)
    lake.dynamodb.update_item(
        TableName="ledger",
        Key=entry_key(changed),
        UpdateExpression="SET #lines = :lines",
        ExpressionAttributeNames={"#lines": "lines"},
        ExpressionAttributeValues={":lines": {"N": "4"}},
    )
    assert f"{CLICKS} {OPEN}: 1 row too many, that no line of raw accounts for" in handler({}, None)["unbalanced"]
    for entry in (changed, lake.ledger.entries(CLICKS, CLOSED)[0]):
        lake.dynamodb.delete_item(TableName="ledger", Key=entry_key(entry))
        told = [line for line in handler({}, None)["unbalanced"] if line.startswith(f"{CLICKS} {entry.gen}: ")]
        assert told[1].endswith(f"the entry of {entry.raw_key} is lost, its files are there")


def entry_key(entry: Entry) -> dict[str, dict[str, str]]:
    return {"pk": {"S": f"raw#{entry.raw_key}"}, "sk": {"S": "entry"}}


def test_tables_are_counted_by_temperature(lake: Lake) -> None:
    tiers = tiers_of(
        dynamodb=lake.dynamodb, s3=lake.s3, glue=client("glue", attempts=1), ledger_table="ledger", bucket="lake",
        database="lake",
    )()  # fmt: skip
    table = tiers[CLICKS]
    levels = {"raw": table.raw, "hot": table.hot, "settling": table.settling, "warm": table.warm}
    assert {name: (level.files, level.rows) for name, level in levels.items()} == {
        "raw": (3, 14),
        "hot": (1, 4),
        "settling": (2, 8),
        "warm": (1, 5),
    }
    assert (table.hot.oldest, table.settling.newest, table.watermark) == (OPEN, CLOSED, OPEN)
    assert table.warm.oldest == "2026-11-22T12:34:56Z"
