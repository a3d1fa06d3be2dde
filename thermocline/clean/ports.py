"""What cleaning needs from the outside. Adapters implement it; tests bring fakes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from thermocline.ledger import Entry, Marks

Sightings = Mapping[str, dt.datetime]
"""When each watermark was first read back from a table's view."""


class SightingBook(Protocol):
    """Remembers when watermarks were first seen."""

    def sightings(self, table: str) -> Sightings:
        """Return a table's sightings; strongly consistent."""

    def replace(self, table: str, known: Sightings, new: Sightings) -> None:
        """Write a table's sightings, if they are still those that are known.

        Raises
        ------
        LedgerConflict
            Another run wrote them.
        """


class PublishedView(Protocol):
    """A view as the catalog has it."""

    @property
    def watermark(self) -> str:
        """Generations before it are read from warm."""


class Views(Protocol):
    """The views in the catalog, read anew each time."""

    def read(self, table: str) -> PublishedView | None:
        """Return a table's view, or None if it has none."""


class CleanedLedger(Protocol):
    """The ledger as cleaning sees it; every read is strongly consistent."""

    def marks(self, stream: str) -> Marks:
        """Return a stream's marks."""

    def entries(self, stream: str, gen: str) -> Sequence[Entry]:
        """Return the entries that a generation has."""


class HotFiles(Protocol):
    """The objects of the lake bucket."""

    def keys(self, prefix: str) -> Iterator[str]:
        """Yield the keys below a prefix, in order."""

    def delete(self, keys: Sequence[str]) -> None:
        """Delete objects; the bucket keeps their versions for a while."""
