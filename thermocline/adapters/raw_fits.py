"""Tells whether convert takes a line for a good row, by convert's own reader."""

from __future__ import annotations

from collections.abc import Mapping

from thermocline.contracts import Contract
from thermocline.contracts.arrow import ingested_schema
from thermocline.convert.ndjson import read_ndjson


class ReadsLines:
    """Implements `thermocline.erase.raw_objects.Fits`."""

    def __init__(self, contracts: Mapping[str, Contract]) -> None:
        self._schemas = {name: ingested_schema(contract) for name, contract in contracts.items()}

    def __call__(self, stream: str, line: bytes) -> bool:
        """Tell whether a line of a stream becomes a row of its table."""
        _, refused = read_ndjson(line + b"\n", self._schemas[stream])
        return not refused
