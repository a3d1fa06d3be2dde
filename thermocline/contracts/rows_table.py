"""The columns that a table of one's own (protocol ``rows``) has beside the producer's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from thermocline.contracts.model import CLASSIFICATIONS, Column, Contract
from thermocline.contracts.privacy import strength

EXTRA: Final = "extra"


class OwnColumn(NamedTuple):
    """The properties that a contract must give such a column."""

    type: str
    required: bool
    written_by: str = "ingest"
    partition: bool = False
    encoding: str | None = None


OWN_COLUMNS: Final = {
    "event_id": OwnColumn("string", required=True),
    "fingerprint": OwnColumn("bigint", required=True),
    "source": OwnColumn("string", required=True),
    "event_time": OwnColumn("timestamp", required=True),
    "original_time": OwnColumn("timestamp", required=False),
    "received_at": OwnColumn("timestamp", required=True),
    "time_clamped": OwnColumn("boolean", required=True),
    EXTRA: OwnColumn("string", required=False, encoding="json"),
    "_src": OwnColumn("string", required=True, written_by="convert"),
    "gen": OwnColumn("string", required=True, written_by="convert", partition=True),
}
"""By name. ``extra`` is there only where unknown members are kept."""


def rows_table_problems(contract: Contract) -> Iterator[str]:
    """Name the columns that a table of protocol ``rows`` lacks, or has in another form, or should not have."""
    columns = {column.name: column for column in contract.columns}
    for name, own in OWN_COLUMNS.items():
        if name == EXTRA and contract.unknown_members in ("refuse", "drop"):
            if name in columns:
                yield f"{name}: is only for unknownMembers extra, give a member of this name another column"
        elif name not in columns:
            yield f"{name}: is missing, which every table of protocol rows has"
        elif _said(columns[name]) != own:
            yield f"{name}: must be {_wanted(own)}"
    for column in contract.columns:
        if column.written_by == "ingest" and column.name not in OWN_COLUMNS:
            yield f"{column.name}: ingest does not know this column, leave out writtenBy where the producer sends it"
    if EXTRA in columns and strength(columns[EXTRA]) < CLASSIFICATIONS.index("confidential"):
        yield f"{EXTRA}: may hold anything personal, so that its classification is confidential or restricted"
    if not contract.produced:
        yield "has no column that the producer writes"


def _said(column: Column) -> OwnColumn:
    return OwnColumn(column.type, column.required, column.written_by, column.partition, column.encoding)


def _wanted(own: OwnColumn) -> str:
    parts = [own.type, "required" if own.required else "not required", f"writtenBy {own.written_by}"]
    if own.partition:
        parts.append("partitioned")
    if own.encoding:
        parts.append(f"encoding {own.encoding}")
    return ", ".join(parts)
