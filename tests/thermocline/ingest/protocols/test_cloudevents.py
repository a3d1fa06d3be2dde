"""CloudEvents, as CNCF's own library for Python writes them and as its specification allows."""

from __future__ import annotations

import base64
import datetime as dt
from typing import Any

import msgspec
import pytest
from cloudevents.core.bindings.http import to_binary_event, to_structured_event
from cloudevents.core.v1.event import CloudEvent
from hypothesis import given
from hypothesis import strategies as st

from thermocline.errors import RequestError
from thermocline.events.batch import Batch, Event, Refused
from thermocline.ingest.protocols.cloudevents import BATCHED, STRUCTURED, is_cloudevents, parse_cloudevents

TIME = dt.datetime(2026, 11, 22, 12, 30, tzinfo=dt.UTC)
REQUIRED = {"id": "e1", "source": "/shop", "specversion": "1.0", "type": "com.example.order"}


def parse(body: bytes, headers: dict[str, str]) -> Batch:
    lower = {name.lower(): value for name, value in headers.items()}
    assert is_cloudevents(lower)
    batch = parse_cloudevents(body, lower)
    assert (batch.protocol, batch.stream) == ("cloudevents", "clickstream")
    return batch


def only(batch: Batch) -> Event:
    (event,) = batch.events
    assert isinstance(event, Event), event
    return event


def structured(**attributes: Any) -> Event:
    return only(parse(msgspec.json.encode(REQUIRED | attributes), {"Content-Type": STRUCTURED}))


def binary(body: bytes, content_type: str | None = None, **attributes: str) -> Batch:
    headers = {f"ce-{name}": value for name, value in (REQUIRED | attributes).items()}
    return parse(body, headers | ({"content-type": content_type} if content_type else {}))


def refusal(batch: Batch) -> tuple[str, str]:
    (found,) = batch.events
    assert isinstance(found, Refused), found
    return found.reason, found.detail


def sent_by_the_library(data: object = None, **attributes: Any) -> list[Event]:
    """Return what is made of an event that the library sends in both modes."""
    event = CloudEvent(attributes=REQUIRED | attributes, data=data)  # type: ignore[arg-type]
    messages = [to_structured_event(event), to_binary_event(event)]
    return [only(parse(message.body, dict(message.headers))) for message in messages]


def test_the_librarys_events_are_the_same_in_both_modes() -> None:
    for event in sent_by_the_library(
        {"total": 19.99, "items": [1]},
        time=TIME,
        subject='order 7 € "é" 100%',
        dataschema="https://shop.example/order.json",
        datacontenttype="application/json",
        traceparent="00-0af7-b7ad-01",
    ):
        context, properties = event.columns.pop("context"), event.columns.pop("properties")
        assert event.columns == {"event_id": "e1", "event_type": "track", "event_name": "com.example.order"}
        assert msgspec.json.decode(properties) == {"total": 19.99, "items": [1]}
        assert msgspec.json.decode(context) == {
            "source": "/shop",
            "subject": 'order 7 € "é" 100%',
            "dataschema": "https://shop.example/order.json",
            "datacontenttype": "application/json",
            "traceparent": "00-0af7-b7ad-01",
        }
        assert msgspec.convert(event.time, dt.datetime) == TIME


# A header carries neither line breaks nor control characters, but the library percent-encodes them.
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_any_text_survives_a_header(text: str) -> None:
    for event in sent_by_the_library(subject=text):
        assert msgspec.json.decode(event.columns["context"])["subject"] == text


@pytest.mark.parametrize("data", [b"\x00\xff", b"%PDF"])
def test_the_librarys_bytes_are_kept(data: bytes) -> None:
    for event in sent_by_the_library(data, datacontenttype="application/octet-stream"):
        found = msgspec.json.decode(event.columns["properties"])
        kept = base64.b64decode(found["data_base64"]) if "data_base64" in found else found["data"].encode()
        assert kept == data


@pytest.mark.parametrize(
    ("data", "properties"),
    [
        (b'{"n": 1.50, "big": 123456789012345678901234567890}', '{"n": 1.50, "big": 123456789012345678901234567890}'),
        (b"[1.50,2]", '{"data":[1.50,2]}'),
        (b'"text"', '{"data":"text"}'),
        (b"7.0", '{"data":7.0}'),
        (b"false", '{"data":false}'),
        (b"null", None),
        (b"{}", None),
    ],
)
def test_data_that_is_no_object_becomes_a_member_of_one(data: bytes, properties: str | None) -> None:
    body = msgspec.json.encode(REQUIRED | {"data": msgspec.Raw(data)})
    assert only(parse(body, {"content-type": STRUCTURED})).columns["properties"] == properties
    for content_type in ("application/json; charset=utf-8", "application/vnd.shop+json", None):
        assert only(binary(data, content_type)).columns["properties"] == properties


@pytest.mark.parametrize(
    ("body", "content_type", "properties"),
    [
        (b"", None, None),
        (b"<a/>", "text/xml", '{"data":"<a/>"}'),
        (b"7", "text/plain", '{"data":"7"}'),
        (b"not json", None, '{"data":"not json"}'),
        (b"\xff\x00", "text/plain", '{"data_base64":"/wA="}'),
    ],
)
def test_binary_data_of_other_types(body: bytes, content_type: str | None, properties: str | None) -> None:
    assert only(binary(body, content_type)).columns["properties"] == properties


def test_data_base64_is_kept_as_it_is() -> None:
    assert structured(data_base64="AP8=").columns["properties"] == '{"data_base64":"AP8="}'


