"""API Gateway's HTTP API events (payload format 2.0) ↔ requests and responses."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import msgspec

from kit.runtime.http import body_of
from thermocline.ingest.http.request import Request, Response


def request_from(event: Mapping[str, Any], *, received_at: dt.datetime) -> Request:
    """Return the request in an HTTP API event."""
    http = event["requestContext"]["http"]
    return Request(
        method=http["method"].upper(),
        path=_unicode(event["rawPath"]),
        headers={name.lower(): _unicode(value) for name, value in event.get("headers", {}).items()},
        body=body_of(event),
        source_ip=http.get("sourceIp"),
        received_at=received_at,
        query=_unicode(event.get("rawQueryString", "")),
        id=event["requestContext"].get("requestId", ""),
    )


def response_to(response: Response) -> dict[str, Any]:
    """Return the HTTP API's form of a response."""
    return {
        "statusCode": response.status,
        "headers": {"content-type": "application/json", **response.headers},
        "body": msgspec.json.encode(response.body).decode(),
        "isBase64Encoded": False,
    }


def _unicode(text: str) -> str:
    """Return a text with U+FFFD, which no id may hold, in place of half characters, which JSON can carry."""
    return text if text.isascii() else text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
