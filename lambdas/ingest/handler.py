"""HTTP API → the ingest use case → HTTP API."""

from __future__ import annotations

from typing import Any

from thermocline.bootstrap.ingest import ingest
from thermocline.clock import utc_now
from thermocline.ingest.http.http_api import request_from, response_to


def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    """Answer one request."""
    return response_to(ingest()(request_from(event, received_at=utc_now())))
