from __future__ import annotations

import base64
from collections.abc import Mapping

import msgspec
import pytest

from tests.thermocline.contracts.changes import column, replace
from tests.thermocline.contracts.tables import table
from thermocline.contracts import Contract
from thermocline.events.batch import Event, Refused
from thermocline.ingest.http.caps import capped
from thermocline.ingest.protocols.cloud_rows import parse_cloud_rows
from thermocline.ingest.protocols.cloudevents import BATCHED, STRUCTURED
from thermocline.ingest.protocols.rows import parse_rows

PLAIN = table(column("id", "bigint"), column("placed_at", "timestamp", classification="internal"))
NAMED = replace(PLAIN, identity=("id",), event_time="placed_at")
LAX = replace(PLAIN, unknown_members="drop")
DATA = b'{"id":7,"placed_at":"2026-11-26T11:00:00Z"}'
EVENT = {"specversion": "1.0", "id": "e1", "source": "/crm", "type": "order", "time": "2026-11-26T12:00:00Z"}


def structured(**members: object) -> bytes:
    return msgspec.json.encode(EVENT | members)


def read(body: bytes, contract: Contract, headers: Mapping[str, str]) -> list[Event | Refused]:
    batch = parse_cloud_rows(body, headers=headers, contract=contract)
    assert (batch.protocol, batch.stream) == ("cloudevents", "orders")
    return capped(batch).events


def one(body: bytes, contract: Contract = PLAIN, headers: Mapping[str, str] | None = None) -> Event:
    (event,) = read(body, contract, headers or {"content-type": STRUCTURED})
    assert isinstance(event, Event), event
    return event


def bad(body: bytes, contract: Contract = PLAIN) -> Refused:
    (refused,) = read(body, contract, {"content-type": STRUCTURED})
    assert isinstance(refused, Refused), refused
    return refused


def test_the_data_are_the_row_and_the_event_says_whose_and_when() -> None:
    event = one(structured(data=msgspec.Raw(DATA)), LAX)
    assert (event.columns["id"], event.columns["event_id"], event.time) == (7, "e1", "2026-11-26T12:00:00Z")
    assert "extra" not in event.columns


def test_columns_of_the_contract_go_before_the_events_attributes() -> None:
    event, row = one(structured(data=msgspec.Raw(DATA)), NAMED), parse_rows(DATA, contract=NAMED).events[0]
    assert isinstance(row, Event)
    assert (event.columns["event_id"], event.time) == (row.columns["event_id"], "2026-11-26T11:00:00+00:00")


@pytest.mark.parametrize(
    ("contract", "kept"), [(PLAIN, {"source", "type", "region"}), (NAMED, {"source", "type", "region", "id", "time"})]
)
def test_other_attributes_are_kept_beside_unknown_members(contract: Contract, kept: set[str]) -> None:
    event = one(structured(region="eu", datacontenttype="application/json", data={"id": 1, "n": 2}), contract)
    extra = msgspec.json.decode(event.columns["extra"])
    assert extra == {"cloudevent": {name: (EVENT | {"region": "eu"})[name] for name in kept}, "n": 2}


def test_a_member_named_as_the_attributes_takes_nothing_away() -> None:
    extra = msgspec.json.decode(one(structured(data={"cloudevent": 1, "cloudevent_": 2})).columns["extra"])
    assert extra == {"cloudevent__": {"source": "/crm", "type": "order"}, "cloudevent": 1, "cloudevent_": 2}


def test_every_mode_makes_the_same_row() -> None:
    body = structured(data=msgspec.Raw(DATA))
    headers = {f"ce-{name}": value for name, value in EVENT.items()}
    for events in (
        read(b"[%s]" % body, LAX, {"content-type": BATCHED}),
        read(DATA, LAX, headers | {"content-type": "application/json"}),
        read(DATA, LAX, headers),
        [one(structured(data_base64=base64.b64encode(DATA).decode()), LAX)],
    ):
        (event,) = events
        assert isinstance(event, Event)
        assert (event.columns, event.time) == (one(body, LAX).columns, "2026-11-26T12:00:00Z")


@pytest.mark.parametrize(
    ("members", "reason", "detail"),
    [
        ({"data": [1]}, "invalid", "data: must be a JSON object, the row"),
        ({"data": "id"}, "invalid", "data: must be a JSON object, the row"),
        ({}, "invalid", "data: must be a JSON object, the row"),
        ({"data_base64": "?"}, "invalid", "data_base64: is not base64"),
        ({"data": {"id": "7"}}, "invalid", "id: must be a number"),
        ({"data": {"id": 7}, "type": None}, "invalid", "type: is required"),
    ],
)
def test_a_bad_event_keeps_its_id_and_time(members: dict[str, object], reason: str, detail: str) -> None:
    refused = bad(structured(**members))
    assert (refused.reason, refused.detail) == (reason, detail)
    assert (refused.event_id, refused.time) == ("e1", "2026-11-26T12:00:00Z")


def test_a_bad_row_keeps_the_identity_of_its_columns() -> None:
    refused = bad(structured(data={"id": 7, "placed_at": "soon"}), NAMED)
    assert (refused.event_id, refused.time) == (one(structured(data={"id": 7}), NAMED).columns["event_id"], None)


def test_tracing_does_not_make_it_another_row() -> None:
    once, again = one(structured(data={}, traceparent="a")), one(structured(data={}, traceparent="b"))
    assert once.identity == again.identity
