"""Requests of known sources."""

from __future__ import annotations

from collections.abc import Mapping

from tests.fakes.clock import NOW
from thermocline.events.write_keys import derive_write_key
from thermocline.ingest.http.request import Request
from thermocline.settings import Source

SECRET = "a secret of this test"
SOURCES = {
    "shop": Source(stream="clickstream"),
    "history": Source(stream="clickstream", backfill=True),
    "meters": Source(stream="telemetry"),
    "shop-db": Source(stream="cdc_log", backfill=True, primary_keys={"public.orders": ("id",)}),
}
ADDRESS = "8.8.8.8"


def write_key(source: str) -> str:
    """Return a source's valid write key."""
    return derive_write_key(SECRET, source, SOURCES[source].key_version)


def request(
    path: str,
    body: bytes = b"",
    *,
    source: str | None = "shop",
    headers: Mapping[str, str] | None = None,
    method: str = "POST",
) -> Request:
    """Return a request with a source's write key, or without a key."""
    bearer = {"authorization": f"Bearer {write_key(source)}"} if source else {}
    return Request(
        method=method,
        path=path,
        headers=bearer | dict(headers or {}),
        body=body,
        source_ip=ADDRESS,
        received_at=NOW,
    )
