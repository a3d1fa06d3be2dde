"""The lines of raw objects that have an event's id."""

from __future__ import annotations

import base64
import zlib
from collections.abc import Iterator, Mapping
from typing import Any, Final

import msgspec

from thermocline.events.members import UNREADABLE
from thermocline.events.records import records_of
from thermocline.trace.model import RawLine

_IDS: Final = ("event_id", "replay_event_id")


class _Failed(msgspec.Struct, frozen=True):
    rawData: str  # noqa: N815  (as Firehose writes it)


_decode_members = msgspec.json.Decoder(dict[str, Any]).decode
_decode_failed = msgspec.json.Decoder(_Failed).decode


def lines_with(raw_key: str, body: bytes, event_id: str) -> Iterator[RawLine]:
    """Yield the lines of an object that have an id; of a damaged gzip member nothing is read."""
    text = msgspec.json.encode(event_id)
    try:
        records = [record for record in records_of(body) if record.content and text in record.content]
    except zlib.error:
        return
    for record in records:
        for place, line in enumerate((record.content or b"").split(b"\n")):
            if text in line and (members := _members(line, event_id)) is not None:
                yield RawLine(
                    raw_key=raw_key,
                    record=record.number,
                    at=record.at,
                    size=record.size,
                    line=record.first_line + place,
                    label=record.label,
                    members=members,
                )


def failed_lines_with(key: str, body: bytes, event_id: str) -> Iterator[RawLine]:
    """Yield the lines with an id among the records that Firehose could not deliver, as it wrote them in JSON."""
    for line in body.splitlines():
        try:
            record = base64.b64decode(_decode_failed(line).rawData)
        except (*UNREADABLE, ValueError):
            continue
        yield from lines_with(key, record, event_id)


def _members(line: bytes, event_id: str) -> Mapping[str, Any] | None:
    """Return the members of a line that has the id itself; None if the id only stands somewhere in it."""
    try:
        members = _decode_members(line)
    except UNREADABLE:
        return None
    return members if event_id in [members.get(name) for name in _IDS] else None
