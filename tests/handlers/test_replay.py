"""The functions of a replay, wired as in production to AWS as moto plays it: a run of `lake replay` by hand."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from msgspec.structs import replace

from lambdas.backfill.handler import handler as backfill
from lambdas.replay.handler import handler
from tests.fakes.aws import AwsClient
from tests.fakes.subjects import SUBJECT_KEY, create_subject_key
from tests.handlers.test_promote import OPEN, SETTINGS, WIRED, Lake, turns
from tests.thermocline.convert.rows import click
from thermocline.adapters.clients import client
from thermocline.adapters.dynamodb_sightings import DynamoSightings
from thermocline.adapters.iceberg import IcebergCatalog
from thermocline.adapters.iceberg_files import key_of
from thermocline.balance.model import Books, Range
from thermocline.bootstrap import replay as bootstrap
from thermocline.bootstrap.balance import balance_of
from thermocline.bootstrap.publish import publish
from thermocline.contracts import load_contracts
from thermocline.generations import moved
from thermocline.replay.settings import ReplaySettings
from thermocline.warm.model import Change

GEN = moved(OPEN, -2)


@pytest.fixture
def lake(aws: AwsClient, monkeypatch: pytest.MonkeyPatch) -> Iterator[ReplayBench]:
    bench = ReplayBench(aws)
    for name, value in (SETTINGS.to_env() | bench.settings.to_env()).items():
        monkeypatch.setenv(name, value)
    wired = (*WIRED, bootstrap.replay, bootstrap.convert_again)
    for each in wired:
        each.cache_clear()
    yield bench
    for each in wired:
        each.cache_clear()


class ReplayBench(Lake):
    """A lake with the queue of backfills."""

    def __init__(self, aws: AwsClient) -> None:
        super().__init__(aws)
        create_subject_key(aws("secretsmanager"))
        self.sqs = aws("sqs")
        self.queue = self.sqs.create_queue(QueueName="backfills")["QueueUrl"]
        self.settings = ReplaySettings(
            lake_bucket="lake",
            ledger_table="ledger",
            subject_key_secret=SUBJECT_KEY,
            backfills_queue_url=self.queue,
            database="lake",
            memory_mb=200,
            lease_seconds=960,
            storage_class="INTELLIGENT_TIERING",
            cold_storage_class="GLACIER_IR",
        )

    def settle(self) -> None:
        """Promote everything, publish, and let two days pass."""
        for table in ("clickstream", "telemetry", "cdc_log", "quarantine"):
            turns(table, OPEN)
            publish()(table)
            since = dt.datetime.now(dt.UTC) - dt.timedelta(days=2)
            DynamoSightings(self.dynamodb, "ledger").replace(table, {}, {OPEN: since})

    def books(self) -> Books:
        balance = balance_of(
            dynamodb=self.dynamodb,
            s3=self.s3,
            glue=self.glue,
            cloudwatch=client("cloudwatch"),
            ledger_table="ledger",
            bucket="lake",
            database="lake",
        )
        return balance(Range(first=GEN, last=GEN), streams=["clickstream"])

    def keys(self, prefix: str) -> list[str]:
        listed = self.s3.list_objects_v2(Bucket="lake", Prefix=prefix)
        return [item["Key"] for item in listed.get("Contents", [])]

    def body(self, address: str) -> bytes:
        body: bytes = self.s3.get_object(Bucket="lake", Key=key_of(address))["Body"].read()
        return body

    def deliver(self) -> list[Any]:
        """Deliver the queue's messages, and return those that failed."""
        messages = self.sqs.receive_message(QueueUrl=self.queue, MaxNumberOfMessages=10).get("Messages", [])
        records = [{"messageId": str(place), "body": each["Body"]} for place, each in enumerate(messages)]
        failed: list[Any] = backfill({"Records": records}, None)["batchItemFailures"]
        return failed


def ask(action: str, **more: Any) -> Any:
    return handler({"action": action, "table": "clickstream", **more}, None)


def test_a_bad_line_becomes_a_row_once_it_can_be_read(lake: ReplayBench) -> None:
    lake.convert("a", click("a") + b"no json\n", GEN)
    lake.settle()
    (raw,) = lake.keys("raw/")
    lake.s3.put_object(Bucket="lake", Key=raw, Body=click("a") + click("b"))
    for dry in (True, False):
        run = ask("plan", first=GEN, last=GEN, dry=dry)["run"]
        assert ask("state", run=run)["ready"] is None
        assert lake.deliver() == []
        assert lake.keys(f"replay/{run}/hot/clickstream/gen={GEN}/")
        assert ask("state", run=run) == {"objects": 1, "converted": 1, "problems": (), "ready": GEN, "left": 1}
        assert ask("commit", run=run, gen=GEN)["state"] == "done"
        (done,) = ask("finish", run=run)
        counts = {each["table"]: (each["appear"], each["change"], each["vanish"]) for each in done["differences"]}
        assert counts == {"clickstream": (1, 0, 0), "quarantine": (0, 0, 1)}
        assert lake.keys("replay/") == []
    entry = lake.ledger.entry(raw)
    assert entry
    assert [(file.table, file.rows) for file in entry.files] == [("clickstream", 2)]
    assert (entry.lines, entry.suppressed) == (2, 0)
    assert lake.books().findings() == ()


def test_what_a_replay_leaves_of_a_sealed_file_stays_in_its_class(lake: ReplayBench) -> None:
    lake.convert("a", click("a"), GEN)
    lake.convert("b", click("b"), moved(GEN, 1))
    lake.settle()
    catalog = IcebergCatalog(
        glue=client("glue", attempts=1), s3=lake.s3, bucket="lake", database="lake", contracts=load_contracts()
    )
    base = catalog.load("clickstream")
    files = catalog.files(base)
    rows = [pq.read_table(io.BytesIO(lake.body(each.path)), partitioning=None) for each in files]
    sink = io.BytesIO()
    pq.write_table(pa.concat_tables(rows).cast(catalog.schema_of("clickstream")), sink)
    sealed = replace(files[0], path=f"{files[0].path.rpartition('/')[0]}/sealed-x.parquet")
    lake.s3.put_object(Bucket="lake", Key=key_of(sealed.path), Body=sink.getvalue())
    catalog.commit(base, Change(token=base.fence, add=(sealed,), remove=tuple(files)))
    run = ask("plan", first=GEN, last=GEN)["run"]
    assert lake.deliver() == []
    assert ask("commit", run=run, gen=GEN)["state"] == "done"
    (left,) = [each for each in catalog.files(catalog.load("clickstream")) if each.sealed]
    assert (left.rows, left.first_gen) == (1, moved(GEN, 1))
    assert lake.s3.head_object(Bucket="lake", Key=key_of(left.path))["StorageClass"] == "GLACIER_IR"


def test_what_cannot_be_done_is_told_as_data(lake: ReplayBench) -> None:
    lake.convert("a", click("a"), GEN)
    lake.settle()
    told = ask("plan", first=OPEN, last=OPEN)
    assert told == {
        "problem": f"clickstream has no objects from {OPEN} to {OPEN}: choose other generations",
        "again": False,
    }
    assert ask("state", run="none")["again"] is False


def test_a_message_that_is_no_order_fails_alone(lake: ReplayBench) -> None:
    lake.sqs.send_message(QueueUrl=lake.queue, MessageBody="{}")
    assert lake.deliver() == [{"itemIdentifier": "0"}]
