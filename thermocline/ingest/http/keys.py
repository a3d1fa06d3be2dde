"""Where each client puts its write key."""

from __future__ import annotations

import base64
import re

from thermocline.ingest.http.request import Request

_SIGV4_CREDENTIAL = re.compile(r"AWS4-HMAC-SHA256 .*?Credential=([^/,\s]+)/")


def write_key_of(request: Request) -> str | None:
    """Return the write key in the Authorization header, or None.

    ``Basic b64(key:)`` is Segment's form and ``Bearer key`` everyone's. AWS clients sign with SigV4: the access
    key id in their credential carries the write key. The signature adds nothing to a bearer key sent over TLS, so it is
    not checked, just as Basic's password is not.
    """
    header = request.headers.get("authorization", "")
    scheme, _, value = header.partition(" ")
    match scheme.lower():
        case "basic":
            return _basic_user(value)
        case "bearer":
            return value.strip() or None
        case "aws4-hmac-sha256":
            match = _SIGV4_CREDENTIAL.match(header)
            return match[1] if match else None
    return None


def _basic_user(value: str) -> str | None:
    try:
        text = base64.b64decode(value.strip(), validate=True).decode()
    except ValueError:  # neither base64 nor UTF-8
        return None
    return text.partition(":")[0] or None
