"""Canonical NDJSON lines, and Parquet files read back."""

from __future__ import annotations

from typing import Any

import pyarrow.parquet as pq
from pyarrow import BufferReader

from tests.fakes import NOW
from thermocline.contracts import load_contracts
from thermocline.contracts.validator import validator_for

CONTRACTS = load_contracts()


def click(event_id: str) -> bytes:
    """Return a canonical click event, with its newline."""
    event = {
        "event_id": event_id,
        "fingerprint": 1,
        "source": "shop",
        "event_type": "track",
        "event_time": NOW,
        "received_at": NOW,
        "time_clamped": False,
    }
    return validator_for(CONTRACTS["clickstream"]).encode(event)


def clicks(count: int) -> list[bytes]:
    """Return `count` canonical click events, ``e0`` to ``e<count - 1>``."""
    return [click(f"e{number}") for number in range(count)]


def read(data: bytes) -> list[dict[str, Any]]:
    """Return the rows of a Parquet file."""
    rows: list[dict[str, Any]] = pq.read_table(BufferReader(data)).to_pylist()
    return rows
