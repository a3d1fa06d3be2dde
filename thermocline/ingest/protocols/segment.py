"""Segment's HTTP tracking API, which RudderStack's SDKs speak too.

Source: https://segment.com/docs/connections/sources/catalog/libraries/server/http-api/
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from thermocline.errors import RefusedEvent
from thermocline.events.batch import Batch, Event, Refused
from thermocline.events.times import is_time
from thermocline.ingest.http.caps import check_count
from thermocline.ingest.identity import identity_of
from thermocline.ingest.protocols.declaration import Post, Protocol
from thermocline.ingest.protocols.json_body import (
    JSON_ERRORS,
    check_encoding,
    malformed,
    refused,
    without_lone_surrogates,
)
from thermocline.ingest.protocols.open_json import EMPTY, client_address, scalar_of
from thermocline.ingest.protocols.segment_columns import columns_of, context_of, members_of, with_context
from thermocline.ingest.protocols.segment_fields import (
    NOTHING,
    Call,
    decode_batch,
    decode_call,
    read_context,
    read_envelope,
)

CALLS = ("track", "page", "screen", "identify", "group", "alias")
# Browser clients abbreviate the paths to the first letter.
CALL_OF_PATH = {f"/v1/{name}": call for call in ("batch", *CALLS) for name in (call, call[0])}
# Each is stamped anew when an event is sent again: by clients, or by what forwards their events.
CHANGED_ON_RETRY = frozenset({"sentAt", "_metadata", "writeKey", "receivedAt", "request_ip"})
_SERVER = msgspec.Raw(b'"server"')


class _WriteKey(msgspec.Struct, frozen=True, gc=False, rename="camel"):
    write_key: str | None = None


def parse_batch(body: bytes) -> Batch:
    """Read ``POST /v1/batch``.

    Raises
    ------
    RequestError
        The body is not an object with a ``batch`` array.
    """
    check_encoding(body)
    try:
        posted = decode_batch(body)
    except JSON_ERRORS as error:
        raise malformed(error) from error
    check_count(len(posted.batch))
    sent_at = scalar_of(posted.sent_at)
    known = sent_at if is_time(sent_at) else None
    shared = members_of(posted.context)
    around = ({} if sent_at is None else {"sent_at": sent_at}) | _shared_context(shared)
    return _batch([_parse_call(bytes(raw), sent_at=known, shared=shared) for raw in posted.batch], "batch", around)


def parse_single(body: bytes, call: str) -> Batch:
    """Read ``POST /v1/<call>``, one event whose type is in the path."""
    check_encoding(body)
    return _batch([_parse_call(body, call=call)], call, {})


def write_key_in_body(body: bytes) -> str | None:
    """Return the ``writeKey`` member, where browsers put it, or None."""
    try:
        return msgspec.json.decode(without_lone_surrogates(body), type=_WriteKey).write_key
    except JSON_ERRORS:
        return None


def _shared_context(shared: Mapping[str, msgspec.Raw]) -> dict[str, object]:
    kept = {name: value for name, value in shared.items() if name != "ip"}
    try:
        return {"context": msgspec.json.decode(msgspec.json.encode(kept))} if kept else {}
    except JSON_ERRORS:
        return {}


def _batch(events: list[Event | Refused], call: str, around: Mapping[str, object]) -> Batch:
    return Batch(
        protocol="segment",
        stream="clickstream",
        events=events,
        context={"call": call, **around},
        changed_on_retry=CHANGED_ON_RETRY,
    )


def _parse_call(
    raw: bytes, *, call: str | None = None, sent_at: object = None, shared: dict[str, msgspec.Raw] | None = None
) -> Event | Refused:
    try:
        sent = decode_call(raw)
        if sent.event is None and sent == NOTHING and b'"' in raw:
            raise RefusedEvent("invalid", "it has no member of a call, such as event, userId or properties")
        if shared:
            sent = with_context(sent, shared)
        context = read_context(context_of(sent))
        columns = columns_of(sent, context, call or sent.type)
    except JSON_ERRORS as error:
        return _refused(refused(error), raw, sent_at)
    except RefusedEvent as error:
        return _refused(error, raw, sent_at)
    timestamp = sent.timestamp
    return Event(
        columns=columns,
        raw=raw,
        identity=raw,
        time=sent.original_timestamp if timestamp is None else timestamp,
        sent_at=sent_at if sent_at is not None or sent.sent_at is EMPTY else scalar_of(sent.sent_at),
        time_is_exact=timestamp is not None and _keeps_timestamps(sent, columns["library_name"]),
        ip=context.ip or client_address(context_of(sent)),
        user_agent=context.user_agent,
    )


def _keeps_timestamps(sent: Call, library: str | None) -> bool:
    """Tell whether the client's own server takes a given timestamp as it is.

    RudderStack's does; Segment's treats it as the original one, so that no client of Segment sends both.
    """
    if sent.original_timestamp is not None or (sent.channel is not EMPTY and sent.channel == _SERVER):
        return True
    return library is not None and "udder" in library  # "RudderLabs JavaScript SDK", "rudder-ios-library"


def _refused(error: RefusedEvent, raw: bytes, sent_at: object) -> Refused:
    known = read_envelope(msgspec.Raw(raw))
    return Refused.because(
        error,
        raw,
        event_id=None if known.message_id is None else str(known.message_id),
        identity=identity_of(raw, CHANGED_ON_RETRY),
        time=known.timestamp if known.timestamp is not None else known.original_timestamp,
        sent_at=sent_at if sent_at is not None else known.sent_at,
    )


def _parse(body: bytes, post: Post) -> Batch:
    call = CALL_OF_PATH[post.path]
    return parse_batch(body) if call == "batch" else parse_single(body, call)


PROTOCOLS = (
    Protocol(
        routes=tuple(f"POST {path}" for path in CALL_OF_PATH),
        parse=_parse,
        key_in_body=write_key_in_body,
        browser_headers=("x-retry-count",),
    ),
    # Where Segment's clients for Java, Ruby and Android post their batches.
    Protocol(
        routes=("POST /v1/import",),
        other_routes=("POST /v1/import/",),
        parse=lambda body, _post: parse_batch(body),
    ),
)
