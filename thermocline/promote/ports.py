"""What promotion needs from the outside, beside the warm ports. Adapters implement it; tests bring fakes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import msgspec

from thermocline.ledger import Entry, Marks, Suppression
from thermocline.warm.model import WarmFile


class PromotedLedger(Protocol):
    """The ledger as promotion sees it; every read is strongly consistent."""

    def marks(self, stream: str) -> Marks:
        """Return a stream's marks."""

    def close(self, stream: str, gen: str) -> None:
        """Move the stream's `closing` up to `gen`; it never moves back."""

    def advance(self, stream: str, gen: str) -> None:
        """Move the stream's watermark up to `gen`; it never moves back."""

    def entries(self, stream: str, gen: str) -> Sequence[Entry]:
        """Return the entries that a generation has."""

    def next_generation(self, stream: str, start: str) -> str | None:
        """Return the first generation from `start` on that has an entry."""

    def suppression(self) -> Suppression:
        """Return the current suppression list."""


class Work(msgspec.Struct, frozen=True, kw_only=True):
    """A generation to sort, deduplicate and write.

    Attributes
    ----------
    hot
        Keys of the files to read: all of them, and no others.
    earlier
        Keys of the identities of the generations in the window before it.
    rest
        Files of the warm table that hold the generation beside others: their other rows are written anew.
    """

    table: str
    gen: str
    hot: tuple[str, ...]
    earlier: tuple[str, ...]
    rest: tuple[WarmFile, ...]
    suppression: Suppression


class Written(msgspec.Struct, frozen=True, kw_only=True):
    """What was written for a generation, and not committed yet.

    Attributes
    ----------
    ids
        Key of the identities of all its rows, kept and dropped.
    read, kept, dropped, suppressed
        Rows: ``read = kept + dropped + suppressed``.
    """

    files: tuple[WarmFile, ...]
    ids: str
    read: int
    kept: int
    dropped: int = 0
    suppressed: int = 0


class Rows(Protocol):
    """Reads hot files and writes warm ones, under names that nobody has used."""

    def write(self, work: Work) -> Written:
        """Write a generation's rows, sorted and each once.

        Raises
        ------
        HotFileMissing
            A file is not there: nothing may be concluded from the others.
        """
