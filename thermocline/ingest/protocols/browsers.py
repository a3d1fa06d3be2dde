"""What browser SDKs ask of the endpoint besides taking their events, and the write keys that they put into URLs.

Sources: rudder-sdk-js (`beaconQueue`, `ConfigManager`, `adBlockers`), analytics-next (`loadCDNSettings`).
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qs, unquote

from thermocline.ingest.http.request import Request, Response
from thermocline.ingest.protocols.declaration import Protocol, not_found
from thermocline.ingest.protocols.segment import parse_batch, write_key_in_body

SOURCE_CONFIG_PATH = "/sourceConfig"
# Not every page load may cost an invocation; a key that was replaced is refused with the next event anyway.
_CACHED = {"cache-control": "private, max-age=300"}

_SEGMENT_SETTINGS = re.compile(r"/v1/projects/([^/]+)/settings")
_NOTHING_COLLECTED = {"errors": {"enabled": False}, "metrics": {"enabled": False}}


def key_in_query(request: Request) -> str | None:
    """Return the write key in the query string, or None: a beacon has no headers of its own."""
    return parse_qs(request.query).get("writeKey", [None])[0]


def key_in_path(request: Request) -> str | None:
    """Return the write key in the path of Segment's settings, or None."""
    match = _SEGMENT_SETTINGS.fullmatch(request.path)
    return unquote(match[1]) if match else None


def rudderstack_settings(request: Request, source_name: str) -> Response:
    """Return the settings that RudderStack's SDK asks for before it sends.

    Raises
    ------
    RequestError
        It asks for something else.
    """
    if request.path.rstrip("/") != SOURCE_CONFIG_PATH:
        raise not_found()
    return Response(status=200, body=_without_destinations(source_name), headers=_CACHED)


def segment_settings(request: Request, _source_name: str) -> Response:
    """Return the settings that Segment's SDK asks for before it sends (see `rudderstack_settings` for errors)."""
    key = key_in_path(request)
    if key is None:
        raise not_found()
    return Response(status=200, body=_own_destination(request, key), headers=_CACHED)


def _without_destinations(source_name: str) -> dict[str, Any]:
    """Return an enabled source without destinations, whose SDK reports nothing about itself."""
    source = {
        "id": source_name,
        "name": source_name,
        "enabled": True,
        "config": {"statsCollection": _NOTHING_COLLECTED},
        "connections": [],
        "destinations": [],
    }
    return {"source": source}


def _own_destination(request: Request, write_key: str) -> dict[str, Any]:
    """Return Segment's own destination at this endpoint, and no other: without `apiHost` events would go to Segment."""
    host = request.headers.get("x-forwarded-host") or request.headers.get("host", "")
    destination = {
        "apiKey": write_key,
        "apiHost": f"{host}/v1",
        "protocol": request.headers.get("x-forwarded-proto", "https"),
    }
    return {"integrations": {"Segment.io": destination}, "metrics": {"sampleRate": 0}, "plan": {}, "remotePlugins": []}


PROTOCOLS = (
    Protocol(
        routes=("POST /beacon/v1/batch",),
        parse=lambda body, _post: parse_batch(body),
        key_in_url=key_in_query,
        key_in_body=write_key_in_body,
        browser_headers=(
            "anonymousid",
            "rsa-recovered",
            "rsa-retry-attempt",
            "rsa-retry-reason",
            "rsa-since-first-attempt",
            "rsa-since-last-attempt",
            "sentat",
        ),
    ),
    Protocol(
        routes=tuple(
            f"{method} {SOURCE_CONFIG_PATH}{rest}" for method in ("GET", "HEAD") for rest in ("", "/{proxy+}")
        ),
        answer=rudderstack_settings,
        key_in_url=key_in_query,
    ),
    Protocol(routes=("GET /v1/projects/{writeKey}/settings",), answer=segment_settings, key_in_url=key_in_path),
)
