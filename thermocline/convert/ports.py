"""What convert needs from the outside. Adapters implement it; tests bring fakes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import IO, Protocol

import msgspec


class Body(Protocol):
    """The bytes of an object, read from its beginning to its end."""

    def read(self, size: int, /) -> bytes:
        """Return the next `size` bytes or fewer, b"" only at the end."""


class StoredObject(msgspec.Struct, frozen=True, kw_only=True):
    """An object's bytes, which are read once, how many they are, and the time they were written.

    `body.read` raises when the bytes end before `size`: what is missing must not pass for the object's end.
    """

    body: Body
    size: int
    last_modified: dt.datetime


class ObjectStore(Protocol):
    """The lake bucket."""

    def get(self, key: str) -> StoredObject:
        """Return an object."""

    def put(self, key: str, body: IO[bytes]) -> None:
        """Write an object from a file, replacing what is there."""


class MessageVisibility(Protocol):
    """The queue that convert reads, as the function that works on its messages sees it."""

    def hide(self, seconds: Mapping[str, int]) -> None:
        """Hide each message, by its receipt handle, for its number of seconds from now.

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
        Rows that convert refused; a damaged part of the object is one.
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
    """One entry per raw object: its generation, fixed once, and what became of it."""

    def watermark(self, stream: str) -> str | None:
        """Return the stream's watermark: generations before it are published and closed."""

    def begin(self, raw_key: str, *, stream: str, gen: str) -> LedgerEntry:
        """Enter a raw object under `gen`, or return the entry that an earlier delivery made."""

    def finish(self, entry: LedgerEntry, outcome: Outcome) -> None:
        """Mark an entry as done."""
