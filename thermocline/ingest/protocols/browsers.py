"""What browser SDKs ask of the endpoint besides taking their events, and the write keys that they put into URLs.

Sources: rudder-sdk-js (`beaconQueue`, `ConfigManager`, `adBlockers`), analytics-next (`loadCDNSettings`).
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qs, unquote

from thermocline.errors import RequestError
from thermocline.ingest.http.request import Request, Response

BEACON_PATH = "/beacon/v1/batch"
SOURCE_CONFIG_PATH = "/sourceConfig"
# A page load must not cost an invocation each time; a key that was replaced is refused with the next event anyway.
_CACHED = {"cache-control": "private, max-age=300"}

_SEGMENT_SETTINGS = re.compile(r"/v1/projects/([^/]+)/settings")
_NOTHING_COLLECTED = {"errors": {"enabled": False}, "metrics": {"enabled": False}}


def write_key_in_url(request: Request) -> str | None:
    """Return the write key in a URL, or None: read only where an SDK can put it nowhere else.

    A beacon has no headers of its own, and Segment's settings have the key in their path.
    """
    path = request.path
    if path == BEACON_PATH or _is_source_config(path):
        return parse_qs(request.query).get("writeKey", [None])[0]
    found = _SEGMENT_SETTINGS.fullmatch(path)
    return unquote(found[1]) if found else None


def settings_of(request: Request, source_name: str) -> Response:
    """Return the settings that an SDK asks for before it sends.

    Raises
    ------
    RequestError
        It asks for something else.
    """
    if _is_source_config(request.path):
        return Response(status=200, body=_rudderstack_settings(source_name), headers=_CACHED)
    if _SEGMENT_SETTINGS.fullmatch(request.path):
        return Response(status=200, body=_segment_settings(request), headers=_CACHED)
    raise RequestError(404, "not_found", "Nothing answers here; post events to /v1/events.")


def _is_source_config(path: str) -> bool:
    return path.rstrip("/") == SOURCE_CONFIG_PATH


def _rudderstack_settings(source_name: str) -> dict[str, Any]:
    """An enabled source without destinations, whose SDK reports nothing about itself."""
    source = {
        "id": source_name,
        "name": source_name,
        "enabled": True,
        "config": {"statsCollection": _NOTHING_COLLECTED},
        "connections": [],
        "destinations": [],
    }
    return {"source": source}


def _segment_settings(request: Request) -> dict[str, Any]:
    """Only Segment's own destination, led to this endpoint: without `apiHost` events would go to Segment."""
    host = request.headers.get("x-forwarded-host") or request.headers.get("host", "")
    destination = {
        "apiKey": write_key_in_url(request),
        "apiHost": f"{host}/v1",
        "protocol": request.headers.get("x-forwarded-proto", "https"),
    }
    return {"integrations": {"Segment.io": destination}, "metrics": {"sampleRate": 0}, "plan": {}, "remotePlugins": []}
