"""Bad rows as ingest puts them, and as whoever reads the warm table has them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from thermocline.events.quarantined import COLUMNS, Quarantined, quarantined

BAD_RAW = "raw/quarantine/2026/11/22/12/bad.ndjson.zst"
_TIMES = ("received_at",)


def as_stored(line: Mapping[str, Any], raw_key: str = BAD_RAW, gen: str = "2026-11-22-12") -> Quarantined:
    """Return a line of raw/quarantine/ as it is read from the warm table."""
    row: dict[str, Any] = dict.fromkeys(COLUMNS) | dict(line) | {"_src": raw_key, "gen": gen}
    times = {name: dt.datetime.fromisoformat(row[name]).replace(tzinfo=None) for name in _TIMES}
    return quarantined(row | times)
