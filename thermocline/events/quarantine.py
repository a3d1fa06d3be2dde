"""Quarantine rows: what was refused and why, what stood around it, and what a replay needs to know of it."""

from __future__ import annotations

import base64
import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

import msgspec

from thermocline.events.addresses import without_addresses
from thermocline.events.batch import Refused
from thermocline.events.identity import digest_id
from thermocline.events.members import Cuts, without
from thermocline.events.payload import cleaned
from thermocline.events.redaction import MARK

# A row must fit one Firehose record of 1,000 KiB, and a request of bad rows the function's memory.
MAX_PAYLOAD_BYTES = 160_000
MAX_CONTEXT_BYTES = 10_000
# Far above what fits a record: only the part that is stored is looked through.
_MAX_READ_BYTES = 1_100_000
# JSON writes each of them with six characters, base64 with 1.3.
_CONTROLS = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")
# They differ when the same event is sent again.
_OF_ONE_REQUEST = frozenset({"path", "sentAt", "sent_at"})
_encode = msgspec.json.Encoder(enc_hook=str).encode


class Identity(msgspec.Struct, frozen=True, kw_only=True):
    """The identity of a refused event, computed before anything was cut from it."""

    event_id: str | None = None
    fingerprint: int | None = None
    original_time: dt.datetime | None = None
    sent_at: dt.datetime | None = None


def quarantine_row(
    refused: Refused,
    *,
    stream: str,
    source: str | None,
    protocol: str | None,
    stage: str,
    received: dt.datetime,
    identity: Identity | None = None,
    context: Mapping[str, object] | None = None,
    redact: bool = True,
) -> dict[str, Any]:
    """Return the canonical event for the quarantine table; a payload over 160,000 bytes is cut and flagged.

    Parameters
    ----------
    context
        What stood around the events of the request.
    redact
        False: secrets in URLs stay.
    """
    around = {**(context or {}), **refused.context}
    payload, whole = _payload(refused.raw, redact=redact)
    context_text, whole_context = _context(around, redact=redact)
    text, encoding = _as_text(payload)
    who = identity or Identity()
    return {
        "event_id": digest_id(source or "", stream, *_distinguishing(around), refused.raw),
        "source": source,
        "stream": stream,
        "protocol": protocol,
        "stage": stage,
        "reason": refused.reason,
        "detail": without_addresses(refused.detail, MARK)[:4096],
        "payload": text,
        "payload_encoding": encoding,
        "payload_truncated": len(refused.raw) > MAX_PAYLOAD_BYTES,
        "received_at": received,
        "context": context_text,
        "replay_event_id": who.event_id,
        "replay_fingerprint": who.fingerprint,
        "original_time": who.original_time,
        "sent_at": who.sent_at,
        "replayable": whole and whole_context,
    }


def _payload(raw: bytes, *, redact: bool) -> tuple[bytes, bool]:
    """Return what is stored of the event as sent, and whether that is all of it."""
    clean = cleaned(raw if len(raw) <= _MAX_READ_BYTES else raw[:MAX_PAYLOAD_BYTES], redact=redact)
    return clean[:MAX_PAYLOAD_BYTES], clean == raw and len(raw) <= MAX_PAYLOAD_BYTES


def _context(around: Mapping[str, object], *, redact: bool) -> tuple[str | None, bool]:
    """Return the context as JSON text, and whether that is all of it; paths and topics name devices and stay."""
    text = _encode({name: value for name, value in around.items() if value is not None})
    if text == b"{}" or len(text) > MAX_CONTEXT_BYTES:
        return None, text == b"{}"
    named = {name: around[name] for name in ("path", "topic") if around.get(name) is not None}
    clean = without(text, Cuts(values=True, emptied=True, secrets=redact))
    kept = _encode({**msgspec.json.decode(clean, type=dict[str, msgspec.Raw]), **named}) if clean != text else text
    return kept.decode(), kept == text


def _distinguishing(around: Mapping[str, object]) -> list[bytes]:
    """Return the parts of the context that distinguish two refused events with the same text, e.g. of two devices."""
    members = {name: value for name, value in around.items() if name not in _OF_ONE_REQUEST and value is not None}
    return [_encode(dict(sorted(members.items())))] if members else []


def _as_text(raw: bytes) -> tuple[str, str]:
    try:
        if not _CONTROLS.search(raw):
            return raw.decode(), "utf-8"
    except UnicodeDecodeError:
        pass
    return base64.b64encode(raw).decode(), "base64"
