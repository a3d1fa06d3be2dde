"""Fields as each client's own server keeps them: Segment's, RudderStack's, old and new (ADR 0023)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import msgspec
import pytest

from tests.thermocline.ingest.test_use_case import Endpoint, endpoint
from thermocline.sources import Source

NODE = {
    "channel": "server",
    "originalTimestamp": "2026-11-22T12:34:00.000Z",
    "sentAt": "2026-11-22T12:34:01.000Z",
    "_metadata": {"nodeVersion": "24.1.0"},
    "context": {"library": {"name": "analytics-node", "version": "3.0.13"}},
    "userId": "u1",
}
BROWSER = {
    "channel": "web",
    "originalTimestamp": "2026-11-22T12:34:00.000Z",
    "anonymousId": "a1",
    "context": {
        "traits": {"email": "a@shop.example"},
        "sessionId": 1795346509393,
        "library": {"name": "RudderLabs JavaScript SDK", "version": "3.34.1"},
    },
    "event": None,
    "properties": None,
}


def row(event: dict[str, Any], lake: Endpoint | None = None, **options: Any) -> dict[str, Any]:
    lake = lake or endpoint()
    body = {"batch": [event], "sentAt": "2026-11-22T12:34:01.000Z"}
    answer = lake.post("/v1/batch", msgspec.json.encode(body), **options)
    assert answer.body == {"success": True, "accepted": 1, "quarantined": 0}, lake.sink.rows("quarantine")
    (found,) = lake.sink.rows("clickstream")
    return found


def context(found: dict[str, Any]) -> Any:
    return msgspec.json.decode(found["context"])


def test_rudderstacks_node_client_keeps_the_users_time_in_timestamp() -> None:
    found = row(NODE | {"type": "track", "event": "E", "timestamp": "2026-11-20T08:00:00.000Z"})
    assert found["event_time"] == found["original_time"] == "2026-11-20T08:00:00Z"
    assert found["sent_at"] == "2026-11-22T12:34:01Z"


def test_rudderstacks_node_client_without_a_time_is_corrected() -> None:
    found = row(NODE | {"type": "track", "event": "E"})
    assert found["original_time"] == "2026-11-22T12:34:00Z"
    assert found["event_time"] == "2026-11-22T12:34:55.789012Z"  # a second before it was received


@pytest.mark.parametrize(
    ("library", "channel", "exact"),
    [
        ("analytics-python", None, False),  # Segment's
        ("analytics-python", "server", True),  # RudderStack's, under the same name
        ("analytics-android", "mobile", False),  # Segment's
        ("com.rudderstack.android.sdk.core", "mobile", True),
        ("rudder-ios-library", "mobile", True),
        ("RudderLabs JavaScript SDK", "web", True),
        ("analytics.js", None, False),
    ],
)
def test_a_given_timestamp_alone(library: str, channel: str | None, exact: bool) -> None:
    event = {
        "type": "track",
        "event": "E",
        "timestamp": "2026-11-22T12:00:00Z",
        "context": {"library": {"name": library}},
    }
    found = row(event | ({"channel": channel} if channel else {}))
    assert found["event_time"] == ("2026-11-22T12:00:00Z" if exact else "2026-11-22T12:00:55.789012Z")


def test_a_message_that_segment_forwards_has_its_time_already() -> None:
    times = {"originalTimestamp": "2026-11-22T09:00:05Z", "sentAt": "2026-11-22T09:00:06Z"}
    found = row({"type": "track", "timestamp": "2026-11-22T10:00:00Z", "receivedAt": "2026-11-22T10:00:01Z"} | times)
    assert found["event_time"] == "2026-11-22T10:00:00Z"


@pytest.mark.parametrize("call", ["identify", "group", "track", "page", "alias"])
def test_traits_of_the_context_are_traits(call: str) -> None:
    found = row(BROWSER | {"type": call, "userId": "u1", "previousId": "a1", "groupId": "g1"})
    assert found["traits"] == '{"email":"a@shop.example"}'
    assert "traits" not in context(found)
    assert "a@shop.example" not in found["context"]
    assert (found["session_id"], found["library_name"]) == ("1795346509393", "RudderLabs JavaScript SDK")


def test_traits_at_the_root_count_before_those_of_the_context() -> None:
    found = row(BROWSER | {"type": "identify", "traits": {"email": "b@shop.example", "plan": "free"}, "userId": "u1"})
    assert msgspec.json.decode(found["traits"]) == {"email": "b@shop.example", "plan": "free"}
    assert "traits" not in context(found)
    only = row(BROWSER | {"type": "identify", "traits": {"plan": "free"}, "userId": "u1"})
    assert msgspec.json.decode(only["traits"]) == {"email": "a@shop.example", "plan": "free"}


def test_user_properties_of_an_identify_call_are_traits() -> None:
    user = {"type": "identify", "userId": "u1", "userProperties": {"email": "c@shop.example", "vip": True}}
    found = row(BROWSER | user | {"traits": {"plan": "free"}})
    assert msgspec.json.decode(found["traits"]) == {"email": "a@shop.example", "vip": True, "plan": "free"}
    assert context(found).keys().isdisjoint({"traits", "userProperties"})
    assert row(user)["traits"] == '{"email":"c@shop.example","vip":true}'
    strange = row(BROWSER | user | {"userProperties": [1], "traits": "x"})
    assert (strange["traits"], context(strange)["userProperties"]) == ('"x"', [1])
    assert context(strange)["traits"] == {"email": "a@shop.example"}


def test_a_groups_traits_are_the_groups() -> None:
    found = row(BROWSER | {"type": "group", "groupId": "g", "traits": {"industry": "lakes"}})
    assert msgspec.json.decode(found["traits"]) == {"industry": "lakes"}
    assert context(found)["traits"] == {"email": "a@shop.example"}


@pytest.mark.parametrize("call", ["identify", "track", "page", "group"])
@pytest.mark.parametrize("traits", [{}, {"traits": {"plan": "free"}}])
@pytest.mark.parametrize("spelt", ["traits", "\\u0074raits"])
def test_a_source_with_pseudonyms_keeps_no_traits_anywhere(call: str, traits: dict[str, Any], spelt: str) -> None:
    lake = endpoint()
    lake.ingest._sources = {"shop": Source(stream="clickstream", pseudonymise=True)}
    event = msgspec.json.encode(BROWSER | {"type": call, "groupId": "g"} | traits).replace(
        b'"traits":{"email', b'"%s":{"email' % spelt.encode()
    )
    lake.post("/v1/batch", b'{"batch":[%s]}' % event)
    (found,) = lake.sink.rows("clickstream")
    assert "a@shop.example" not in str(found)
    assert "traits" not in found
    assert context(found)["channel"] == "web"


@pytest.mark.parametrize("call", ["page", "screen"])
@pytest.mark.parametrize(
    ("properties", "expected"),
    [
        ({}, {"category": "Docs"}),
        (None, {"category": "Docs"}),
        ({"a": 1.50}, {"a": 1.5, "category": "Docs"}),
        ({"category": "Docs", "a": 1}, {"category": "Docs", "a": 1}),
        ({"category": "Other"}, {"category": "Docs"}),
    ],
)
def test_the_category_of_a_page_is_a_property(call: str, properties: Any, expected: Any) -> None:
    found = row({"type": call, "name": "Home", "category": "Docs", "properties": properties})
    assert msgspec.json.decode(found["properties"]) == expected
    assert found["event_name"] == "Home"


def test_a_category_elsewhere_or_empty_is_none() -> None:
    for event in (
        {"type": "track", "event": "E", "category": "x"},
        {"type": "page", "category": ""},
        {"type": "page", "category": None},
    ):
        assert "properties" not in row(event)


@pytest.mark.parametrize(
    ("event", "name"),
    [
        ({"type": "screen", "event": "Home", "properties": {"name": "Home"}}, "Home"),
        ({"type": "screen", "event": "Home", "properties": {"a": 1}}, "Home"),
        ({"type": "screen", "event": "Home"}, "Home"),
        ({"type": "screen", "event": "Old", "properties": {"name": "Home"}}, "Home"),
        ({"type": "page", "properties": {"name": "Start"}}, "Start"),
        ({"type": "page", "name": "Root", "properties": {"name": "Start"}}, "Root"),
        ({"type": "track", "event": "E", "properties": {"name": "Start"}}, "E"),
    ],
)
def test_the_name_of_a_screen_is_where_its_client_puts_it(event: dict[str, Any], name: str) -> None:
    assert row(event)["event_name"] == name


def test_what_has_no_column_goes_into_the_context() -> None:
    found = row(NODE | {"type": "track", "event": "E", "userProperties": {"vip": True}})
    assert context(found) == {"channel": "server", "userProperties": {"vip": True}}
    assert context(row({"type": "track", "event": "E", "channel": "mobile"})) == {"channel": "mobile"}
    given = row(
        {"type": "track", "event": "E", "channel": "mobile", "context": {"channel": "own", "ip": "203.0.113.7"}}
    )
    assert context(given) == {"channel": "own"}


@pytest.mark.parametrize(
    ("members", "column", "value"),
    [
        ({"userId": 42}, "user_id", "42"),
        ({"userId": 42.0}, "user_id", "42"),
        ({"userId": 4.25}, "user_id", "4.25"),
        ({"userId": 2**70}, "user_id", str(2**70)),
        ({"sessionId": "s1"}, "anonymous_id", "s1"),
        ({"anonymousId": "a", "sessionId": "s1"}, "anonymous_id", "a"),
        ({"context": {"library": "analytics-ios/0.9"}}, "library_name", "analytics-ios/0.9"),
        ({"options": {"library": {"name": "old"}}}, "library_name", "old"),
        ({"options": {"traits": {"a": 1}}}, "traits", '{"a":1}'),
    ],
)
def test_older_clients(members: dict[str, Any], column: str, value: str) -> None:
    assert row({"type": "track", "event": "E"} | members)[column] == value


@pytest.mark.parametrize("sent", ["2026-11-26T3:04:05 PMZ", {}, [], True, "", 1e30])
def test_a_bad_sending_time_condemns_nothing(sent: object) -> None:
    lake = endpoint()
    events = [{"type": "track", "event": "E", "timestamp": "2026-11-22T12:00:00Z"}] * 2
    lake.post("/v1/batch", msgspec.json.encode({"batch": events, "sentAt": sent}))
    lake.post("/v1/track", msgspec.json.encode(events[0] | {"sentAt": sent}))
    lake.post("/v1/batch", msgspec.json.encode({"batch": [events[0] | {"sentAt": sent}]}))
    lake.post("/v1/events", msgspec.json.encode({"event_time": "2026-11-22T12:00:00Z", "sent_at": sent}))
    rows = lake.sink.rows("clickstream")
    assert [found["event_time"] for found in rows] == ["2026-11-22T12:00:00Z"] * 5
    assert not any("sent_at" in found for found in rows)


def test_a_bad_sending_time_of_a_batch_leaves_the_events_own() -> None:
    lake = endpoint()
    event = {"type": "track", "timestamp": "2026-11-22T12:00:00Z", "sentAt": "2026-11-22T12:00:05Z"}
    lake.post("/v1/batch", msgspec.json.encode({"batch": [event], "sentAt": "soon"}))
    (found,) = lake.sink.rows("clickstream")
    assert (found["sent_at"], found["event_time"]) == ("2026-11-22T12:00:05Z", "2026-11-22T12:34:51.789012Z")


def test_a_bad_time_is_a_bad_row_alone() -> None:
    lake = endpoint()
    times = ["2026-11-26T3:04:05 PMZ", "2026-11-22T12:00:00Z", "1722101230303Z"]
    lake.post("/v1/batch", msgspec.json.encode({"batch": [{"type": "track", "timestamp": time} for time in times]}))
    assert [found["event_time"] for found in lake.sink.rows("clickstream")] == ["2026-11-22T12:00:00Z"]
    assert [bad["detail"] for bad in lake.sink.rows("quarantine")] == ["event_time: is not a time"] * 2


@pytest.mark.parametrize(
    ("properties", "revenue"),
    [
        ({"revenue": 0, "total": 100}, "0"),
        ({"revenue": "$19.99", "total": 100}, None),
        ({"revenue": "1,234.50", "total": 100}, None),
        ({"revenue": "19,99", "total": 100}, None),
        ({"revenue": "1_000", "total": 100}, None),
        ({"revenue": "", "total": 100}, None),
        ({"revenue": {"amount": 5}, "total": 100}, None),
        ({"revenue": True, "total": 100}, None),
        ({"revenue": None, "total": 100}, "100"),
        ({"total": "100"}, "100"),
        ({"total": "1_00"}, None),
    ],
)
def test_an_unreadable_revenue_is_none_and_not_the_total(properties: dict[str, Any], revenue: str | None) -> None:
    found = row({"type": "track", "event": "E", "properties": properties}).get("revenue")
    assert (found and Decimal(found)) == (revenue and Decimal(revenue))


@pytest.mark.parametrize("revenue", ["1_000", "\uff15", " 5", "$5", "NaN", "Infinity", True, {}])
def test_an_unreadable_revenue_of_a_native_event_is_refused(revenue: object) -> None:
    lake = endpoint()
    lake.post("/v1/events", msgspec.json.encode({"event_id": "e", "revenue": revenue}))
    (bad,) = lake.sink.rows("quarantine")
    assert bad["detail"].startswith("revenue: is no amount")


def test_a_call_of_another_format_is_a_bad_row_and_not_an_empty_event() -> None:
    lake = endpoint()
    assert lake.post("/v1/track", b'{"event_name":"E"}').body["quarantined"] == 1
    assert lake.post("/v1/batch", b'{"batch":[{"resourceSpans":[]},{"type":"track"}]}').body["quarantined"] == 1


def test_the_context_of_a_batch_is_one_of_each_call() -> None:
    lake = endpoint()
    own = {"type": "track", "event": "E", "context": {"locale": "de-DE", "app": {"name": "own"}}}
    shared = {"library": {"name": "analytics-go"}, "locale": "en", "ip": "8.8.8.8", "app": {"name": "shared"}}
    lake.post("/v1/batch", msgspec.json.encode({"batch": [own, {"type": "page"}, 7], "context": shared}))
    first, second = lake.sink.rows("clickstream")
    assert (first["locale"], second["locale"]) == ("de-DE", "en")
    assert {first["library_name"], second["library_name"]} == {"analytics-go"}
    assert (context(first)["app"], context(second)["app"]) == ({"name": "own"}, {"name": "shared"})
    assert first["country_code"] == "US"
    assert "8.8.8.8" not in str([first, second, lake.sink.rows("quarantine")])


@pytest.mark.parametrize("shared", [b"null", b"7", b"[]", b"{}", b'"x"', b'{"a":1e999}'])
def test_a_strange_context_of_a_batch_is_passed_over(shared: bytes) -> None:
    lake = endpoint()
    lake.post("/v1/batch", b'{"batch":[{"type":"page"}],"context":%s}' % shared)
    assert len(lake.sink.rows("clickstream")) == 1


def test_a_context_of_a_batch_that_cannot_be_read_makes_bad_rows() -> None:
    lake = endpoint()
    assert lake.post("/v1/batch", b'{"batch":[{"type":"page"}],"context":{"a":"\xff"}}').body["quarantined"] == 1


@pytest.mark.parametrize("path", ["/v1/import", "/v1/import/"])
def test_segments_java_ruby_and_android_clients_post_to_import(path: str) -> None:
    lake = endpoint()
    answer = lake.post(path, msgspec.json.encode({"batch": [{"type": "track", "event": "E"}] * 2}))
    assert answer.body == {"success": True, "accepted": 2, "quarantined": 0}
