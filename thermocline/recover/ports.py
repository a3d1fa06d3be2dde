"""What a recovery needs from the outside. Adapters implement it; tests bring fakes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Protocol

from thermocline.events.quarantined import Quarantined
from thermocline.ledger import Entry, Marks, Suppression
from thermocline.recover.model import Choice
from thermocline.warm.model import WarmFile

Reading = Callable[[Quarantined], Sequence[bytes]]
"""Returns the canonical lines of a row's event; raises `RefusedEvent` if it is refused again."""


class Claims(Protocol):
    """Who brings a row of quarantine back; the first that claims it has it, for ever."""

    def claim(self, raw_key: str, event_ids: Collection[str], owner: str) -> frozenset[str]:
        """Claim rows of a raw object that nobody has, and return those that `owner` has afterwards."""

    def claims(self, raw_keys: Collection[str]) -> Mapping[str, Mapping[str, str]]:
        """Return the owner of each claimed row, by raw object and the row's event_id, as they are now."""


class RecoveredObjects(Protocol):
    """Raw objects that take rows back, and the lists of the rows that each of them was to take."""

    def intend(self, recovered: str, event_ids: Collection[str]) -> None:
        """Keep the list of an object, before the first of its rows is claimed."""

    def intended(self, recovered: str) -> frozenset[str] | None:
        """Return the list of an object; None: there is none."""

    def is_there(self, recovered: str) -> bool:
        """Tell whether an object was written."""

    def write(self, recovered: str, body: bytes) -> None:
        """Write an object; one that is there stays as it is."""


class RecoveryLedger(Protocol):
    """The ledger as recovery sees it."""

    def marks(self, stream: str) -> Marks:
        """Return a stream's marks."""

    def entries_of(self, raw_keys: Sequence[str]) -> Mapping[str, Entry]:
        """Return the entries of those raw objects that have one, perhaps a moment old."""

    def suppression(self) -> Suppression:
        """Return the current suppression list."""


class Arrivals(Protocol):
    """The queue that names raw objects to convert."""

    def send(self, raw_keys: Sequence[str]) -> None:
        """Queue raw objects, as S3's notifications do.

        Raises
        ------
        QueueUnavailable
            Not all could be queued; some may have been.
        """


class Quarantine(Protocol):
    """The bad rows below quarantine's watermark."""

    def groups(self, choice: Choice) -> Iterator[list[Quarantined]]:
        """Yield all rows of each raw object that has a chosen one."""

    def remove(self, leaving: Collection[Quarantined]) -> None:
        """Let rows leave in one commit; those that left already are no failure."""


class QuarantineRows(Protocol):
    """Reads the warm files of quarantine, and writes them without some rows.

    Each method raises `FileNotFoundError` if a file is not there any more.
    """

    def groups(
        self, files: Sequence[WarmFile], chosen: Mapping[str, str], *, first: str, before: str
    ) -> Iterator[list[Quarantined]]:
        """Yield all rows of each raw object that has a row with the chosen values in a range of generations."""

    def without(self, file: WarmFile, leaving: Collection[Quarantined]) -> tuple[WarmFile, ...] | None:
        """Write the rows of a file that stay into new ones; None: none of its rows leaves."""

    def ids_without(self, gen: str, key: str, leaving: Collection[Quarantined]) -> str:
        """Write the identities of a generation in which rows that leave are not kept; return their key."""
