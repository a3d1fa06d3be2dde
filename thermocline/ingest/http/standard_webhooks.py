"""Requests signed with a shared secret, which is the source's write key: how Debezium Server authenticates itself.

Source: https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
"""

from __future__ import annotations

import base64
import hmac
import re

from thermocline.ingest.http.request import Request

SIGNATURE_HEADER = "webhook-signature"
TOLERANCE_SECONDS = 300
_SECONDS = re.compile(r"[0-9]{1,12}")


def is_signed_with(request: Request, write_key: str) -> bool:
    """Tell whether a request was signed with a write key, and not long ago."""
    sent = request.headers.get("webhook-timestamp", "")
    if not _SECONDS.fullmatch(sent) or abs(request.received_at.timestamp() - int(sent)) > TOLERANCE_SECONDS:
        return False
    signed = f"{request.headers.get('webhook-id', '')}.{sent}.".encode() + request.body
    expected = _signature(write_key, signed)
    # A sender that changes its secret signs with both for a while.
    signatures = request.headers.get(SIGNATURE_HEADER, "").encode().split(b" ")
    return any(hmac.compare_digest(signature, expected) for signature in signatures)


def _signature(write_key: str, signed: bytes) -> bytes:
    return b"v1," + base64.b64encode(hmac.digest(write_key.encode(), signed, "sha256"))
