"""From a row of quarantine back to a request that has its event alone, in the form in which it was sent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

import msgspec

from thermocline.errors import RefusedEvent
from thermocline.events.quarantined import Quarantined
from thermocline.ingest.protocols import cloudevents
from thermocline.ingest.protocols.json_body import JSON_ERRORS
from thermocline.ingest.protocols.senml_base import EARLIER_RECORD
from thermocline.ingest.protocols.senml_record import BASE_FIELDS

_NOT_A_TIME = "event_time: is not a time"
_encode = msgspec.json.encode
_decode_members = msgspec.json.Decoder(dict[str, str | None]).decode


class Sent(NamedTuple):
    """A request: its path, the headers that say how to read it, and its body."""

    path: str
    headers: Mapping[str, str]
    body: bytes


Body = tuple[bytes, dict[str, str]]


def sent_again(row: Quarantined) -> Sent:
    """Return the request of a row that ingest refused.

    Raises
    ------
    RefusedEvent
        The event alone does not say what it said among its neighbours.
    """
    path, write = row.context.get("path"), _WRITERS.get(row.protocol or "")
    if not isinstance(path, str) or write is None:
        raise RefusedEvent("unsupported", "the row does not say how it was sent")
    body, headers = write(row)
    return Sent(path, headers, body)


def _alone(row: Quarantined) -> Body:
    """Return one event; an array that was an event stays one."""
    return (b"[%b]" % row.payload if row.payload.lstrip().startswith(b"[") else row.payload), {}


def _message(row: Quarantined) -> Body:
    """Return a device's message; a bare word counts only where it is a whole request, which the row cannot tell."""
    if row.detail == _NOT_A_TIME:
        raise RefusedEvent("invalid", "a time in it cannot be read, and its other values may have been stored")
    try:
        msgspec.json.decode(row.payload, type=msgspec.Raw)
    except JSON_ERRORS:
        raise RefusedEvent(row.reason, row.detail) from None
    return _alone(row)


def _record(row: Quarantined) -> Body:
    """Return a SenML pack: the base fields before the record, and the record."""
    if EARLIER_RECORD in row.detail:
        raise RefusedEvent(row.reason, row.detail)
    base = {name: value for name, value in row.context.items() if name in BASE_FIELDS}
    return b"[" + (_encode(base) + b"," if base else b"") + row.payload + b"]", {}


def _call(row: Quarantined) -> Body:
    """Return a call of Segment's API: alone, or in a batch with the batch's context and sending time."""
    if row.context.get("call") != "batch":
        return row.payload, {}
    around = {"sentAt": row.context.get("sent_at"), "context": row.context.get("context")}
    members = {name: value for name, value in around.items() if value is not None}
    return _encode({"batch": [msgspec.Raw(row.payload)], **members}), {}


def _cloudevent(row: Quarantined) -> Body:
    """Return a CloudEvent; one of binary mode is kept in its structured form."""
    if row.context.get("mode") == "batched":
        return b"[%b]" % row.payload, {"content-type": cloudevents.BATCHED}
    return row.payload, {"content-type": cloudevents.STRUCTURED}


def _row(row: Quarantined) -> Body:
    """Return a row of a table of one's own; a record of CSV is kept as JSON, unless it could not be cut into cells."""
    header: list[str] | None = row.context.get("header")
    if header is None:
        return _alone(row)
    try:
        cells: list[str | None] = [_decode_members(row.payload)[name] for name in header]
    except (KeyError, *JSON_ERRORS):
        lines = [_cells(header).encode(), row.payload]
    else:
        lines = [_cells(header).encode(), _cells(cells).encode()]
    return b"\r\n".join(lines), {"content-type": str(row.context.get("content_type", "text/csv"))}


def _cells(cells: list[str | None] | list[str]) -> str:
    """Return a record of CSV, in which only what is null is empty."""
    return ",".join("" if cell is None else '"' + cell.replace('"', '""') + '"' for cell in cells)


_WRITERS: dict[str, Callable[[Quarantined], Body]] = {
    "native": _alone,
    "segment": _call,
    "iot-json": _message,
    "senml": _record,
    "debezium": _alone,
    "cloudevents": _cloudevent,
    "rows": _row,
}
