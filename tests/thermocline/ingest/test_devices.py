"""Devices' messages through the whole use case, as AWS's own client and others publish them."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import boto3
import pytest
from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.config import Config

from tests.fakes.clock import NOW
from tests.fakes.requests import write_key
from tests.thermocline.ingest.test_use_case import Endpoint, endpoint
from thermocline.ingest.http.request import Request

Publish = Callable[[str, bytes | str], int]


class _Body:
    """What botocore reads an answer from."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    def stream(self) -> list[bytes]:
        return [self._content]


def publisher(lake: Endpoint, source: str = "meters") -> Publish:
    """Return the publishing of AWS's own client, whose requests go straight to the use case."""
    client: Any = boto3.client(
        "iot-data",
        region_name="eu-central-1",
        endpoint_url="http://ingest.example",
        aws_access_key_id=write_key(source),
        aws_secret_access_key="not used",
        config=Config(retries={"total_max_attempts": 1}),
    )

    def send(request: AWSPreparedRequest, **_: Any) -> AWSResponse:
        answer = lake.ingest(_request(request))
        return AWSResponse(request.url, answer.status, {}, _Body(json.dumps(answer.body).encode()))

    client.meta.events.register("before-send.iot-data.Publish", send)
    return lambda topic, payload: client.publish(topic=topic, qos=1, payload=payload)["ResponseMetadata"][
        "HTTPStatusCode"
    ]


def _request(sent: AWSPreparedRequest) -> Request:
    headers = {
        name.lower(): value.decode() if isinstance(value, bytes) else str(value) for name, value in sent.headers.items()
    }
    body = sent.body.encode() if isinstance(sent.body, str) else bytes(sent.body or b"")
    return Request(
        method="POST", path=urlsplit(sent.url).path, headers=headers, body=body, source_ip="8.8.8.8", received_at=NOW
    )


@pytest.mark.parametrize(
    ("topic", "payload", "expected"),
    [
        (
            "dt/acme/hq/dev1/env",
            {"temperature": 20.1, "humidity": 55},
            {("dev1", "temperature", 20.1), ("dev1", "humidity", 55)},
        ),
        (
            "tele/hall/SENSOR",
            {"Time": "2026-11-22T12:00:00", "DHT11": {"Temperature": 20.6}, "TempUnit": "C"},
            {("hall", "DHT11.Temperature", 20.6)},
        ),
        (
            "zigbee2mqtt/kitchen/lamp",
            {"brightness": 3, "linkquality": 34},
            {("kitchen/lamp", "brightness", 3), ("kitchen/lamp", "linkquality", 34)},
        ),
        ("living/sensor/temp/state", 21.5, {("living", "temp", 21.5)}),
        ("meters", [{"bt": 1795350600}, {"n": "d/t", "v": 1}], {("d", "t", 1)}),
    ],
)
def test_awss_iot_client_publishes_what_devices_send(topic: str, payload: Any, expected: set[tuple[Any, ...]]) -> None:
    lake = endpoint()
    assert publisher(lake)(topic, json.dumps(payload)) == 200
    rows = lake.sink.rows("telemetry")
    assert {(row["device_id"], row["metric"], row["value_double"]) for row in rows} == expected
    assert {row["topic"] for row in rows} == {topic}
    assert "quarantine" not in lake.sink.records


def test_a_word_that_is_no_json_is_published() -> None:
    lake = endpoint()
    assert publisher(lake)("stat/hall/POWER", "ON") == 200
    (row,) = lake.sink.rows("telemetry")
    assert (row["device_id"], row["metric"], row["value_string"]) == ("hall", "POWER", "ON")


def test_a_time_that_cannot_be_read_makes_one_bad_row_of_the_message() -> None:
    lake = endpoint()
    answer = lake.post("/topics/dt/acme/hq/dev1/env", b'{"ts":"soon","a":1,"b":2}', source="meters")
    assert answer.body == {"success": True, "accepted": 1, "quarantined": 1}
    assert [row["detail"] for row in lake.sink.rows("quarantine")] == ["event_time: is not a time"]


def test_two_devices_that_measure_the_same_at_once_are_two_events() -> None:
    """Without a time and a number, only the device tells them apart: the moment of receipt is the same."""
    lake = endpoint()
    for device in ("dev1", "dev2"):
        lake.post(f"/topics/dt/acme/hq/{device}/env", b'{"metrics":{"t":21.5}}', source="meters")
    first, second = lake.sink.rows("telemetry")
    assert first["received_at"] == second["received_at"]
    assert first["event_id"] != second["event_id"]
    assert first["fingerprint"] != second["fingerprint"]


def test_records_that_only_set_base_fields_are_told_in_the_answer() -> None:
    lake = endpoint()
    answer = lake.post("/v1/events", b'[{"bn":"d/"},{"n":"x","v":1},{"n":"y"}]', source="meters")
    assert answer.body == {"success": True, "accepted": 2, "quarantined": 1, "skipped": 1}


def test_what_another_member_tells_apart_is_two_events() -> None:
    lake = endpoint()
    publish = publisher(lake)
    messages = [{"type": kind, "value": 1, "ts": 1795300000} for kind in ("a", "b", "a")]
    publish("dt/acme/hq/dev1/env", json.dumps(messages))
    keys = [(row["event_id"], row["fingerprint"]) for row in lake.sink.rows("telemetry") if row["metric"] == "value"]
    assert keys[0] == keys[2] != keys[1]
