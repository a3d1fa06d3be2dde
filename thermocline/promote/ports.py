"""What promotion needs from the outside, beside the warm ports. Adapters implement it; tests bring fakes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from thermocline.ledger import Entry, Marks, Suppression
from thermocline.warm.work import Work, Written

__all__ = ["PromotedLedger", "Rows", "Work", "Written"]


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


class Rows(Protocol):
    """Reads hot files and writes warm ones, under names that nobody has used."""

    def write(self, work: Work) -> Written:
        """Write a generation's rows, sorted and each once.

        Raises
        ------
        HotFileMissing
            A file is not there: nothing may be concluded from the others.
        """
