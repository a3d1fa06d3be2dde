"""CloudEvents 1.0 over HTTP: structured, batched and binary.

An event's ``data`` becomes ``properties``: an object as it is sent, anything else as the member ``data`` (or
``data_base64``) of one. All other attributes that have no column of their own, extensions too, become ``context``.

Source: https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/http-protocol-binding.md
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeAlias
from urllib.parse import unquote_to_bytes

import msgspec

from thermocline.errors import RefusedEvent, RequestError
from thermocline.events.batch import Batch, Event, Refused
from thermocline.ingest.identity import identity_of
from thermocline.ingest.protocols.declaration import Protocol
from thermocline.ingest.protocols.json_body import JSON_ERRORS, refused, split_array
from thermocline.ingest.protocols.open_json import EMPTY, client_address, reader_of, text_of

STRUCTURED = "application/cloudevents+json"
BATCHED = "application/cloudevents-batch+json"
REQUIRED = ("id", "source", "specversion", "type")
# Tracing goes with the sending of an event, and Knative's brokers stamp each arrival.
CHANGED_ON_RETRY = frozenset({"traceparent", "tracestate", "knativearrivaltime"})
_IDENTIFYING = ("id", "source")
_ANY_FORMAT = "application/cloudevents"
_HEADER_PREFIX = "ce-"
_REQUIRED_HEADERS = frozenset(_HEADER_PREFIX + name for name in REQUIRED)
_WITH_COLUMNS = ("id", "specversion", "type", "time", "data", "data_base64")
_JSON_TYPE = re.compile(r"[^/]+/([^/]+\+)?json")
_QUOTED_PAIR = re.compile(r"\\(.)")
_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")


class CloudEvent(msgspec.Struct, frozen=True):
    """One event's attributes, those that have a meaning here, and its data."""

    id: str | None = None
    source: str | None = None
    specversion: str | None = None
    type: str | None = None
    time: str | None = None
    data: msgspec.Raw = EMPTY
    data_base64: str | None = None


class _Envelope(msgspec.Struct, frozen=True):
    id: str | None = None
    time: str | None = None


ReadEvent: TypeAlias = Callable[[CloudEvent, bytes], Event | Refused]

_decode = msgspec.json.Decoder(CloudEvent).decode
_read_envelope = reader_of(_Envelope)
_decode_members = msgspec.json.Decoder(dict[str, msgspec.Raw]).decode


def is_cloudevents(headers: Mapping[str, str]) -> bool:
    """Tell whether a request says that it carries CloudEvents."""
    return _media_type(headers).startswith(_ANY_FORMAT) or not _REQUIRED_HEADERS.isdisjoint(headers)


def parse_cloudevents(
    body: bytes, headers: Mapping[str, str], *, stream: str = "clickstream", read: ReadEvent | None = None
) -> Batch:
    """Read the CloudEvents of a request.

    Parameters
    ----------
    stream, read
        The table that they are for, and the function that reads one of them; by default, click events.

    Raises
    ------
    RequestError
        The body is empty where an event should be, is no array in batched mode, or its format is not JSON.
    """
    return Batch(
        protocol="cloudevents",
        stream=stream,
        events=_events(body.strip(), body, headers, read or _click_event),
        context=_context_of(headers),
        changed_on_retry=CHANGED_ON_RETRY,
    )


def _context_of(headers: Mapping[str, str]) -> dict[str, object]:
    if _media_type(headers).startswith(_ANY_FORMAT):
        return {"mode": "batched" if _media_type(headers) == BATCHED else "structured"}
    names = [name for name in sorted(headers) if name.startswith(_HEADER_PREFIX) or name == "content-type"]
    return {"mode": "binary", "headers": {name: headers[name] for name in names}}


def _events(text: bytes, body: bytes, headers: Mapping[str, str], read: ReadEvent) -> list[Event | Refused]:
    media_type = _media_type(headers)
    if media_type == BATCHED:
        return [_parse_event(raw, read) for raw in split_array(text)]
    if media_type == STRUCTURED:
        if not text:
            raise RequestError(400, "empty_body", "The body is empty; send a CloudEvent.")
        return [_parse_event(text, read)]
    if media_type.startswith(_ANY_FORMAT):
        raise RequestError(415, "unsupported_media_type", f"Send {STRUCTURED} or {BATCHED}.")
    return [_parse_binary(body, headers, read)]


def _parse_event(raw: bytes, read: ReadEvent) -> Event | Refused:
    try:
        sent = _decode(raw)
        _check_required(sent)
        return read(sent, raw)
    except JSON_ERRORS as error:
        return _refused(refused(error), raw)
    except RefusedEvent as error:
        return _refused(error, raw)


