"""A contract as the exporters see it: the part of ODCS 3.2 that this project uses."""

from __future__ import annotations

from typing import Final

import msgspec

from thermocline.contracts.paths import split_path

CLASSIFICATIONS: Final = ("public", "internal", "confidential", "restricted")
"""From the weakest to the strongest."""

WHEN_ANONYMOUS: Final = ("drop", "pseudonym")

PROTOCOLS: Final = ("rows", "clickstream", "telemetry", "changes", "none")
"""How ``POST /v1/events`` reads a body for the table: ``rows`` is a table of one's own, ``none`` has no source."""

WRITERS: Final = ("producer", "ingest", "convert", "promote")

UNKNOWN_MEMBERS: Final = ("extra", "refuse", "drop")

ENCODINGS: Final = ("json",)

PARTITIONED_BY: Final = ("day", "month", "year")
"""What the warm table makes of the event time to partition by it."""


class Column(msgspec.Struct, frozen=True, kw_only=True):
    """One column of a table.

    Attributes
    ----------
    type
        Physical type, a key of ``thermocline.contracts.types``.
    written_by
        Who gives the value: the ``producer`` (as sent), ``ingest``, ``convert`` or ``promote``.
    path
        For a producer's column, the member of the row as sent; None: the member with the column's own name. For a
        column that convert writes, the column of JSON text and the member in it, e.g. ``properties.price``.
    encoding
        ``json``: the JSON of the value that was sent, as text. None: the value itself.
    classification
        ``public``, ``internal``, ``confidential`` or ``restricted`` (identifies a person).
    derived_from
        Columns that its value is read from, whose classification it inherits.
    closed
        True: its values come from a fixed list of this project, whatever the producer sends, so it inherits nothing.
    when_anonymous
        What an anonymous source stores for it, if it identifies: nothing (``drop``) or a keyed ``pseudonym``. A
        required column always has a pseudonym.
    anonymous_pattern
        An anonymous source stores a value of this form as it is, because it identifies nobody.
    """

    name: str
    description: str
    type: str
    classification: str
    required: bool = False
    partition: bool = False
    written_by: str = "producer"
    path: str | None = None
    encoding: str | None = None
    derived_from: tuple[str, ...] = ()
    closed: bool = False
    when_anonymous: str = "drop"
    anonymous_pattern: str | None = None
    min_length: int | None = None
    max_length: int | None = None
    pattern: str | None = None
    enum: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()

    @property
    def steps(self) -> tuple[str, ...]:
        """The names on its path; without a path, its own name."""
        return (self.name,) if self.path is None else split_path(self.path)

    @property
    def is_json(self) -> bool:
        """True when its values are JSON text."""
        return self.encoding == "json"


class Contract(msgspec.Struct, frozen=True, kw_only=True):
    """One table: its name in the lake, its name in the catalog, and its columns in order.

    Attributes
    ----------
    protocol
        How the body of a post from a source of this stream is read; one of `PROTOCOLS`.
    event_time
        The producer's column that holds the event's time; None: the time of receipt.
    identity
        The producer's columns that identify a row; if there are none, a hash of what was sent does.
    unknown_members
        What happens to members that no column names: kept in the column ``extra``, ``refuse`` (a bad row) or ``drop``.
    partitioned_by
        What the warm table makes of the event time to partition by it; one of `PARTITIONED_BY`.
    sorted_by
        Columns that rows of one day are sorted by in warm files; the event time comes after them.
    erasure_keys
        Columns whose values name a person that may ask for erasure.
    retention_days
        Rows whose event time is older are removed from the warm table; None: they stay.
    """

    id: str
    name: str
    table: str
    version: str
    purpose: str
    usage: str
    limitations: str
    grain: str
    columns: tuple[Column, ...]
    protocol: str = "rows"
    event_time: str | None = None
    identity: tuple[str, ...] = ()
    unknown_members: str = "extra"
    partitioned_by: str = "month"
    sorted_by: tuple[str, ...] = ()
    erasure_keys: tuple[str, ...] = ()
    retention_days: int | None = None

    def __hash__(self) -> int:
        """Return a hash of name and version: every request looks it up, and all columns would take as long as a row."""
        return hash((self.name, self.version))

    @property
    def produced(self) -> tuple[Column, ...]:
        """The columns whose values the producer sends."""
        return tuple(column for column in self.columns if column.written_by == "producer")

    @property
    def ingested(self) -> tuple[Column, ...]:
        """The columns of the canonical NDJSON, which the ingest function writes: the producer's and its own."""
        return tuple(column for column in self.columns if column.written_by in ("producer", "ingest"))

    @property
    def stored(self) -> tuple[Column, ...]:
        """The columns inside a Parquet file: all but the partition columns."""
        return tuple(column for column in self.columns if not column.partition)

    @property
    def partitions(self) -> tuple[Column, ...]:
        """The columns that are part of an object's key."""
        return tuple(column for column in self.columns if column.partition)

    @property
    def time_column(self) -> str:
        """The column that tells when a row's event happened; quarantined rows have only the time of receipt."""
        return "event_time" if any(column.name == "event_time" for column in self.columns) else "received_at"