def test_extensions_keep_their_types_and_an_address_is_read() -> None:
    event = structured(sequence=7, sampled=True, empty=None, ip="203.0.113.77")
    expected = {"source": "/shop", "sequence": 7, "sampled": True, "ip": "203.0.113.77"}
    assert msgspec.json.decode(event.columns["context"]) == expected
    assert event.ip == "203.0.113.77"


@pytest.mark.parametrize(
    ("sent", "read"),
    [
        ("Euro%20%E2%82%AC%20%F0%9F%98%80", "Euro € 😀"),
        ("%e2%82%ac", "€"),
        ("100%", "100%"),
        ("%2541", "%41"),
        ('"quoted \\"word\\" %20"', 'quoted "word"  '),
        ('"', '"'),
    ],
)
def test_headers_are_unquoted_and_decoded_once(sent: str, read: str) -> None:
    assert msgspec.json.decode(only(binary(b"", subject=sent)).columns["context"])["subject"] == read


@pytest.mark.parametrize("sent", ["%FF", "caf%E9", "%C0%A0", "%ED%A0%80", "a%F0%9F%98"])
@pytest.mark.parametrize("name", ["id", "source", "type", "subject", "time"])
def test_what_is_percent_encoded_is_utf_8(name: str, sent: str) -> None:
    assert refusal(binary(b"{}", **{name: sent})) == ("invalid", f"ce-{name}: what is percent-encoded must be UTF-8")


@pytest.mark.parametrize("sent", ["100%", "a%2", "%zz", '"%"'])
def test_what_identifies_an_event_has_no_stray_percent_sign(sent: str) -> None:
    for name in ("id", "source"):
        assert refusal(binary(b"{}", **{name: sent})) == ("invalid", f"ce-{name}: a percent sign is written %25")


def test_a_refused_event_keeps_its_headers() -> None:
    batch = binary(b'{"a":1}', "application/json", subject="%FF")
    headers = {f"ce-{name}": value for name, value in (REQUIRED | {"subject": "%FF"}).items()}
    assert batch.context == {"mode": "binary", "headers": headers | {"content-type": "application/json"}}
    (refused,) = batch.events
    assert isinstance(refused, Refused)
    assert (refused.event_id, refused.time) == ("e1", None)
    assert parse(b"[]", {"content-type": BATCHED}).context == {"mode": "batched"}


@pytest.mark.parametrize("name", REQUIRED)
@pytest.mark.parametrize("value", ["", None])
def test_a_required_attribute_that_is_missing_is_named(name: str, value: str | None) -> None:
    attributes = {key: found for key, found in (REQUIRED | {name: value}).items() if found is not None}
    detail = ("invalid", f"{name}: is required")
    assert refusal(parse(msgspec.json.encode(attributes), {"content-type": STRUCTURED})) == detail
    assert refusal(parse(b"{}", {f"ce-{key}": found for key, found in attributes.items()})) == detail


def test_all_that_is_missing_is_named_at_once() -> None:
    assert refusal(parse(b'{"type":"t"}', {"content-type": STRUCTURED})) == (
        "invalid",
        "id: is required; source: is required; specversion: is required",
    )


@pytest.mark.parametrize(
    ("event", "reason"),
    [
        (REQUIRED | {"specversion": "0.3"}, "unsupported"),
        (REQUIRED | {"data": 1, "data_base64": "AA=="}, "invalid"),
        (REQUIRED | {"id": 7}, "invalid"),
        (REQUIRED | {"time": 7}, "invalid"),
        (7, "invalid"),
        ([], "invalid"),
    ],
)
def test_a_bad_event_of_a_batch_is_refused_alone(event: object, reason: str) -> None:
    first, bad, last = parse(msgspec.json.encode([REQUIRED, event, REQUIRED]), {"content-type": BATCHED}).events
    assert isinstance(first, Event)
    assert isinstance(last, Event)
    assert isinstance(bad, Refused)
    assert (bad.reason, bad.raw) == (reason, msgspec.json.encode(event))


def test_broken_json_is_refused() -> None:
    assert refusal(parse(b'{"id":', {"content-type": STRUCTURED}))[0] == "malformed"
    assert refusal(parse(b'{"id":"\xff"}', {"content-type": STRUCTURED}))[0] == "malformed"
    assert refusal(binary(b"{", "application/json"))[0] == "malformed"
    assert refusal(binary(b'"\xff"', "application/json"))[0] == "malformed"


@pytest.mark.parametrize(
    ("body", "content_type", "status", "code"),
    [
        (b" ", STRUCTURED, 400, "empty_body"),
        (b"{}", BATCHED, 400, "malformed_json"),
        (b"[{]", BATCHED, 400, "malformed_json"),
        (b"", BATCHED, 400, "malformed_json"),
        (b"Obj", "application/cloudevents+avro", 415, "unsupported_media_type"),
    ],
)
def test_a_body_without_events_is_refused_as_a_whole(body: bytes, content_type: str, status: int, code: str) -> None:
    with pytest.raises(RequestError) as caught:
        parse(body, {"content-type": content_type})
    assert (caught.value.status, caught.value.code) == (status, code)


def test_an_empty_batch_is_allowed() -> None:
    assert parse(b"[]", {"content-type": BATCHED}).events == []


@pytest.mark.parametrize("headers", [{}, {"content-type": "application/json"}, {"ce-other": "x"}])
def test_other_requests_carry_no_cloudevents(headers: dict[str, str]) -> None:
    assert not is_cloudevents(headers)
