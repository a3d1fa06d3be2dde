"""Thermocline's own form of a click event, ``POST /v1/events``: members are named after the contract's columns."""

from __future__ import annotations

from typing import Any

import msgspec

from thermocline.errors import RefusedEvent
from thermocline.events.batch import Batch, Event, Refused
from thermocline.ingest.identity import identity_of
from thermocline.ingest.protocols.amounts import amount_of
from thermocline.ingest.protocols.declaration import Protocol
from thermocline.ingest.protocols.json_body import JSON_ERRORS, refused, split_body
from thermocline.ingest.protocols.open_json import EMPTY, client_address, reader_of, scalar_of, text_of

CHANGED_ON_RETRY = frozenset({"sent_at"})


class _ClickEvent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    event_id: str | None = None
    event_type: str = "track"
    event_name: str | None = None
    event_time: str | int | float | None = None
    sent_at: msgspec.Raw = EMPTY
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
    revenue: msgspec.Raw = EMPTY
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


class _Envelope(msgspec.Struct, frozen=True):
    event_id: str | None = None
    event_time: str | int | float | None = None
    sent_at: str | int | float | None = None


_NOT_COLUMNS = {"event_time", "sent_at", "revenue", "ip", "user_agent", "properties", "traits", "context"}
_NO_AMOUNT = (EMPTY, msgspec.Raw(b"null"))
_AS_GIVEN = tuple(name for name in _ClickEvent.__struct_fields__ if name not in _NOT_COLUMNS)
_decode = msgspec.json.Decoder(_ClickEvent).decode
_read_envelope = reader_of(_Envelope)


def parse_events(body: bytes) -> Batch:
    """Read a JSON object, an array, or NDJSON of click events (see `split_body` for errors)."""
    events = [_parse_event(raw) for raw in split_body(body)]
    return Batch(protocol="native", stream="clickstream", events=events, changed_on_retry=CHANGED_ON_RETRY)


def _parse_event(raw: bytes) -> Event | Refused:
    try:
        found = _decode(raw)
        columns = _columns(found)
    except JSON_ERRORS as error:
        return _refused(refused(error), raw)
    except RefusedEvent as error:
        return _refused(error, raw)
    return Event(
        columns=columns,
        raw=raw,
        identity=raw,
        time=found.event_time,
        sent_at=scalar_of(found.sent_at),
        ip=found.ip or client_address(found.context),
        user_agent=found.user_agent,
    )


def _columns(found: _ClickEvent) -> dict[str, Any]:
    columns = {name: getattr(found, name) for name in _AS_GIVEN} | {
        "properties": text_of(found.properties),
        "traits": text_of(found.traits),
        "context": text_of(found.context),
    }
    if found.revenue not in _NO_AMOUNT:
        columns["revenue"] = amount_of(found.revenue)
        if columns["revenue"] is None:
            raise RefusedEvent("invalid", "revenue: is no amount of at most 29 digits before the point, e.g. 19.99")
    return columns


def _refused(error: RefusedEvent, raw: bytes) -> Refused:
    known = _read_envelope(msgspec.Raw(raw))
    return Refused.because(
        error,
        raw,
        event_id=known.event_id,
        identity=identity_of(raw, CHANGED_ON_RETRY),
        time=known.event_time,
        sent_at=known.sent_at,
    )


PROTOCOLS = (Protocol(reads="clickstream", parse=lambda body, _post: parse_events(body)),)
