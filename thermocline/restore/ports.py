"""What restoring needs from the outside. Adapters implement it; tests bring fakes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Protocol

import msgspec

from thermocline.ledger import Entry, Marks
from thermocline.restore.choice import Metadata
from thermocline.warm.model import Base


class View(Protocol):
    """A view as the catalog has it."""

    @property
    def watermark(self) -> str:
        """The first generation that it reads from hot."""


class Views(Protocol):
    """The views of the lake's database."""

    def read(self, table: str) -> View | None:
        """Return a table's view, or None when there is none."""


class Tables(Protocol):
    """The warm tables: what the catalog has of them, and their metadata as objects."""

    def registered(self, table: str) -> str | None:
        """Return the key of the metadata that the catalog has, or None when it does not know the table."""

    def metadata(self, table: str) -> list[Metadata]:
        """Return the files with the highest number, of each table that there was."""

    def register(self, table: str, key: str) -> None:
        """Let the catalog have a table by its metadata; refused when it has one of this name."""


class Bases(Protocol):
    """The warm tables as they are."""

    def load(self, table: str) -> Base:
        """Return the state of a table as it is now."""


class EnteredLedger(Protocol):
    """Marks, and which generations have entries."""

    def marks(self, stream: str) -> Marks:
        """Return a stream's marks."""

    def next_generation(self, stream: str, start: str) -> str | None:
        """Return the first generation from `start` on that has an entry."""


class OldLedger(EnteredLedger, Protocol):
    """A ledger as it was at a time."""

    def entries_of(self, raw_keys: Sequence[str]) -> Mapping[str, Entry]:
        """Return the entries of those raw objects that have one."""

    def entries(self, stream: str, gen: str) -> Sequence[Entry]:
        """Return the entries that a generation has."""

    def token(self, table: str) -> int:
        """Return the token of a table's last lease, 0 before any."""

    def version(self) -> int:
        """Return the version of the suppression list."""

    def knows_erasure(self, run: str) -> bool:
        """Tell whether the ledger has the state of an erasure."""


class RestoredLedger(OldLedger, Protocol):
    """The ledger that is restored; nobody else writes it meanwhile."""

    def copy_missing(self, *, dry_run: bool) -> int:
        """Copy what the old ledger has and this one has not; return how many items that are."""

    def suppress(self, digests: Collection[str], until: dt.datetime | None = None) -> int:
        """Put subjects on the list, until a time or for ever; return the version that has all of them."""

    def raise_version(self, version: int) -> None:
        """Let the suppression list have at least a version."""

    def raise_token(self, table: str, token: int) -> None:
        """Let a table's next lease have a token that is higher than this."""

    def close(self, stream: str, gen: str) -> None:
        """Move the stream's `closing` up to `gen`; it never moves back."""

    def advance(self, stream: str, gen: str) -> None:
        """Move the stream's watermark up to `gen`; it never moves back."""

    def put(self, entry: Entry, *, instead_of: Entry | None) -> None:
        """Write an entry and its membership in a generation, or list it as parked, instead of another."""


class Listed(Protocol):
    """An object as a listing shows it."""

    @property
    def key(self) -> str:
        """Its key."""

    @property
    def bytes(self) -> int:
        """Its size."""


class Listing(Protocol):
    """What lies in the lake bucket."""

    def list(self, prefix: str, *, after: str = "") -> Iterator[Listed]:
        """Yield the objects below a prefix whose key is behind `after`, by key."""


class ParquetCounts(Protocol):
    """Rows as the Parquet files of the lake bucket count them."""

    def rows(self, key: str) -> int:
        """Return how many rows a file has, by its footer."""

    def count(self, key: str, *columns: str) -> Mapping[tuple[object, ...], int]:
        """Return how many rows a file has of each combination of values."""


class RawLines(Protocol):
    """Raw objects, read only to count their lines."""

    def lines(self, raw_key: str) -> int | None:
        """Return how many lines a raw object has; None when it cannot be read to its end.

        Raises
        ------
        FileNotFoundError
            There is no such object.
        """


class Erasure(msgspec.Struct, frozen=True, kw_only=True):
    """What an erasure has left in the lake bucket.

    Attributes
    ----------
    version, digests
        Of the suppression list that has its subjects, and the subjects; 0 and none if it was not finished.
    """

    run: str
    version: int = 0
    digests: tuple[str, ...] = ()


class Erasures(Protocol):
    """The findings and proofs of erasures."""

    def runs(self) -> Sequence[Erasure]:
        """Return what is left of every erasure."""
