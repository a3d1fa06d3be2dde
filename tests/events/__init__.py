"""Sample payloads, as clients and AWS send them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

FOLDER = Path(__file__).parent


def sample(name: str) -> bytes:
    """Return the bytes of a sample."""
    return (FOLDER / name).read_bytes()


def sample_json(name: str) -> Any:
    """Return a sample, decoded."""
    return msgspec.json.decode(sample(name))
