"""What the sweeper needs from the outside. Adapters implement it; tests bring fakes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

import msgspec


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


class Progress(msgspec.Struct, frozen=True, kw_only=True):
    """How far an entry has come, and how often the sweeper has queued its object again."""

    done: bool
    sweeps: int


class SweptLedger(Protocol):
    """The ledger as the sweeper sees it."""

    def progress(self, raw_keys: Sequence[str]) -> Mapping[str, Progress]:
        """Return the progress of those raw objects that have an entry."""

    def count_sweep(self, raw_key: str) -> None:
        """Count that an object with an entry was queued again."""
