"""The ingest function, wired as in production to AWS as moto plays it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from lambdas.ingest.handler import handler
from tests.events import sample_json
from tests.fakes.aws import AwsClient, create_bucket
from tests.fakes.requests import SECRET, SOURCES, write_key
from thermocline import bootstrap
from thermocline.settings import IngestSettings

STREAMS = {name: f"dev-{name}" for name in ("clickstream", "telemetry", "cdc_log", "quarantine")}


@pytest.fixture
def s3(aws: AwsClient, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    for stream, name in STREAMS.items():
        aws("firehose").create_delivery_stream(
            DeliveryStreamName=name,
            ExtendedS3DestinationConfiguration={
                "RoleARN": "arn:aws:iam::123456789012:role/firehose",
                "BucketARN": "arn:aws:s3:::lake",
                "Prefix": f"raw/{stream}/",
            },
        )
    arn = aws("secretsmanager").create_secret(Name="write-keys", SecretString=SECRET)["ARN"]
    settings = IngestSettings(delivery_streams=STREAMS, sources=SOURCES, write_key_secret=arn)
    for variable, value in settings.to_env().items():
        monkeypatch.setenv(variable, value)
    bootstrap.ingest.cache_clear()
    yield create_bucket(aws, "lake")
    bootstrap.ingest.cache_clear()


def post(body: str, key: str) -> tuple[int, dict[str, Any]]:
    event = sample_json("http_api_request.json")
    event["headers"]["Authorization"] = f"Bearer {key}"
    answer = handler(event | {"body": body}, None)
    return answer["statusCode"], json.loads(answer["body"])


def lines(s3: Any, stream: str) -> list[dict[str, Any]]:
    entries = s3.list_objects_v2(Bucket="lake", Prefix=f"raw/{stream}/").get("Contents", [])
    bodies = [s3.get_object(Bucket="lake", Key=entry["Key"])["Body"].read() for entry in entries]
    return [json.loads(line) for line in b"".join(bodies).splitlines()]


def test_events_go_from_the_request_to_the_raw_objects(s3: Any, capsys: pytest.CaptureFixture[str]) -> None:
    answer = post('{"event_id":"e1"}\nnonsense\n{"event_id":"e2"}', write_key("shop"))
    assert answer == (200, {"success": True, "accepted": 3, "quarantined": 1})
    assert [row["event_id"] for row in lines(s3, "clickstream")] == ["e1", "e2"]
    assert [row["payload"] for row in lines(s3, "quarantine")] == ["nonsense"]
    metrics = json.loads(capsys.readouterr().out)
    assert (metrics["Source"], metrics["AcceptedEvents"], metrics["QuarantinedEvents"]) == ("shop", 3, 1)


def test_a_wrong_key_is_refused(s3: Any, capsys: pytest.CaptureFixture[str]) -> None:
    status, body = post("{}", "shop.wrong")
    assert (status, body["code"]) == (401, "unauthorized")
    assert lines(s3, "clickstream") == []
    assert capsys.readouterr().out == ""


def test_a_stream_that_is_gone_is_not_acknowledged(s3: Any, aws: AwsClient) -> None:
    aws("firehose").delete_delivery_stream(DeliveryStreamName=STREAMS["clickstream"])
    status, body = post("{}", write_key("shop"))
    assert (status, body["code"]) == (503, "unavailable")
