"""What a replay needs from the outside, beside the warm ports. Adapters implement it; tests bring fakes."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Protocol

from thermocline.ledger import Entry, Suppression
from thermocline.replay.model import Converted, Order, Replayed, Run
from thermocline.warm.model import WarmFile
from thermocline.warm.work import Amended, Amendment, Decision, Difference, Work, Written


class ReplayedLedger(Protocol):
    """The ledger as a replay sees it; every read is strongly consistent."""

    def entries(self, stream: str, gen: str) -> Sequence[Entry]:
        """Return the entries that a generation has."""

    def next_generation(self, stream: str, start: str) -> str | None:
        """Return the first generation from `start` on that has an entry."""

    def suppression(self) -> Suppression:
        """Return the current suppression list."""

    def restate(self, entry: Entry) -> None:
        """Write the counts and files of an entry that is done, unless it is another attempt's by now."""


class AttemptLedger(Protocol):
    """The ledger as a conversion sees it: an erasure waits for every attempt under an older list."""

    def suppression(self) -> Suppression:
        """Return the current suppression list."""

    def open_attempt(self, raw_key: str, *, token: str, suppression: int) -> None:
        """Tell that an attempt begins, which enters its object nowhere.

        Raises
        ------
        LedgerConflict
            The suppression list has another version.
        """

    def end_attempt(self, token: str) -> None:
        """Tell that an attempt writes nothing any more."""


class Runs(Protocol):
    """The runs, their results and what they changed; every read is strongly consistent."""

    def current(self, table: str) -> Run | None:
        """Return the run of a table that is not finished."""

    def start(self, run: Run) -> None:
        """Make a run the current one.

        Raises
        ------
        LedgerConflict
            There is one.
        """

    def results(self, run: Run) -> Mapping[str, Converted]:
        """Return what came of the run's objects, by raw key."""

    def put_result(self, run: str, result: Converted) -> None:
        """Keep what came of an object."""

    def drop_result(self, run: str, raw_key: str) -> None:
        """Forget what came of an object."""

    def replayed(self, run: Run) -> Sequence[Replayed]:
        """Return the generations that are done or begun, in order."""

    def put_replayed(self, run: str, replayed: Replayed) -> None:
        """Keep what became of a generation."""

    def remove(self, run: Run) -> None:
        """Forget a run: it is the current one until all of it is forgotten."""


class Backfills(Protocol):
    """The queue of objects to convert."""

    def send(self, orders: Sequence[Order]) -> None:
        """Queue objects.

        Raises
        ------
        QueueUnavailable
            Not all could be queued.
        """


class Objects(Protocol):
    """The objects of the lake bucket."""

    def keys(self, prefix: str) -> Iterator[str]:
        """Yield the keys below a prefix, in order."""

    def delete(self, keys: Sequence[str]) -> None:
        """Delete objects."""


class Claims(Protocol):
    """Who has a quarantined row: a recovery or a replay. The first has it, for ever."""

    def claim(self, raw_key: str, event_ids: Collection[str], owner: str) -> frozenset[str]:
        """Claim rows of a raw object, and return those of them that the owner has now."""

    def claims(self, raw_keys: Sequence[str]) -> Mapping[str, Mapping[str, str]]:
        """Return the owners of claimed rows: by raw key, then by event id."""


class Counts(Protocol):
    """Rows of Parquet files, by the values of columns."""

    def count(self, key: str, *columns: str) -> Mapping[tuple[object, ...], int]:
        """Return how many rows a file has of each combination of values."""


class ReplacingRows(Protocol):
    """Reads and writes the rows of generations, under names that nobody has used."""

    def write(self, work: Work) -> Written:
        """Write a generation's rows, sorted and each once."""

    def decisions(self, ids: Mapping[str, str], gen: str, *, after: str, window: int) -> tuple[Decision, ...]:
        """Return what changes in later generations once `gen` has the identities `after`."""

    def amend(self, change: Amendment) -> Amended:
        """Write a generation's rows without those that leave, and with those that come."""

    def rest(self, table: str, files: Sequence[WarmFile], gens: Collection[str]) -> tuple[WarmFile, ...]:
        """Write the rows of warm files that are of no generation of some into files of their own, sealed as before."""

    def differences(
        self, table: str, old: Sequence[WarmFile], new: Sequence[WarmFile], gens: Collection[str]
    ) -> tuple[Difference, ...]:
        """Return how the rows of generations in new warm files differ from those in old ones."""


class Converter(Protocol):
    """Converts a raw object by the contracts of today, without the ledger."""

    def __call__(self, order: Order, *, token: str, listed: Suppression, recovered: Collection[str]) -> Converted:
        """Write an object's files into the run's folder, without the lines of some event ids."""
