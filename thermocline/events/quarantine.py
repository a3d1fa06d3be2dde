"""Quarantine rows: what was refused, to the letter but for IP addresses, with the reason."""

from __future__ import annotations

import base64
import datetime as dt
import re
from typing import Any

from thermocline.events.batch import Refused
from thermocline.events.identity import digest_id
from thermocline.events.privacy import without_ip

# A row must fit one Firehose record of 1,000 KiB, and a request of bad rows the function's memory.
MAX_PAYLOAD_BYTES = 160_000
# JSON writes each of them with six characters, base64 with 1.3.
_CONTROLS = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def quarantine_row(
    refused: Refused, *, stream: str, source: str | None, protocol: str | None, stage: str, received: dt.datetime
) -> dict[str, Any]:
    """Return the canonical event for the quarantine table; a payload over 160,000 bytes is cut and flagged."""
    text, encoding = _payload(without_ip(refused.raw[:MAX_PAYLOAD_BYTES]))
    return {
        "event_id": digest_id(source or "", stream, refused.raw),
        "source": source,
        "stream": stream,
        "protocol": protocol,
        "stage": stage,
        "reason": refused.reason,
        "detail": refused.detail[:4096],
        "payload": text,
        "payload_encoding": encoding,
        "payload_truncated": len(refused.raw) > MAX_PAYLOAD_BYTES,
        "received_at": received,
    }


def _payload(raw: bytes) -> tuple[str, str]:
    try:
        if not _CONTROLS.search(raw):
            return raw.decode(), "utf-8"
    except UnicodeDecodeError:
        pass
    return base64.b64encode(raw).decode(), "base64"
