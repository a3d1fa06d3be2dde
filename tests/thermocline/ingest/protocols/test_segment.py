from __future__ import annotations

from decimal import Decimal
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.events import sample
from thermocline.errors import RequestError
from thermocline.events.batch import Event, Refused
from thermocline.ingest.http.caps import capped
from thermocline.ingest.identity import identity_of
from thermocline.ingest.protocols.segment import CALLS, parse_batch, parse_single, write_key_in_body


def single(call: str = "track", **members: Any) -> Event:
    (event,) = parse_single(msgspec.json.encode(members), call).events
    assert isinstance(event, Event), event
    return event


def columns(**members: Any) -> dict[str, Any]:
    return single(**members).columns


def given_columns(event: Event) -> dict[str, Any]:
    return {name: value for name, value in event.columns.items() if value is not None}


def test_a_server_sdks_batch() -> None:
    batch = parse_batch(sample("segment_batch.json"))
    assert (batch.protocol, batch.stream) == ("segment", "clickstream")
    track, page = batch.events
    assert isinstance(track, Event)
    assert given_columns(track) == {
        "event_id": "34bb56cb-0000-4000-8000-000000000001",
        "event_type": "track",
        "event_name": "Order Completed",
        "user_id": "u1",
        "revenue": Decimal("19.99"),
        "currency": "EUR",
        "library_name": "analytics-python",
        "library_version": "2.4.0",
        "properties": '{"total": 19.99, "currency": "EUR", "orderId": 98765432109876543210}',
    }
    assert (track.time, track.sent_at) == ("2026-11-22T12:30:00.250+00:00", "2026-11-22T12:30:02Z")
    assert isinstance(page, Event)
    assert (page.columns["event_type"], page.columns["event_name"]) == ("page", "Home")
    assert page.columns["page_url"] == "https://Shop.example/start?q=1"
    assert page.columns["campaign_term"] == "lake"
    assert (page.columns["locale"], page.columns["timezone"]) == ("de-DE", "Europe/Berlin")
    assert page.ip == "203.0.113.77"
    assert page.user_agent is not None
    assert page.user_agent.startswith("Mozilla/")


@pytest.mark.parametrize("call", CALLS)
def test_the_path_names_the_type_of_a_single_call(call: str) -> None:
    found = single(call, event="Seen", name="Start", previousId="old", groupId=7, userId=2**60, anonymousId="a")
    assert found.columns["event_type"] == call
    assert found.columns["event_name"] == ("Seen" if call == "track" else "Start")
    assert (found.columns["previous_id"], found.columns["group_id"]) == ("old", "7")
    assert (found.columns["user_id"], found.columns["anonymous_id"]) == (str(2**60), "a")


@pytest.mark.parametrize("call", CALLS)
def test_the_type_in_a_batch_is_the_events_own(call: str) -> None:
    (event,) = parse_batch(msgspec.json.encode({"batch": [{"type": call, "traits": {"plan": "free"}}]})).events
    assert isinstance(event, Event)
    assert (event.columns["event_type"], event.columns["traits"]) == (call, '{"plan":"free"}')


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (b'{"type":"track","messageId":{}}', "invalid"),
        (b"7", "invalid"),
        (b"null", "invalid"),
        (b'{"userId":"\xff"}', "malformed"),
        (b'{"properties":{"a":"\xff"}}', "malformed"),
        (b'{"context":{"\xff":1}}', "malformed"),
    ],
)
def test_one_bad_event_between_good_ones_is_refused_alone(bad: bytes, reason: str) -> None:
    good = b'{"type":"track","event":"E"}'
    first, refused, last = parse_batch(b'{"batch":[' + b",".join([good, bad, good]) + b"]}").events
    assert isinstance(first, Event)
    assert isinstance(last, Event)
    assert isinstance(refused, Refused)
    assert (refused.raw, refused.reason) == (bad, reason)


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"{}", b'{"batch":{}}', b'{"batch":[{]}', b"[" * 100_000])
def test_a_body_that_is_no_batch_is_refused_as_a_whole(body: bytes) -> None:
    with pytest.raises(RequestError) as caught:
        parse_batch(body)
    assert (caught.value.status, caught.value.code) == (400, "malformed_json")


