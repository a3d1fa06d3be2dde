"""The convert function, wired as in production to AWS as moto plays it."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote_plus

import pytest

from lambdas.convert.handler import convert_batch, handler
from tests.events import sample
from tests.fakes.aws import AwsClient, create_bucket, create_ledger
from tests.fakes.subjects import SUBJECT_KEY, create_subject_key
from tests.thermocline.convert.rows import clicks, read
from thermocline.bootstrap.convert import arrivals_visibility, convert, convert_retries
from thermocline.convert.heartbeat import HOLD_SECONDS, Retries
from thermocline.convert.settings import ConvertSettings
from thermocline.errors import QueueUnavailable
from thermocline.layout import raw_key_digest

KEY = "raw/clickstream/2026/11/22/12/shop 1+a=b é.gz"


@pytest.fixture
def s3(aws: AwsClient, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    create_ledger(aws, "ledger")
    create_subject_key(aws("secretsmanager"))
    queue = aws("sqs").create_queue(QueueName="arrivals")["QueueUrl"]
    settings = ConvertSettings(
        lake_bucket="lake", ledger_table="ledger", arrivals_queue_url=queue, subject_key_secret=SUBJECT_KEY
    )
    for name, value in settings.to_env().items():
        monkeypatch.setenv(name, value)
    forget()
    yield create_bucket(aws, "lake")
    forget()


def forget() -> None:
    convert.cache_clear()
    arrivals_visibility.cache_clear()
    convert_retries.cache_clear()


def message(message_id: str, *keys: str) -> dict[str, str]:
    records = [{"s3": {"bucket": {"name": "lake"}, "object": {"key": quote_plus(key, safe="/")}}} for key in keys]
    return {"messageId": message_id, "body": json.dumps({"Records": records})}


def deliver(*messages: dict[str, str]) -> list[str]:
    answer = handler({"Records": list(messages)}, None)
    return [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]


def keys(s3: Any, prefix: str) -> list[str]:
    return [entry["Key"] for entry in s3.list_objects_v2(Bucket="lake", Prefix=prefix).get("Contents", [])]


def test_raw_objects_become_parquet(s3: Any) -> None:
    for key in (KEY, KEY + "2"):
        s3.put_object(Bucket="lake", Key=key, Body=b"".join(clicks(2)))
    assert deliver(message("m1", KEY, KEY + "2")) == []
    found = keys(s3, "hot/clickstream/")
    assert sorted(key.rpartition("/")[2].partition("-")[0] for key in found) == sorted(
        raw_key_digest(k) for k in (KEY, KEY + "2")
    )
    rows = [row for key in found for row in read(s3.get_object(Bucket="lake", Key=key)["Body"].read())]
    assert {(row["_src"], row["event_id"]) for row in rows} == {(k, e) for k in (KEY, KEY + "2") for e in ("e0", "e1")}


def test_only_the_failed_messages_come_again(s3: Any, caplog: pytest.LogCaptureFixture) -> None:
    s3.put_object(Bucket="lake", Key=KEY, Body=clicks(1)[0])
    s3.put_object(Bucket="lake", Key=KEY + "2", Body=clicks(1)[0])
    s3.put_object(Bucket="lake", Key=KEY + "broken", Body=b"\x1f\x8b\x08cut")
    with caplog.at_level(logging.ERROR):
        failed = deliver(
            message("missing", "raw/clickstream/2026/missing"),
            message("good", KEY),
            {"messageId": "nonsense", "body": "{"},
            message("broken", KEY + "broken"),
            message("later", KEY + "2"),
        )
    assert failed == ["missing", "nonsense", "broken"]
    assert len(keys(s3, "hot/")) == 2
    assert [record.getMessage() for record in caplog.records] == [f"message {name} failed" for name in failed]


def test_ten_deliveries_leave_one_object_of_one_version(s3: Any) -> None:
    s3.put_bucket_versioning(Bucket="lake", VersioningConfiguration={"Status": "Enabled"})
    s3.put_object(Bucket="lake", Key=KEY, Body=b"".join([*clicks(2), b"nonsense\n"]))
    for number in range(10):
        assert deliver(message(f"m{number}", KEY)) == []
    versions = s3.list_object_versions(Bucket="lake")["Versions"]
    assert [entry["Key"].split("/")[0] for entry in versions] == ["hot", "quarantine", "raw"]


def test_s3s_test_message_and_other_prefixes_are_nothing_to_do(s3: Any) -> None:
    test_event = {"messageId": "test", "body": sample("s3_test_event.json").decode()}
    assert deliver(test_event, message("other", "athena/result.csv")) == []
    assert keys(s3, "") == []


@pytest.mark.parametrize(("receives", "seconds"), [(1, 30), (2, 120), (3, 480), (4, 1_920), (5, 1_920)])
def test_messages_are_hidden_while_in_work_and_put_off_when_they_fail(receives: int, seconds: int) -> None:
    queue = Visibility()
    records = [
        record | {"receiptHandle": record["messageId"], "attributes": {"ApproximateReceiveCount": str(receives)}}
        for record in (message("good", KEY), message("bad", KEY + "2"))
    ]
    during: list[dict[str, int]] = []

    def convert(key: str) -> None:
        during.extend(queue.hidden)
        if key != KEY:
            raise ValueError(key)

    answer = convert_batch({"Records": records}, lambda: convert, queue, Retries())
    assert answer == {"batchItemFailures": [{"itemIdentifier": "bad"}]}
    assert during[0] == {"good": max(HOLD_SECONDS, seconds), "bad": max(HOLD_SECONDS, seconds)}
    assert queue.hidden[-1] == {"bad": seconds}


def test_a_queue_that_cannot_be_reached_stops_no_work(caplog: pytest.LogCaptureFixture) -> None:
    done: list[str] = []
    record = message("m", KEY) | {"receiptHandle": "r"}
    queue = Visibility(QueueUnavailable(1, "Throttled"))
    answer = convert_batch({"Records": [record]}, lambda: done.append, queue, Retries())
    assert (answer, done) == ({"batchItemFailures": []}, [KEY])
    assert "messages in work could not be kept hidden: 1 raw objects were not queued: Throttled" in caplog.text


class Visibility:
    """The queue as convert sees it."""

    def __init__(self, error: QueueUnavailable | None = None) -> None:
        self.hidden: list[dict[str, int]] = []
        self._error = error

    def hide(self, seconds: Mapping[str, int]) -> None:
        if self._error:
            raise self._error
        self.hidden.append(dict(seconds))
