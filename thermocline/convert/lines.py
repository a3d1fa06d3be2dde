"""What can be read in a canonical line that does not fit its contract."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

import msgspec

from thermocline.contracts.types import INT64, UTC_TIMESTAMP
from thermocline.events.members import UNREADABLE
from thermocline.events.quarantine import Identity

_SOURCE = Annotated[str, msgspec.Meta(min_length=1, max_length=64, pattern="^[a-z0-9][a-z0-9-]*$")]
_EVENT_ID = Annotated[str, msgspec.Meta(min_length=1, max_length=256)]
_decode_members = msgspec.json.Decoder(dict[str, msgspec.Raw]).decode


def said_of(line: bytes) -> tuple[str | None, Identity]:
    """Return a line's source and identity, each part of them None when it cannot be read."""
    try:
        members = _decode_members(line)
    except UNREADABLE:
        return None, Identity()
    return _read(members, "source", _SOURCE), Identity(
        event_id=_read(members, "event_id", _EVENT_ID),
        fingerprint=_read(members, "fingerprint", INT64),
        original_time=_utc(_read(members, "original_time", UTC_TIMESTAMP)),
        sent_at=_utc(_read(members, "sent_at", UTC_TIMESTAMP)),
    )


def members_of(line: bytes) -> dict[str, object]:
    """Return what a line has by name; nothing when it is no JSON object."""
    try:
        return msgspec.json.decode(line, type=dict[str, object])
    except UNREADABLE:
        return {}


def _read(members: dict[str, msgspec.Raw], name: str, kind: object) -> Any:
    try:
        return msgspec.json.decode(members[name], type=kind)
    except (KeyError, *UNREADABLE):
        return None


def _utc(time: dt.datetime | None) -> dt.datetime | None:
    return time.astimezone(dt.UTC) if time else None
