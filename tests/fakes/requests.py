"""Requests of known sources."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import msgspec

from tests.fakes.clock import NOW
from thermocline.events.write_keys import derive_write_key
from thermocline.ingest.http.request import Request
from thermocline.sources import Source

SECRET = "a secret of this test"
SOURCES = {
    "shop": Source(stream="clickstream"),
    "history": Source(stream="clickstream", backfill=True),
    "meters": Source(stream="telemetry"),
    "shop-db": Source(stream="cdc_log", backfill=True, primary_keys={"public.orders": ("id",)}),
}
ADDRESS = "8.8.8.8"
REQUEST_ID = "JKJaXmPLvHcESHA="


def sources_file(folder: Path, sources: Mapping[str, Source]) -> str:
    """Write a stage's file with some sources, and return its path."""
    path = folder / "stage.toml"
    path.write_text("\n".join(f"[sources.{name}]\n{_toml(source)}" for name, source in sources.items()))
    return str(path)


def _toml(source: Source) -> str:
    fields = msgspec.to_builtins(source)
    tables = {name: value for name, value in fields.items() if isinstance(value, dict)}
    lines = [f"{name} = {json.dumps(value)}" for name, value in fields.items() if name not in tables]
    inline = [
        f"{name} = {{ {', '.join(f'{json.dumps(key)} = {json.dumps(value)}' for key, value in table.items())} }}"
        for name, table in tables.items()
    ]
    return "\n".join([*lines, *inline])


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
        id=REQUEST_ID,
    )
