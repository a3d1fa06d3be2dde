"""A row of quarantine, as whoever wants to bring its event back reads it."""

from __future__ import annotations

import base64
import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

import msgspec

from thermocline.events.members import UNREADABLE

COLUMNS: Final = (
    "event_id",
    "source",
    "stream",
    "protocol",
    "stage",
    "reason",
    "detail",
    "payload",
    "payload_encoding",
    "received_at",
    "context",
    "replay_event_id",
    "replayable",
    "replay_fingerprint",
    "_src",
    "gen",
)
"""What is read of a row."""


class Quarantined(msgspec.Struct, frozen=True, kw_only=True):
    """One refused event.

    Attributes
    ----------
    event_id
        The row's own: several rows of a raw object may share it, whose payloads are then the same.
    payload
        The event as sent, if ingest refused it; the canonical line, if convert did.
    context
        What stood around it, by name; empty if convert refused it.
    replayable
        False: something of it was cut or withheld.
    raw_key, gen
        The raw object that the row came from, and its generation.
    """

    raw_key: str
    gen: str
    event_id: str
    stream: str
    stage: str
    reason: str
    received_at: dt.datetime
    payload: bytes = b""
    context: Mapping[str, Any] = {}
    detail: str = ""
    source: str | None = None
    protocol: str | None = None
    replay_event_id: str | None = None
    replay_fingerprint: int | None = None
    replayable: bool = False


def quarantined(row: Mapping[str, Any]) -> Quarantined:
    """Return a row of the table quarantine, by the names in `COLUMNS`; times without a zone are UTC."""
    text, received = row["payload"] or "", row["received_at"]
    return Quarantined(
        raw_key=row["_src"],
        gen=row["gen"],
        event_id=row["event_id"],
        stream=row["stream"],
        stage=row["stage"],
        reason=row["reason"],
        received_at=received.astimezone(dt.UTC) if received.tzinfo else received.replace(tzinfo=dt.UTC),
        payload=base64.b64decode(text) if row["payload_encoding"] == "base64" else text.encode(),
        context=_context(row["context"]),
        detail=row["detail"] or "",
        source=row["source"],
        protocol=row["protocol"],
        replay_event_id=row["replay_event_id"],
        replay_fingerprint=row["replay_fingerprint"],
        replayable=bool(row["replayable"]) and row["payload"] is not None,
    )


def _context(text: str | None) -> Mapping[str, Any]:
    try:
        return msgspec.json.decode(text, type=dict[str, Any]) if text else {}
    except UNREADABLE:
        return {}
