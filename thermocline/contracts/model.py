"""A contract as the exporters see it: the part of ODCS 3.2 that this project uses."""

from __future__ import annotations

from typing import Final

import msgspec

CLASSIFICATIONS: Final = ("public", "internal", "confidential", "restricted")
"""From the weakest to the strongest."""

WHEN_ANONYMOUS: Final = ("drop", "pseudonym")


class Column(msgspec.Struct, frozen=True, kw_only=True):
    """One column of a table.

    Attributes
    ----------
    type
        Physical type, a key of ``thermocline.contracts.types``.
    written_by
        ``ingest``, or the later step that adds the column.
    classification
        ``public``, ``internal``, ``confidential`` or ``restricted`` (identifies a person).
    derived_from
        Columns that its value is read out of, whose classification it inherits.
    closed
        True: its values come from a list of this project's, whatever the producer sends, so that it inherits nothing.
    when_anonymous
        What an anonymous source stores of it, if it identifies: nothing (``drop``) or a keyed ``pseudonym``. A required
        column always has a pseudonym.
    anonymous_pattern
        What an anonymous source stores as it is, because a value of this form identifies nobody.
    """

    name: str
    description: str
    type: str
    classification: str
    required: bool = False
    partition: bool = False
    written_by: str = "ingest"
    derived_from: tuple[str, ...] = ()
    closed: bool = False
    when_anonymous: str = "drop"
    anonymous_pattern: str | None = None
    min_length: int | None = None
    max_length: int | None = None
    pattern: str | None = None
    enum: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()


class Contract(msgspec.Struct, frozen=True, kw_only=True):
    """One table: its name in the lake, its name in the catalog, and its columns in order."""

    id: str
    name: str
    table: str
    version: str
    purpose: str
    usage: str
    limitations: str
    grain: str
    columns: tuple[Column, ...]

    @property
    def ingested(self) -> tuple[Column, ...]:
        """The columns of the canonical NDJSON, which the ingest function writes."""
        return tuple(column for column in self.columns if column.written_by == "ingest")

    @property
    def stored(self) -> tuple[Column, ...]:
        """The columns inside a Parquet file: all but the partition columns."""
        return tuple(column for column in self.columns if not column.partition)

    @property
    def partitions(self) -> tuple[Column, ...]:
        """The columns that are part of an object's key."""
        return tuple(column for column in self.columns if column.partition)
