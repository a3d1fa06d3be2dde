"""What promotion needs from the outside, beside the warm ports. Adapters implement it; tests bring fakes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, Protocol

import msgspec

from thermocline.ledger import Entry, Marks, Suppression
from thermocline.warm.work import Work, Written

__all__ = ["JobState", "Jobs", "PromotedLedger", "Rows", "Work", "Written"]


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


class JobState(msgspec.Struct, frozen=True, kw_only=True):
    """How a run of the job stands, and why it failed."""

    status: Literal["running", "succeeded", "failed"]
    reason: str = ""


class Jobs(Protocol):
    """Runs of the job that promotes what is too large for the function."""

    def start(self, table: str, before: str) -> str:
        """Start a run for a table up to a generation, and return its id; a run that is under way is returned instead.

        Raises
        ------
        JobUnavailable
            It cannot be started now.
        """

    def state(self, run: str) -> JobState:
        """Return how a run stands."""
