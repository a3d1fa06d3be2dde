"""Ports: what the use cases need from the outside. Adapters implement them; tests bring fakes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Protocol

import msgspec

from thermocline.ingest.protocols.epochs import History

Clock = Callable[[], dt.datetime]


class RecordSink(Protocol):
    """A durable stream of records: Firehose."""

    def put(self, stream: str, records: Sequence[bytes]) -> None:
        """Put all records durably, in order.

        Raises
        ------
        SinkUnavailable
            Not all records could be put; some may have been.
        """


class Metrics(Protocol):
    """Counters by stream."""

    def count(self, *, stream: str, source: str, accepted: int, quarantined: int) -> None:
        """Count the events of one acknowledged request; the quarantined ones are among the accepted."""


class StoredHistory(msgspec.Struct, frozen=True, kw_only=True):
    """A connector's epochs, and the version that a writer must name; 0 when there are none yet."""

    history: History = ()
    version: int = 0


class EpochRegistry(Protocol):
    """The epochs of every connector."""

    def read(self, source: str, connector: str) -> StoredHistory:
        """Return a connector's epochs as they are now, not as they were a moment ago.

        Raises
        ------
        EpochsUnavailable
            They cannot be read.
        """

    def replace(self, source: str, connector: str, history: History, *, version: int) -> bool:
        """Write a connector's epochs, and return whether `version` was still the current one.

        Raises
        ------
        EpochsUnavailable
            They cannot be written, or nobody knows whether they were.
        """


class StoredObject(msgspec.Struct, frozen=True, kw_only=True):
    """An object's bytes and the time it was written."""

    body: bytes
    last_modified: dt.datetime


class ObjectStore(Protocol):
    """The lake bucket."""

    def get(self, key: str) -> StoredObject:
        """Return an object."""

    def put(self, key: str, body: bytes) -> None:
        """Write an object, replacing what is there."""


class ListedObject(msgspec.Struct, frozen=True, kw_only=True):
    """An object's key and the time it was written."""

    key: str
    last_modified: dt.datetime


class Listing(Protocol):
    """What lies in the lake bucket."""

    def list(self, prefix: str) -> Iterator[ListedObject]:
        """Return the objects below a prefix."""


class Arrivals(Protocol):
    """The queue that tells convert of raw objects."""

    def waiting(self) -> int:
        """Return about how many messages are in the queue, those in work among them."""

    def send(self, raw_keys: Sequence[str]) -> None:
        """Queue raw objects, as S3's notifications do.

        Raises
        ------
        QueueUnavailable
            Not all could be queued; some may have been.
        """


class MessageVisibility(Protocol):
    """The queue that convert reads, as the function that works on its messages sees it."""

    def hide(self, seconds: Mapping[str, int]) -> None:
        """Hide each message, by its receipt handle, for so many seconds from now.

        Raises
        ------
        QueueUnavailable
            Not all could be hidden.
        """


class LedgerEntry(msgspec.Struct, frozen=True, kw_only=True):
    """What the ledger knows of one raw object."""

    raw_key: str
    gen: str
    done: bool


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one raw object.

    Attributes
    ----------
    rows
        Rows in the stream's own table.
    quarantined
        Rows that convert refused.
    raw_bytes
        Size of the raw object.
    misfits
        Values that did not fit a typed column, by column; the JSON text beside it keeps them.
    """

    rows: int
    quarantined: int
    raw_bytes: int
    misfits: dict[str, int] = {}


class Ledger(Protocol):
    """One entry a raw object: its generation, fixed once, and what became of it."""

    def watermark(self, stream: str) -> str | None:
        """Return the stream's watermark: generations before it are published and closed."""

    def begin(self, raw_key: str, *, stream: str, gen: str) -> LedgerEntry:
        """Enter a raw object under `gen`, or return the entry that an earlier delivery made."""

    def finish(self, entry: LedgerEntry, outcome: Outcome) -> None:
        """Mark an entry as done."""


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
