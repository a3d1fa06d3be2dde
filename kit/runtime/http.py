"""Helpers for the handlers of an HTTP API."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any


def body_of(event: Mapping[str, Any]) -> bytes:
    """Return the body of an HTTP API event (payload format 2.0): API Gateway encodes all but text as base64.

    A body that is marked as base64 and is not valid base64 is returned as it came.
    """
    body = event.get("body") or ""
    if not event.get("isBase64Encoded"):
        return str(body).encode("utf-8", "surrogatepass")
    try:
        return base64.b64decode(body, validate=True)
    except ValueError:
        return str(body).encode()
