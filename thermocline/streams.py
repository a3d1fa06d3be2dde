"""The streams of the lake: each is one contract. The list comes from ``contracts/``, and from nowhere else."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from thermocline.contracts import CONTRACTS_FOLDER, Contract, load_contracts
from thermocline.errors import UnknownStream

QUARANTINE: Final = "quarantine"
"""The stream of bad rows; no source feeds it."""


def load_streams(folder: Path = CONTRACTS_FOLDER) -> Mapping[str, Contract]:
    """Return the contract of every stream, by the stream's name (see `load_contracts` for errors)."""
    return load_contracts(folder)


def fed_by_sources(contracts: Mapping[str, Contract]) -> tuple[str, ...]:
    """Return the streams that a source may name."""
    return tuple(name for name, contract in contracts.items() if contract.protocol != "none")


def feeders(table: str, contracts: Mapping[str, Contract]) -> tuple[str, ...]:
    """Return the streams whose raw objects have rows of a table: bad rows come from all of them."""
    return tuple(contracts) if table == QUARANTINE else (table,)


def contract_of(stream: str, contracts: Mapping[str, Contract]) -> Contract:
    """Return a stream's contract.

    Raises
    ------
    UnknownStream
        No contract has this name.
    """
    if stream not in contracts:
        raise UnknownStream(f"there is no stream {stream!r}: contracts/ has {', '.join(contracts)}")
    return contracts[stream]
