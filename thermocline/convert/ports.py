"""What convert needs from the outside. Adapters implement it; tests bring fakes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import IO, Protocol

import msgspec

from thermocline.ledger import Entry, Marks, Suppression


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


class EntryLedger(Protocol):
    """The ledger as convert sees it; every read is strongly consistent, every write one transaction."""

    def entry(self, raw_key: str) -> Entry | None:
        """Return a raw object's entry, or None before its first attempt."""

    def marks(self, stream: str) -> Marks:
        """Return a stream's marks."""

    def suppression(self) -> Suppression:
        """Return the current suppression list."""

    def enter(self, raw_key: str, *, stream: str, gen: str, token: str, suppression: int) -> None:
        """Enter an object that has no entry, or a parked one, into a generation.

        Raises
        ------
        LedgerConflict
            `closing` of the stream or of quarantine has passed `gen`, the suppression list has another version, the
            object has an entry that is not parked, or another transaction was at it at the same time.
        """

    def take_over(self, entry: Entry, *, token: str, suppression: int) -> None:
        """Give a pending entry a new token, so that the attempt before cannot finish it any more.

        Raises
        ------
        LedgerConflict
            The entry is not as it was read, the suppression list has another version, or another transaction was at it.
        """

    def finish(self, entry: Entry) -> bool:
        """Mark an entry as done, with its files and counts; False when it is another attempt's by now."""
