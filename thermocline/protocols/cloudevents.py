"""CloudEvents 1.0 over HTTP: structured, batched and binary.

An event's ``data`` becomes ``properties``: an object as it is sent, anything else as the member ``data`` (or
``data_base64``) of one. All other attributes that have no column of their own, extensions too, become ``context``.

Source: https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/http-protocol-binding.md
"""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote_to_bytes

import msgspec

from thermocline.errors import RefusedEvent, RequestError
from thermocline.events.batch import Batch, Event, Refused
from thermocline.protocols.json_body import JSON_ERRORS, refused, split_array
from thermocline.protocols.open_json import EMPTY, client_address, text_of

STRUCTURED = "application/cloudevents+json"
BATCHED = "application/cloudevents-batch+json"
REQUIRED = ("id", "source", "specversion", "type")
_ANY_FORMAT = "application/cloudevents"
_HEADER_PREFIX = "ce-"
_REQUIRED_HEADERS = frozenset(_HEADER_PREFIX + name for name in REQUIRED)
_WITH_COLUMNS = ("id", "specversion", "type", "time", "data", "data_base64")
_JSON_TYPE = re.compile(r"[^/]+/([^/]+\+)?json")
_QUOTED_PAIR = re.compile(r"\\(.)")


class _CloudEvent(msgspec.Struct, frozen=True):
    id: str | None = None
    source: str | None = None
    specversion: str | None = None
    type: str | None = None
    time: str | None = None
    data: msgspec.Raw = EMPTY
    data_base64: str | None = None


_decode = msgspec.json.Decoder(_CloudEvent).decode
_decode_members = msgspec.json.Decoder(dict[str, msgspec.Raw]).decode


def is_cloudevents(headers: Mapping[str, str]) -> bool:
    """Return whether a request says that it carries CloudEvents."""
    return _media_type(headers).startswith(_ANY_FORMAT) or not _REQUIRED_HEADERS.isdisjoint(headers)


def parse_cloudevents(body: bytes, headers: Mapping[str, str]) -> Batch:
    """Read the CloudEvents of a request.

    Raises
    ------
    RequestError
        The body is empty where an event should be, is no array in batched mode, or its format is not JSON.
    """
    return Batch(protocol="cloudevents", stream="clickstream", events=_events(body.strip(), body, headers))


def _events(text: bytes, body: bytes, headers: Mapping[str, str]) -> list[Event | Refused]:
    media_type = _media_type(headers)
    if media_type == BATCHED:
        return [_parse_event(raw) for raw in split_array(text)]
    if media_type == STRUCTURED:
        if not text:
            raise RequestError(400, "empty_body", "The body is empty; send a CloudEvent.")
        return [_parse_event(text)]
    if media_type.startswith(_ANY_FORMAT):
        raise RequestError(415, "unsupported_media_type", f"Send {STRUCTURED} or {BATCHED}.")
    return [_parse_binary(body, headers)]


def _parse_event(raw: bytes) -> Event | Refused:
    try:
        found = _decode(raw)
        _check_required(found)
        columns = {
            "event_id": found.id,
            "event_type": "track",
            "event_name": found.type,
            "properties": _properties(found),
            "context": _context(raw),
        }
    except JSON_ERRORS as error:
        return Refused.because(refused(error), raw)
    except RefusedEvent as error:
        return Refused.because(error, raw)
    return Event(columns=columns, raw=raw, identity=raw, time=found.time, ip=client_address(msgspec.Raw(raw)))


def _check_required(found: _CloudEvent) -> None:
    missing = [f"{name}: is required" for name in REQUIRED if not getattr(found, name)]
    if missing:
        raise RefusedEvent("invalid", "; ".join(missing))
    if found.specversion != "1.0":
        raise RefusedEvent("unsupported", "specversion: must be 1.0")


def _properties(found: _CloudEvent) -> str | None:
    data = bytes(found.data)
    if found.data_base64 is not None:
        if data:
            raise RefusedEvent("invalid", "data: must not stand beside data_base64")
        return msgspec.json.encode({"data_base64": found.data_base64}).decode()
    if data in (b"", b"null") or data.startswith(b"{"):
        return text_of(found.data)
    return msgspec.json.encode({"data": found.data}).decode()


def _context(raw: bytes) -> str | None:
    members = _decode_members(raw)
    kept = {name: value for name, value in members.items() if name not in _WITH_COLUMNS and bytes(value) != b"null"}
    return text_of(msgspec.Raw(msgspec.json.encode(kept)))


def _parse_binary(body: bytes, headers: Mapping[str, str]) -> Event | Refused:
    """Read an event of binary mode by way of its structured form, which is also what a quarantine row keeps."""
    attributes: dict[str, Any] = {
        name.removeprefix(_HEADER_PREFIX): _attribute(value)
        for name, value in sorted(headers.items())
        if name.startswith(_HEADER_PREFIX)
    }
    if content_type := headers.get("content-type"):
        attributes["datacontenttype"] = content_type
    try:
        data = _data(body, _media_type(headers))
    except JSON_ERRORS as error:
        return Refused.because(refused(error), body)
    return _parse_event(msgspec.json.encode(attributes | data))


def _attribute(value: str) -> str:
    """Return a header's value: unquoted if it is a quoted string, then percent-decoded once (section 3.1.3.2)."""
    if len(value) > 1 and value.startswith('"') and value.endswith('"'):
        value = _QUOTED_PAIR.sub(r"\1", value[1:-1])
    return unquote_to_bytes(value).decode(errors="replace")


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
