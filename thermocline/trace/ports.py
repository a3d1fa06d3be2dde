"""What trace needs from the outside. Adapters implement it; tests bring fakes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol

from thermocline.ledger import Entry, Marks, Suppression
from thermocline.trace.model import Commit, RawObject


class TracedLedger(Protocol):
    """The ledger as trace sees it."""

    def entry(self, raw_key: str) -> Entry | None:
        """Return a raw object's entry, or None before its first attempt."""

    def entries_of(self, raw_keys: Sequence[str]) -> Mapping[str, Entry]:
        """Return the entries of those raw objects that have one, perhaps a moment old."""

    def entries(self, stream: str, gen: str) -> Sequence[Entry]:
        """Return the entries that a generation has."""

    def next_generation(self, stream: str, start: str) -> str | None:
        """Return the first generation from `start` on that has an entry."""

    def marks(self, stream: str) -> Marks:
        """Return a stream's marks."""

    def suppression(self) -> Suppression:
        """Return the current suppression list."""


class RawObjects(Protocol):
    """Objects of the lake bucket."""

    def list(self, prefix: str) -> Iterator[RawObject]:
        """Yield the objects below a prefix."""

    def read(self, key: str) -> tuple[RawObject, bytes] | None:
        """Return an object and its bytes, or None if there is none."""


class EventRows(Protocol):
    """Parquet files of the lake bucket, looked into for one value."""

    def find(self, key: str, wanted: Mapping[str, object], columns: Sequence[str]) -> Sequence[tuple[int, int, Any]]:
        """Return row group, place and values of the rows that have one of the wanted values in its column.

        Raises
        ------
        FileNotFoundError
            There is no such file.
        """


class WarmFileEntry(Protocol):
    """A data file of a warm table."""

    @property
    def key(self) -> str:
        """Its key."""

    def may_have(self, event_id: str) -> bool:
        """Tell whether its bounds leave room for an event."""


class WarmState(Protocol):
    """A warm table as it is now."""

    @property
    def files(self) -> Sequence[WarmFileEntry]:
        """The table's data files, the newest first."""

    @property
    def commits(self) -> Sequence[Commit]:
        """The snapshots that the table still has, the newest first."""

    @property
    def ids(self) -> Mapping[str, str]:
        """Key of the identities of each generation."""


class WarmTables(Protocol):
    """The warm tables."""

    def load(self, table: str) -> WarmState | None:
        """Return a table's state; None if there is no such table yet."""


class ReadView(Protocol):
    """A view as the catalog has it."""

    @property
    def watermark(self) -> str:
        """The first generation that it reads from hot."""


class Views(Protocol):
    """The views of the lake's database."""

    def read(self, table: str) -> ReadView | None:
        """Return a table's view as it is now, or None when there is none."""


class Claims(Protocol):
    """Who took quarantined rows back."""

    def claims(self, raw_keys: Sequence[str]) -> Mapping[str, Mapping[str, str]]:
        """Return the owner of each claimed row, by raw object and by quarantine's own event_id."""


class Hasher(Protocol):
    """Digests of subjects."""

    def digest(self, column: str, value: object) -> str:
        """Return the digest of a column's value."""
