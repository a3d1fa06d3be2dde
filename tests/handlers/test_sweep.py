"""The sweep function, wired as in production to AWS as moto plays it."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterator

import pytest
from msgspec.structs import replace

from lambdas.sweep.handler import handler
from tests.fakes.aws import AwsClient, create_bucket, create_ledger
from thermocline.adapters.dynamodb_ledger import DynamoLedger
from thermocline.bootstrap.sweep import sweep
from thermocline.convert.arrivals import raw_keys
from thermocline.ledger import Entry
from thermocline.sweep.settings import SweepSettings

SCHEDULED = {"version": "0", "detail-type": "Scheduled Event", "source": "aws.events", "detail": {}}
BY_HAND = {"settle_minutes": 0}


class Bench:
    """The sweep function's surroundings."""

    def __init__(self, aws: AwsClient) -> None:
        self.s3 = create_bucket(aws, "lake")
        self.ledger = DynamoLedger(create_ledger(aws, "ledger"), "ledger")
        self.sqs = aws("sqs")
        self.queue = self.sqs.create_queue(QueueName="arrivals")["QueueUrl"]

    def put(self, name: str) -> str:
        key = f"raw/clickstream/{dt.datetime.now(dt.UTC):%Y/%m/%d/%H}/{name}"
        self.s3.put_object(Bucket="lake", Key=key, Body=b"x")
        return key

    def begin(self, key: str) -> Entry:
        self.ledger.enter(key, stream="clickstream", gen="2026-11-22-12", token="t1", suppression=0)
        entry = self.ledger.entry(key)
        assert entry
        return entry

    def queued(self) -> list[str]:
        answer = self.sqs.receive_message(QueueUrl=self.queue, MaxNumberOfMessages=10, VisibilityTimeout=0)
        return [key for message in answer.get("Messages", []) for key in raw_keys(message["Body"])]


@pytest.fixture
def bench(aws: AwsClient, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bench]:
    found = Bench(aws)
    settings = SweepSettings(
        lake_bucket="lake",
        ledger_table="ledger",
        arrivals_queue_url=found.queue,
        settle_minutes=30,
        look_back_hours=72,
    )
    for name, value in settings.to_env().items():
        monkeypatch.setenv(name, value)
    sweep.cache_clear()
    yield found
    sweep.cache_clear()


def test_an_object_that_nobody_was_told_of_is_queued(bench: Bench) -> None:
    missing, done = bench.put("missing 1+1.gz"), bench.put("done.gz")
    assert bench.ledger.finish(replace(bench.begin(done), status="done"))
    assert handler(BY_HAND, None) == {
        "compared": 2, "missing": 1, "unfinished": 0, "stuck": 0, "parked": 0, "queued": 1
    }  # fmt: skip
    assert bench.queued() == [missing]


def test_the_schedule_gives_young_objects_time(bench: Bench) -> None:
    bench.put("young.gz")
    assert handler(SCHEDULED, None)["compared"] == 0
    assert bench.queued() == []


def test_an_object_that_is_stuck_is_parked_with_a_warning(bench: Bench, caplog: pytest.LogCaptureFixture) -> None:
    key = bench.put("poison.gz")
    bench.begin(key)
    with caplog.at_level(logging.WARNING):
        queued = [handler(BY_HAND, None)["queued"] for _ in range(4)]
    assert queued == [1, 1, 1, 0]
    parked, counts = caplog.records
    assert {record.levelname for record in caplog.records} == {"WARNING"}
    assert parked.getMessage().startswith(f"{key}: parked")
    assert "'stuck': 1, 'parked': 1" in counts.getMessage()
    entry = bench.ledger.entry(key)
    assert entry
    assert (entry.status, entry.gen) == ("parked", None)
