"""What publish needs from the outside. Adapters implement it; tests bring fakes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

import msgspec

from thermocline.contracts import Contract
from thermocline.ledger import Marks


class StoredView(msgspec.Struct, frozen=True, kw_only=True):
    """A view as the catalog has it.

    Attributes
    ----------
    version
        Changes with each update.
    watermark
        The first generation that it reads from hot.
    since
        The first generation that surely has a typed column, by `thermocline.publish.since.key_of`.
    """

    version: str
    watermark: str
    since: Mapping[str, str]


class Views(Protocol):
    """The views of the lake's database: no call of it is ever tried again by itself."""

    def read(self, table: str) -> StoredView | None:
        """Return a table's view as it is now, or None when there is none."""

    def write(self, contract: Contract, *, watermark: str, since: Mapping[str, str], version: str | None) -> None:
        """Replace the view that has a version; with None, make one.

        Raises
        ------
        ViewChanged
            The view has another version by now, or there is one already, or none any more.
        """


class MarksLedger(Protocol):
    """The ledger as publish sees it; every read is strongly consistent."""

    def marks(self, stream: str) -> Marks:
        """Return a stream's marks."""

    def since(self, table: str) -> Mapping[str, str]:
        """Return what the last deploy noted of a table's typed columns (see `StoredView.since`)."""


class EnteredLedger(MarksLedger, Protocol):
    """The ledger as a deploy's end sees it."""

    def next_generation(self, stream: str, start: str) -> str | None:
        """Return the first generation from `start` on that has an entry."""

    def note(self, table: str, since: Mapping[str, str]) -> None:
        """Keep what a view notes of typed columns."""


class WarmTables(Protocol):
    """The warm tables, as a deploy's end sees them."""

    def ensure(self, table: str) -> object:
        """Make a table, or bring its columns to its contract."""