def test_numbers_in_properties_are_kept_to_the_letter() -> None:
    text = '{"big": 123456789012345678901234567890, "long": 0.1000000000000000055511151231257827, "e": 1E400}'
    (event,) = parse_single(b'{"properties":' + text.encode() + b"}", "track").events
    assert isinstance(event, Event)
    assert event.columns["properties"] == text


def test_the_address_is_read_and_the_rest_of_the_context_handed_on_to_the_letter() -> None:
    context = b'{"a": 1.10, "ip" : "203.0.113.77", "b":{"c": [1, 2 ]}}'
    (event,) = parse_single(b'{"context":' + context + b"}", "track").events
    assert isinstance(event, Event)
    assert event.columns["context"] == '{"a":1.10,"b":{"c": [1, 2 ]}}'
    assert event.ip == "203.0.113.77"


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
known_names = st.sampled_from(["revenue", "total", "currency", "url", "page", "campaign", "library", "ip", "userAgent"])


@given(json_values | st.dictionaries(known_names, json_values), json_values | st.dictionaries(known_names, json_values))
def test_strange_properties_and_contexts_do_not_refuse_an_event(properties: Any, context: Any) -> None:
    body = msgspec.json.encode({"event": "E", "properties": properties, "context": context, "traits": properties})
    (event,) = parse_single(body, "track").events
    assert isinstance(event, Event), event
    kept = event.columns["properties"]
    assert (msgspec.json.decode(kept) if kept else kept) == (
        properties or (None if properties in (None, [], {}) else properties)
    )


@pytest.mark.parametrize(
    ("properties", "revenue"),
    [
        ({"revenue": 5, "total": 7}, "5"),
        ({"total": 7}, "7"),
        ({"revenue": 0, "total": 7}, "0"),
        ({"revenue": 0.1 + 0.2}, "0.300000000"),
        ({"revenue": "19.99"}, "19.99"),
        ({"revenue": "much", "total": 7}, None),
        ({"revenue": "NaN"}, None),
        ({"revenue": "sNaN"}, None),
        ({"revenue": "-Infinity"}, None),
        ({"revenue": 1e300}, None),
        ({}, None),
    ],
)
def test_revenue_is_what_the_contract_can_hold(properties: dict[str, Any], revenue: str | None) -> None:
    found = columns(properties=properties).get("revenue")
    assert found == (None if revenue is None else Decimal(revenue))


def test_another_sending_time_does_not_make_it_another_event() -> None:
    once = identity(event="E", sentAt="2026-11-22T12:00:00Z", messageId="m")
    again = identity(event="E", sentAt="2026-11-22T12:05:00Z", messageId="m")
    assert once == again
    assert once != identity(event="F", sentAt="2026-11-22T12:00:00Z", messageId="m")


def identity(**members: Any) -> bytes:
    (event,) = capped(parse_single(msgspec.json.encode(members), "track")).events
    assert isinstance(event, Event)
    return event.identity


def test_a_given_timestamp_goes_before_the_original_one_and_is_then_exact() -> None:
    both = single(timestamp="b", originalTimestamp="a")
    assert (both.time, both.time_is_exact) == ("b", True)
    assert (single(timestamp="b").time, single(timestamp="b").time_is_exact) == ("b", False)
    assert (single(originalTimestamp="a").time, single(originalTimestamp="a").time_is_exact) == ("a", False)


def test_a_refused_call_keeps_what_could_be_read_of_it() -> None:
    bad = {"type": "track", "event": 7, "messageId": "m", "timestamp": "t", "sentAt": "s"}
    batch = parse_batch(msgspec.json.encode({"batch": [bad], "sentAt": "2026-11-22T12:00:00Z"}))
    (refused,) = batch.events
    assert isinstance(refused, Refused)
    assert (refused.event_id, refused.time, refused.sent_at) == ("m", "t", "2026-11-22T12:00:00Z")
    assert refused.identity == identity_of(msgspec.json.encode(bad), {"sentAt"})
    assert batch.context == {"call": "batch", "sent_at": "2026-11-22T12:00:00Z"}
    assert parse_single(b"{}", "page").context == {"call": "page"}


def test_the_write_key_of_a_browser_is_in_the_body() -> None:
    assert write_key_in_body(b'{"batch":[],"writeKey":"shop.abc"}') == "shop.abc"
    assert [write_key_in_body(body) for body in (b"", b"[]", b'{"writeKey":1}', b'{"writeKey":"\xff"}')] == [None] * 4