def _click_event(sent: CloudEvent, raw: bytes) -> Event:
    columns = {
        "event_id": sent.id,
        "event_type": "track",
        "event_name": sent.type,
        "properties": _properties(sent),
        "context": text_of(msgspec.Raw(msgspec.json.encode(attributes_of(raw, without=_WITH_COLUMNS)))),
    }
    return Event(columns=columns, raw=raw, identity=raw, time=sent.time, ip=client_address(msgspec.Raw(raw)))


def _refused(error: RefusedEvent, raw: bytes) -> Refused:
    known = _read_envelope(msgspec.Raw(raw))
    return Refused.because(
        error,
        raw,
        event_id=known.id,
        identity=identity_of(raw, CHANGED_ON_RETRY),
        time=known.time,
    )


def _check_required(event: CloudEvent) -> None:
    missing = [f"{name}: is required" for name in REQUIRED if not getattr(event, name)]
    if missing:
        raise RefusedEvent("invalid", "; ".join(missing))
    if event.specversion != "1.0":
        raise RefusedEvent("unsupported", "specversion: must be 1.0")


def _properties(event: CloudEvent) -> str | None:
    data = bytes(event.data)
    if event.data_base64 is not None:
        if data:
            raise RefusedEvent("invalid", "data: must not stand beside data_base64")
        return msgspec.json.encode({"data_base64": event.data_base64}).decode()
    if data in (b"", b"null") or data.startswith(b"{"):
        return text_of(event.data)
    return msgspec.json.encode({"data": event.data}).decode()


def attributes_of(raw: bytes, *, without: Iterable[str]) -> dict[str, msgspec.Raw]:
    """Return the members of an event that are neither null nor named in `without`."""
    members = _decode_members(raw)
    return {name: value for name, value in members.items() if name not in without and bytes(value) != b"null"}


def _parse_binary(body: bytes, headers: Mapping[str, str], read: ReadEvent) -> Event | Refused:
    """Read an event of binary mode by way of its structured form, which is also what a quarantine row keeps."""
    sent: dict[str, Any] = {
        name.removeprefix(_HEADER_PREFIX): value
        for name, value in sorted(headers.items())
        if name.startswith(_HEADER_PREFIX)
    }
    type_given = {"datacontenttype": headers["content-type"]} if headers.get("content-type") else {}
    try:
        data = _data(body, _media_type(headers))
    except JSON_ERRORS as error:
        return _refused(refused(error), body)
    try:
        attributes = {name: _attribute(name, value) for name, value in sent.items()}
    except RefusedEvent as error:
        return _refused(error, msgspec.json.encode(sent | type_given | data))
    return _parse_event(msgspec.json.encode(attributes | type_given | data), read)


def _attribute(name: str, value: str) -> str:
    """Return a header's value: unquoted if it is a quoted string, then percent-decoded once (section 3.1.3.2).

    Older senders do not encode a percent sign; in an id or a source, that could make one event of two.
    """
    if len(value) > 1 and value.startswith('"') and value.endswith('"'):
        value = _QUOTED_PAIR.sub(r"\1", value[1:-1])
    if "%" not in value:
        return value
    if name in _IDENTIFYING and _STRAY_PERCENT.search(value):
        raise RefusedEvent("invalid", f"ce-{name}: a percent sign is written %25")
    try:
        return unquote_to_bytes(value).decode()
    except UnicodeDecodeError:
        raise RefusedEvent("invalid", f"ce-{name}: what is percent-encoded must be UTF-8") from None


def _data(body: bytes, media_type: str) -> dict[str, Any]:
    if not body:
        return {}
    if _JSON_TYPE.fullmatch(media_type):
        return {"data": _json(body)}
    if not media_type:  # clients leave it out for JSON, too
        try:
            return {"data": _json(body)}
        except JSON_ERRORS:
            pass
    try:
        return {"data": body.decode()}
    except UnicodeDecodeError:
        return {"data_base64": base64.b64encode(body).decode()}


def _json(body: bytes) -> msgspec.Raw:
    text = body.strip()
    text.decode()
    return msgspec.json.decode(text, type=msgspec.Raw)


def _media_type(headers: Mapping[str, str]) -> str:
    return headers.get("content-type", "").partition(";")[0].strip().lower()


PROTOCOLS = (
    Protocol(
        parse=lambda body, post: parse_cloudevents(body, post.headers),
        # Rows of a table of one's own come as CloudEvents, too.
        recognises=lambda post: is_cloudevents(post.headers) and post.contract.protocol != "rows",
        browser_headers=(
            "ce-datacontenttype",
            "ce-dataschema",
            "ce-id",
            "ce-source",
            "ce-specversion",
            "ce-subject",
            "ce-time",
            "ce-type",
        ),
    ),
)
