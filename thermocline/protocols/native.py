"""Thermocline's own form of a click event, ``POST /v1/events``: members are named after the contract's columns."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import msgspec

from thermocline.events.batch import Batch, Event, Refused
from thermocline.protocols.json_body import JSON_ERRORS, refused, split_body
from thermocline.protocols.open_json import EMPTY, client_address, text_of, without_member


class _ClickEvent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    event_id: str | None = None
    event_type: str = "track"
    event_name: str | None = None
    event_time: str | int | float | None = None
    sent_at: str | int | float | None = None
    user_id: str | None = None
    anonymous_id: str | None = None
    previous_id: str | None = None
    group_id: str | None = None
    session_id: str | None = None
    page_url: str | None = None
    page_path: str | None = None
    page_title: str | None = None
    page_referrer: str | None = None
    campaign_source: str | None = None
    campaign_medium: str | None = None
    campaign_name: str | None = None
    campaign_term: str | None = None
    campaign_content: str | None = None
    revenue: Decimal | None = None
    currency: str | None = None
    locale: str | None = None
    timezone: str | None = None
    user_agent: str | None = None
    ip: str | None = None
    library_name: str | None = None
    library_version: str | None = None
    properties: msgspec.Raw = EMPTY
    traits: msgspec.Raw = EMPTY
    context: msgspec.Raw = EMPTY


_NOT_COLUMNS = {"event_time", "sent_at", "ip", "user_agent", "properties", "traits", "context"}
_AS_GIVEN = tuple(name for name in _ClickEvent.__struct_fields__ if name not in _NOT_COLUMNS)
_decode = msgspec.json.Decoder(_ClickEvent).decode


def parse_events(body: bytes) -> Batch:
    """Read a JSON object, an array, or NDJSON of click events (see `split_body` for errors)."""
    events = [_parse_event(raw) for raw in split_body(body)]
    return Batch(protocol="native", stream="clickstream", events=events)


def _parse_event(raw: bytes) -> Event | Refused:
    try:
        found = _decode(raw)
        columns = _columns(found)
    except JSON_ERRORS as error:
        return Refused.because(refused(error), raw)
    return Event(
        columns=columns,
        raw=raw,
        identity=_without_sending_time(raw) if found.sent_at is not None else raw,
        time=found.event_time,
        sent_at=found.sent_at,
        ip=found.ip or client_address(found.context),
        user_agent=found.user_agent,
    )


def _columns(found: _ClickEvent) -> dict[str, Any]:
    return {name: getattr(found, name) for name in _AS_GIVEN} | {
        "properties": text_of(found.properties),
        "traits": text_of(found.traits),
        "context": text_of(found.context),
    }


def _without_sending_time(raw: bytes) -> bytes:
    return bytes(without_member(msgspec.Raw(raw), "sent_at"))
