"""What the sweeper needs from the outside. Adapters implement it; tests bring fakes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

import msgspec

from thermocline.ledger import Entry, Marks


class ListedObject(msgspec.Struct, frozen=True, kw_only=True):
    """An object's key and the time it was written."""

    key: str
    last_modified: dt.datetime


class Listing(Protocol):
    """What lies in the lake bucket."""

    def list(self, prefix: str) -> Iterator[ListedObject]:
        """Yield the objects below a prefix."""


class Arrivals(Protocol):
    """The queue that names raw objects to convert."""

    def waiting(self) -> int:
        """Return about how many messages are in the queue, those in work among them."""

    def send(self, raw_keys: Sequence[str]) -> None:
        """Queue raw objects, as S3's notifications do.

        Raises
        ------
        QueueUnavailable
            Not all could be queued; some may have been.
        """


class SweptLedger(Protocol):
    """The ledger as the sweeper sees it."""

    def entries_of(self, raw_keys: Sequence[str]) -> Mapping[str, Entry]:
        """Return the entries of those raw objects that have one, perhaps a moment old."""

    def marks(self, stream: str) -> Marks:
        """Return a stream's marks."""

    def next_generation(self, stream: str, start: str) -> str | None:
        """Return the first generation from `start` on that has an entry."""

    def entries(self, stream: str, gen: str) -> Sequence[Entry]:
        """Return the entries that a generation has."""

    def count_sweep(self, raw_key: str) -> None:
        """Count that an object with an entry was queued again."""

    def park(self, entry: Entry, *, token: str) -> None:
        """Take a pending entry out of its generation, so that it holds up no promotion; no attempt can finish it.

        Raises
        ------
        LedgerConflict
            The entry is not as it was read, or another transaction was at it.
        """

    def parked(self) -> Sequence[Entry]:
        """Return the entries that are parked, however old they are."""


class SweepMetrics(Protocol):
    """Metrics of the sweeper."""

    def parked(self, objects: int) -> None:
        """Tell how many objects are parked; 0 as well, so that an alarm sees the end of it."""
