"""What an export needs from the outside."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Protocol

from thermocline.ledger import Marks, Suppression
from thermocline.warm.model import Base, WarmFile

Row = Mapping[str, Any]


class ReadLedger(Protocol):
    """The marks of streams, and the list of suppressed subjects."""

    def marks(self, stream: str) -> Marks:
        """Return a stream's marks."""

    def suppression(self) -> Suppression:
        """Return the current suppression list."""


class ReadCatalog(Protocol):
    """The warm tables."""

    def load(self, table: str) -> Base:
        """Return the state of a table as it is now."""

    def files(self, base: Base) -> Sequence[WarmFile]:
        """Return the table's files."""


class Keys(Protocol):
    """The objects of the lake bucket."""

    def keys(self, prefix: str) -> Iterator[str]:
        """Yield the keys below a prefix, in order."""


class Condition(Protocol):
    """What a value of a column must be."""

    def __call__(self, value: object) -> bool:
        """Tell whether a value is meant; it is never null."""

    def between(self, low: object, high: object) -> bool:
        """Tell whether one of the values between two bounds may be meant."""


class ParquetSearch(Protocol):
    """The rows of Parquet files of the lake bucket."""

    def rows(self, address: str, conditions: Mapping[str, Condition]) -> Iterator[Row]:
        """Yield the rows of a file of which one of the columns meets its condition, in order.

        Parameters
        ----------
        address
            The file's key, or ``s3://bucket/key``.
        conditions
            By column; a column that the file does not have meets none.
        """


class Sink(Protocol):
    """Where the rows go, a file for each table."""

    def write(self, name: str, lines: Iterator[bytes]) -> int:
        """Write lines to a file of this name, and return how many."""


Show = Callable[[str], None]
"""Told what is being searched."""
