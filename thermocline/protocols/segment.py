"""Segment's HTTP tracking API, which RudderStack's SDKs speak too.

Source: https://segment.com/docs/connections/sources/catalog/libraries/server/http-api/
"""

from __future__ import annotations

from decimal import Context, Decimal, InvalidOperation
from typing import Any

import msgspec

from thermocline.events.batch import Batch, Event, Refused
from thermocline.protocols.caps import check_count
from thermocline.protocols.json_body import JSON_ERRORS, malformed, refused
from thermocline.protocols.open_json import EMPTY, client_address, reader_of, text_of, without_member

CALLS = ("track", "page", "screen", "identify", "group", "alias")
# Browser clients abbreviate the paths.
SHORT_PATHS = {call[0]: call for call in ("batch", *CALLS)}


class _Page(msgspec.Struct, frozen=True, gc=False):
    url: str | None = None
    path: str | None = None
    title: str | None = None
    referrer: str | None = None


class _Campaign(msgspec.Struct, frozen=True, gc=False):
    source: str | None = None
    medium: str | None = None
    name: str | None = None
    term: str | None = None
    content: str | None = None


class _Library(msgspec.Struct, frozen=True, gc=False):
    name: str | None = None
    version: str | None = None


class _Context(msgspec.Struct, frozen=True, gc=False, rename="camel"):
    page: _Page = _Page()
    campaign: _Campaign = _Campaign()
    library: _Library = _Library()
    locale: str | None = None
    timezone: str | None = None
    user_agent: str | None = None
    ip: str | None = None
    session_id: str | int | None = None


class _Properties(msgspec.Struct, frozen=True, gc=False):
    revenue: Decimal | None = None
    total: Decimal | None = None
    currency: str | None = None
    url: str | None = None
    path: str | None = None
    title: str | None = None
    referrer: str | None = None


class _Call(msgspec.Struct, frozen=True, gc=False, rename="camel"):
    type: str | None = None
    event: str | None = None
    name: str | None = None
    user_id: str | int | None = None
    anonymous_id: str | int | None = None
    previous_id: str | int | None = None
    group_id: str | int | None = None
    message_id: str | None = None
    timestamp: str | int | float | None = None
    original_timestamp: str | int | float | None = None
    sent_at: str | int | float | None = None
    properties: msgspec.Raw = EMPTY
    traits: msgspec.Raw = EMPTY
    context: msgspec.Raw = EMPTY


class _BatchBody(msgspec.Struct, frozen=True, gc=False, rename="camel"):
    batch: list[msgspec.Raw]
    sent_at: str | int | float | None = None
    write_key: str | None = None


class _WriteKey(msgspec.Struct, frozen=True, gc=False, rename="camel"):
    write_key: str | None = None


_NINE_DECIMALS = Decimal("1E-9")
_MONEY = Context(prec=38)

_read_context = reader_of(_Context)
_read_properties = reader_of(_Properties)
_decode_call = msgspec.json.Decoder(_Call).decode
_decode_batch = msgspec.json.Decoder(_BatchBody).decode


def parse_batch(body: bytes) -> Batch:
    """Read ``POST /v1/batch``.

    Raises
    ------
    RequestError
        The body is not an object with a ``batch`` array.
    """
    try:
        found = _decode_batch(body)
    except JSON_ERRORS as error:
        raise malformed(error) from error
    check_count(len(found.batch))
    events = [_parse_call(bytes(raw), sent_at=found.sent_at) for raw in found.batch]
    return _batch(events, {"sentAt": found.sent_at})


def parse_single(body: bytes, call: str) -> Batch:
    """Read ``POST /v1/<call>``, one event whose type is in the path."""
    return _batch([_parse_call(body, call=call)], {"call": call})


def write_key_in_body(body: bytes) -> str | None:
    """Return the ``writeKey`` member, where browsers put it, or None."""
    try:
        return msgspec.json.decode(body, type=_WriteKey).write_key
    except JSON_ERRORS:
        return None


def _batch(events: list[Event | Refused], context: dict[str, object]) -> Batch:
    return Batch(protocol="segment", stream="clickstream", events=events, context=context)


def _parse_call(raw: bytes, *, call: str | None = None, sent_at: object = None) -> Event | Refused:
    try:
        found = _decode_call(raw)
        context = _read_context(found.context)
        columns = _columns(found, context, call or found.type)
    except JSON_ERRORS as error:
        return Refused.because(refused(error), raw)
    return Event(
        columns=columns,
        raw=raw,
        identity=_without_sending_time(raw) if found.sent_at is not None else raw,
        time=found.original_timestamp if found.original_timestamp is not None else found.timestamp,
        sent_at=sent_at if sent_at is not None else found.sent_at,
        ip=context.ip or client_address(found.context),
        user_agent=context.user_agent,
    )


def _columns(found: _Call, context: _Context, call: str | None) -> dict[str, Any]:
    page, campaign, library = context.page, context.campaign, context.library
    columns = {
        "event_id": found.message_id,
        "event_type": call,
        "event_name": found.event if call == "track" else found.name,
        "user_id": _text(found.user_id),
        "anonymous_id": _text(found.anonymous_id),
        "previous_id": _text(found.previous_id),
        "group_id": _text(found.group_id),
        "session_id": _text(context.session_id),
        "page_url": page.url,
        "page_path": page.path,
        "page_title": page.title,
        "page_referrer": page.referrer,
        "campaign_source": campaign.source,
        "campaign_medium": campaign.medium,
        "campaign_name": campaign.name,
        "campaign_term": campaign.term,
        "campaign_content": campaign.content,
        "locale": context.locale,
        "timezone": context.timezone,
        "library_name": library.name,
        "library_version": library.version,
        "properties": text_of(found.properties),
        "traits": text_of(found.traits),
        "context": text_of(found.context),
    }
    if columns["properties"]:
        _add_known_properties(columns, _read_properties(found.properties))
    return columns


def _add_known_properties(columns: dict[str, Any], known: _Properties) -> None:
    columns["revenue"] = _money(known.revenue if known.revenue is not None else known.total)
    columns["currency"] = known.currency
    if known.url or known.path or known.title or known.referrer:
        for name in ("url", "path", "title", "referrer"):
            columns[f"page_{name}"] = columns[f"page_{name}"] or getattr(known, name)


def _money(amount: Decimal | None) -> Decimal | None:
    """Round to nine decimals: JavaScript's sums carry binary noise; the digits as sent stay in ``properties``."""
    try:
        return None if amount is None or amount.is_nan() else amount.quantize(_NINE_DECIMALS, context=_MONEY)
    except InvalidOperation:
        return None


def _text(value: str | int | None) -> str | None:
    return str(value) if isinstance(value, int) else value


def _without_sending_time(raw: bytes) -> bytes:
    """A client that sends an event again stamps it anew; that must not make it another event."""
    return bytes(without_member(msgspec.Raw(raw), "sentAt"))
