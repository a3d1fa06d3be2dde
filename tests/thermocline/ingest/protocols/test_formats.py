"""Requests in another format get an error that says where they belong, and bad events among ours stay bad rows."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from tests.thermocline.ingest.test_use_case import endpoint

FORM = "application/x-www-form-urlencoded"
FIREHOSE = {"requestId": "ed4a", "timestamp": 1795346509393, "records": [{"data": "eyJhIjoxfQ=="}]}
CLOUD_EVENT = {"id": "1", "source": "/s", "specversion": "1.0", "type": "t"}


def answer(
    body: object, content_type: str | None = "application/json", source: str | None = "shop", **headers: str
) -> tuple[int, str, str]:
    lake = endpoint()
    given = headers | ({"content-type": content_type} if content_type else {})
    sent = body if isinstance(body, bytes) else msgspec.json.encode(body)
    found = lake.post("/v1/events", sent, headers=given, source=source)
    assert (found.status == 200) == bool(lake.sink.records)
    return found.status, str(found.body.get("code", found.body.get("quarantined"))), str(found.body.get("message", ""))


@pytest.mark.parametrize("source", ["shop", "meters", "shop-db"])
@pytest.mark.parametrize(
    ("body", "advice"),
    [
        ({"resourceLogs": [{"scopeLogs": []}]}, "telemetry source"),
        ({"resourceSpans": []}, "telemetry source"),
        (b' {\n "resourceMetrics": [{"scopeMetrics": []}]}', "telemetry source"),
        ({"resource_metrics": []}, "telemetry source"),
    ],
)
def test_otlp_as_json(body: object, advice: str, source: str) -> None:
    status, code, message = answer(body, source=source)
    assert (status, code) == (400, "other_format")
    assert advice in message


@pytest.mark.parametrize("source", ["shop", "meters", "shop-db", None])
def test_a_delivery_of_firehose(source: str | None) -> None:
    headers = {"x-amz-firehose-protocol-version": "1.0", "x-amz-firehose-request-id": "ed4a"}
    assert answer(FIREHOSE, source=source, **headers)[:2] == (400, "other_format")


@pytest.mark.parametrize(
    ("body", "advice"),
    [
        (FIREHOSE, "NDJSON"),
        ({"batch": [{"type": "track"}], "sentAt": "x"}, "/v1/batch"),
        ({"type": "track", "event": "E", "userId": "u", "messageId": "m"}, "/v1/track"),
        ([{"type": "page", "anonymousId": "a"}, {"type": "track", "userId": "u"}], "/v1/batch"),
        ({"schema": "iglu:com.snowplowanalytics.snowplow/payload_data/jsonschema/1-0-4", "data": []}, "Snowplow"),
        ([{"event_type": "_page_view", "event_id": "e", "unique_id": "u", "app_id": "shop", "attributes": {}}], "AWS"),
        ({"api_key": "k", "event": "E", "distinct_id": "d"}, "PostHog"),
        ({"api_key": "k", "batch": []}, "PostHog"),
        ([{"event": "E", "distinct_id": "d", "properties": {}}], "PostHog"),
        (CLOUD_EVENT, "application/cloudevents+json"),
        ([CLOUD_EVENT], "application/cloudevents-batch+json"),
        ({"before": None, "after": {"id": 1}, "source": {"db": "d"}, "op": "c"}, "/v1/cdc/"),
        ({"schema": {"type": "struct"}, "payload": {"op": "c"}}, "/v1/cdc/"),
        ({"device_id": "d", "metrics": {"m": 1}}, "telemetry"),
        ([{"bn": "urn:dev:1", "n": "t", "v": 1}], "telemetry"),
        ({"Records": [{"s3": {}}]}, "AWS"),
    ],
)
def test_json_of_another_format_says_where_it_belongs(body: object, advice: str) -> None:
    status, code, message = answer(body)
    assert (status, code) == (400, "other_format")
    assert advice in message


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"\n\x8e\x01\n\x1e\n\x1c\n\x0cservice", "application/x-protobuf"),
        (b"\n{protobuf", "application/x-protobuf"),
        (b"\x81\xa5event\xa1E", "application/msgpack"),
        (b"\x81\xa5event\xa1E", "application/vnd.msgpack"),
        (b"\xa1\x65event\x61E", "application/cbor"),
        (b"event=E&user=u", FORM),
        (b"data=%7B%22event_name%22%3A%22E%22%7D", FORM),
        (b"%7B%22event_name%22%3A%22E%22%7D", FORM),
        (b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--x--\r\n', "multipart/form-data; boundary=x"),
        (b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--x--\r\n', None),
        (b"<event><name>E</name></event>", "application/xml"),
        (b"<event><name>E</name></event>", "application/json"),
        (b'<?xml version="1.0"?>\n<a/>', None),
        (b"name,user\nE,u\n", "text/csv"),
        (b"Obj\x01\x04\x14avro.codec", "application/octet-stream"),
        (b"Obj\x01\x04\x14avro.codec", "avro/binary"),
        (b"PAR1\x15\x04", None),
        (b"\x28\xb5\x2f\xfd\x24\x02", "application/x-ndjson"),
        (b"\x78\x9c\xab\x56", None),
        (b"BZh91AY", "application/octet-stream"),
        (b"PK\x03\x04", None),
    ],
)
@pytest.mark.parametrize("source", ["shop", "meters", "shop-db"])
def test_another_format_by_its_type_or_its_first_bytes(body: bytes, content_type: str | None, source: str) -> None:
    status, code, message = answer(body, content_type, source)
    assert (status, code) == (415, "unsupported_media_type")
    assert message.endswith("send JSON: an object, an array, or NDJSON.")


@pytest.mark.parametrize(
    "content_type", [None, "", FORM, "text/plain", "application/xml", "text/csv", "application/x-protobuf", "*/*"]
)
@pytest.mark.parametrize(
    "body", [b'{"event_name":"E"}', b'[{"event_name":"E"}]', b'{"event_name":"E"}\n{"event_name":"F"}']
)
def test_json_under_any_type_goes_on(body: bytes, content_type: str | None) -> None:
    assert answer(body, content_type)[:2] == (200, "0")


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b'{"event_name":"E"', FORM),
        (b'{"event_name":"E"', "application/json"),
        (b"nonsense", "application/json"),
        (b"nonsense", None),
        (b"\xff\xfe\x01", "application/octet-stream"),
        (b'{"event_id":"\xff"}', "application/octet-stream"),
        (b'{"event_name":"E","userId":"u"}', "application/json"),
        (b'{"colour":"red"}', "application/json"),
        (b"7", "application/json"),
        (b'{"event_id":7}\n{"messageId":"m"}', "application/x-ndjson"),
    ],
)
def test_what_may_be_a_bad_event_is_a_bad_row(body: bytes, content_type: str | None) -> None:
    assert answer(body, content_type)[0] == 200


@pytest.mark.parametrize("bad", [b"<a/>", b"event=E", b'{"batch":[]}', b'{"messageId":"m"}', b"\x78\x9c\xab"])
@pytest.mark.parametrize("content_type", ["application/x-ndjson", FORM, "text/csv"])
def test_among_good_events_it_is_a_bad_row(bad: bytes, content_type: str) -> None:
    for lines in ([bad, b'{"event_name":"E"}'], [b'{"event_name":"E"}', bad]):
        assert answer(b"\n".join(lines), content_type)[:2] == (200, "1")


def test_the_payload_of_bytes_that_are_no_text_is_kept_as_it_is() -> None:
    lake = endpoint()
    lake.post("/v1/events", b'{"event_id":"\xff"}', headers={"content-type": "application/octet-stream"})
    (row,) = lake.sink.rows("quarantine")
    assert (row["payload"], row["payload_encoding"]) == ("eyJldmVudF9pZCI6Iv8ifQ==", "base64")


def test_other_routes_are_as_they_were() -> None:
    lake = endpoint()
    assert lake.post("/topics/dt/a/b/c/d", b"event=E", source="meters", headers={"content-type": FORM}).status == 200
    headers: dict[str, Any] = {f"ce-{name}": value for name, value in CLOUD_EVENT.items()}
    assert lake.post("/v1/events", b"<a/>", headers=headers | {"content-type": "text/xml"}).body["quarantined"] == 0
