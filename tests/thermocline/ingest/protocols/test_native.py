from __future__ import annotations

from decimal import Decimal

import pytest

from thermocline.contracts import load_contracts
from thermocline.errors import RequestError
from thermocline.events.batch import Event, Refused
from thermocline.ingest.http.caps import capped
from thermocline.ingest.protocols.native import parse_events

CLICKSTREAM = load_contracts()["clickstream"]
EVENT = b'{"event_id":"e1","event_name":"Seen","revenue":12.340000001,"properties":{"n": 1.50}}'


def parse(body: bytes) -> list[Event | Refused]:
    batch = parse_events(body, contract=CLICKSTREAM)
    assert (batch.protocol, batch.stream) == ("native", "clickstream")
    return batch.events


def names(events: list[Event | Refused]) -> list[str | None]:
    return [event.columns["event_id"] if isinstance(event, Event) else None for event in events]


def test_an_event_has_its_columns() -> None:
    (event,) = parse(EVENT)
    assert isinstance(event, Event)
    assert (event.columns["event_type"], event.columns["revenue"]) == ("track", Decimal("12.340000001"))
    assert event.columns["properties"] == '{"n": 1.50}'
    assert (event.raw, event.identity) == (EVENT, EVENT)


@pytest.mark.parametrize(
    "body",
    [
        EVENT,
        b" \n" + EVENT + b"\r\n",
        EVENT.replace(b",", b",\n"),
        b"[" + EVENT + b"]",
    ],
)
def test_one_event_in_each_form(body: bytes) -> None:
    assert names(parse(body)) == ["e1"]


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (b'{"event_id":', "malformed"),
        (b"nonsense", "malformed"),
        (b'{"event_id":"\xff"}', "malformed"),
        (b'{"event_id":7}', "invalid"),
        (b'{"colour":"red"}', "invalid"),
        (b'{"revenue":"much"}', "invalid"),
        (b'{"properties":{"a":"\xff"}}', "malformed"),
        (EVENT + EVENT, "malformed"),
        # Deeper than any Python reads: from 3.13 on it gives up at some ten thousand levels.
        pytest.param(b'{"properties":' + b"[" * 400_000 + b"]" * 400_000 + b"}", "malformed", id="deep"),
    ],
)
def test_a_bad_line_between_good_ones_is_refused_alone(bad: bytes, reason: str) -> None:
    events = parse(b"\n".join([EVENT, bad, b"", EVENT]))
    assert names(events) == ["e1", None, "e1"]
    assert isinstance(events[1], Refused)
    assert (events[1].raw, events[1].reason) == (bad, reason)


def test_a_bad_element_of_an_array_is_refused_alone() -> None:
    assert names(parse(b"[" + EVENT + b',7,{"event_id":7},' + EVENT + b"]")) == ["e1", None, None, "e1"]
    assert parse(b"[]") == []


@pytest.mark.parametrize(
    ("body", "code"),
    [(b"", "empty_body"), (b" \n ", "empty_body"), (b"[{]", "malformed_json"), (b"[" + EVENT, "malformed_json")],
)
def test_a_body_whose_events_cannot_be_told_apart_is_refused(body: bytes, code: str) -> None:
    with pytest.raises(RequestError) as caught:
        parse(body)
    assert (caught.value.status, caught.value.code) == (400, code)


ACCEPTED = {
    *("event_id", "event_type", "event_name", "event_time", "sent_at"),
    *("user_id", "anonymous_id", "previous_id", "group_id", "session_id"),
    *("page_url", "page_path", "page_title", "page_referrer"),
    *("campaign_source", "campaign_medium", "campaign_name", "campaign_term", "campaign_content"),
    *("revenue", "currency", "locale", "timezone", "user_agent", "library_name", "library_version"),
    *("properties", "traits", "context"),
}


def test_the_members_are_the_columns_that_the_contract_leaves_to_the_producer() -> None:
    assert {column.name for column in CLICKSTREAM.produced} == ACCEPTED
    for column in CLICKSTREAM.columns:
        (event,) = parse(b'{"%s":null}' % column.name.encode())
        # An event without a type has the default; null is none.
        assert isinstance(event, Event) is (column.name in ACCEPTED - {"event_type"}), column.name


def test_the_address_is_no_column() -> None:
    (event,) = parse(b'{"ip":"203.0.113.77","user_agent":"Mozilla/5.0","context":{"a":1}}')
    assert isinstance(event, Event)
    assert (event.ip, event.user_agent, event.columns["context"]) == ("203.0.113.77", "Mozilla/5.0", '{"a":1}')
    assert "203.0.113.77" not in str(event.columns)


@pytest.mark.parametrize("name", ["ip", "$ip", "ip_address", "ipAddress", "client_ip", "clientIp"])
def test_the_address_may_be_in_the_context(name: str) -> None:
    (event,) = parse(b'{"context":{"%s":"203.0.113.77"}}' % name.encode())
    assert isinstance(event, Event)
    assert event.ip == "203.0.113.77"


def test_another_sending_time_does_not_make_it_another_event() -> None:
    once, again, other = read(b"[" + b",".join(b'{"sent_at":%d,"user_id":"%s"}' % pair for pair in PAIRS) + b"]")
    assert isinstance(once, Event)
    assert isinstance(again, Event)
    assert isinstance(other, Event)
    assert once.identity == again.identity != other.identity


def read(body: bytes) -> list[Event | Refused]:
    return capped(parse_events(body, contract=CLICKSTREAM)).events


def test_a_refused_event_keeps_what_could_be_read_of_it() -> None:
    (refused,) = parse(b'{"event_id":"e","event_time":1795346509393,"sent_at":"s","colour":"red"}')
    assert isinstance(refused, Refused)
    assert (refused.event_id, refused.time, refused.sent_at) == ("e", 1795346509393, "s")
    assert refused.identity == b'{"colour":"red","event_id":"e","event_time":1795346509393}'


PAIRS = [(1795346509393, b"u"), (1795346600000, b"u"), (1795346509393, b"v")]
