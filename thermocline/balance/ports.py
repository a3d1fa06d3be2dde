"""What the balance needs from the outside. Adapters implement it; tests bring fakes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

import msgspec

from thermocline.balance.model import Page, Range
from thermocline.ledger import Entry, Marks


class BalancedLedger(Protocol):
    """The ledger as the balance sees it; other reads are strongly consistent."""

    def marks(self, stream: str) -> Marks:
        """Return a stream's marks."""

    def entries_of(self, raw_keys: Sequence[str]) -> Mapping[str, Entry]:
        """Return the entries of those raw objects that have one, perhaps a moment old."""

    def entries(self, stream: str, gen: str) -> Sequence[Entry]:
        """Return the entries that a generation has."""

    def next_generation(self, stream: str, start: str) -> str | None:
        """Return the first generation from `start` on that has an entry."""


class ListedFile(msgspec.Struct, frozen=True, kw_only=True):
    """An object as a listing shows it."""

    key: str
    bytes: int
    storage_class: str
    last_modified: dt.datetime


class Listing(Protocol):
    """What lies in the lake bucket."""

    def list(self, prefix: str, *, after: str = "") -> Iterator[ListedFile]:
        """Yield the objects below a prefix whose key is behind `after`, by key."""


class ParquetCounts(Protocol):
    """Rows as the Parquet files of the lake bucket count them."""

    def rows(self, key: str) -> int:
        """Return how many rows a file has, by its footer.

        Raises
        ------
        FileNotFoundError
            There is no such file.
        """

    def count(self, key: str, *columns: str) -> Mapping[tuple[object, ...], int]:
        """Return how many rows a file has of each combination of values (see `rows` for errors)."""


class RawLines(Protocol):
    """Raw objects, read only to count their lines."""

    def lines(self, raw_key: str) -> int | None:
        """Return how many lines a raw object has; None when it cannot be read to its end.

        Raises
        ------
        FileNotFoundError
            There is no such object.
        """


class Acknowledged(msgspec.Struct, frozen=True, kw_only=True):
    """Events of a stream that ingest acknowledged; the quarantined ones are among the accepted."""

    accepted: int
    quarantined: int


class IngestCounts(Protocol):
    """Ingest's own metrics."""

    def acknowledged(self, stream: str, since: dt.datetime, until: dt.datetime) -> Acknowledged:
        """Return what was acknowledged in whole hours."""


class BalanceMetrics(Protocol):
    """Metrics of the balance."""

    def unbalanced(self, stream: str, generations: int) -> None:
        """Tell how many generations of a stream do not balance; 0 as well, so that an alarm sees the end of it."""


class BalanceTable(Protocol):
    """The table of balances that analysts query: one row per stream and generation, of the latest run."""

    def replace(self, pages: Sequence[Page], among: Range, *, checked_at: dt.datetime) -> None:
        """Replace the rows of the range, and of raw objects in no generation, by those of a run."""
