"""What the steps of the warm level need from the outside. Adapters implement it; tests bring fakes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from thermocline.warm.model import Base, Change, WarmFile


class Leases(Protocol):
    """One writer of a warm table at a time; each lease has a token that is higher than every one before it."""

    def acquire(self, table: str) -> int:
        """Take the lease of a table, and return its token.

        Raises
        ------
        LeaseTaken
            Another has it, and its time is not up.
        """

    def release(self, table: str, token: int) -> None:
        """Give the lease back; nothing happens if another has it by now."""


class Catalog(Protocol):
    """The warm tables: no call of it is ever tried again by itself."""

    def load(self, table: str) -> Base:
        """Return the state of a table as it is now."""

    def files(self, base: Base, *, gen: str | None = None) -> Sequence[WarmFile]:
        """Return the table's files; with `gen`, those that may hold rows of this generation."""

    def commit(self, base: Base, change: Change) -> None:
        """Make a change in one commit, which also sets the table's fence to the change's token.

        Raises
        ------
        CommitFailed
            It may have landed or not: load the table again and look for its token.
        """


class Files(Protocol):
    """The objects of the lake bucket, as files of this machine."""

    def fetch(self, key: str, path: Path) -> None:
        """Copy an object into a file.

        Raises
        ------
        FileNotFoundError
            There is no such object.
        """

    def store(self, path: Path, key: str) -> str:
        """Copy a file into an object, and return the object's address, ``s3://bucket/key``."""

    def key_of(self, address: str) -> str:
        """Return the key in an address."""
