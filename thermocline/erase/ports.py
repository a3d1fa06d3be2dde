"""What an erasure needs from the outside, beside the warm ports. Adapters implement it; tests bring fakes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, Protocol

import msgspec

from thermocline.erase.model import Run
from thermocline.ledger import Entry, HotFile, Marks, OpenAttempt
from thermocline.warm.ports import Catalog


class Version(msgspec.Struct, frozen=True, kw_only=True):
    """A version of an object, or a delete marker.

    Attributes
    ----------
    latest
        It is what a reader of the key gets.
    etag
        Without quotation marks.
    """

    key: str
    id: str
    latest: bool
    marker: bool = False
    etag: str = ""
    last_modified: dt.datetime
    storage_class: str = "STANDARD"


class Objects(Protocol):
    """A bucket with all versions of its objects."""

    bucket: str

    def versions(self, prefix: str, *, after: str = "") -> Iterator[Version]:
        """Yield all versions and markers below a prefix whose key is behind `after`, by key."""

    def read(self, key: str, version: str | None = None) -> bytes:
        """Return the bytes of an object, or of one of its versions.

        Raises
        ------
        FileNotFoundError
            There is none.
        """

    def opened(self, key: str, version: str | None = None) -> Any:
        """Return an object as a file that is read in ranges (see `read` for errors)."""

    def put(self, key: str, body: bytes) -> None:
        """Write an object, replacing what is there."""

    def replace(self, version: Version, body: bytes) -> None:
        """Write an object again, in the same storage class, if the version is still its current one.

        Raises
        ------
        ObjectChanged
            It is not.
        """

    def delete(self, key: str, versions: Sequence[str]) -> None:
        """Delete versions for good; one that is gone already is no failure.

        Raises
        ------
        DeletionFailed
            Not all could be deleted.
        """


class Runs(Protocol):
    """The states of all runs; every read is strongly consistent."""

    def all(self) -> Sequence[Run]:
        """Return the state of every run, the finished ones, too."""

    def read(self, run_id: str) -> Run:
        """Return the state of a run.

        Raises
        ------
        UnknownRun
            There is no such run.
        """

    def create(self, run: Run) -> None:
        """Write the first state of a run."""

    def save(self, run: Run, *, read: Run) -> Run:
        """Write a run's state if it still is as it was read, and return it.

        Raises
        ------
        LedgerConflict
            Another turn has changed it.
        """


class ErasedLedger(Protocol):
    """The ledger as an erasure sees it."""

    def suppress(self, digests: Collection[str], until: dt.datetime | None = None) -> int:
        """Put subjects on the list, and return the version that has all of them."""

    def open_attempts(self, before_version: int) -> Sequence[OpenAttempt]:
        """Return the attempts that apply an older list than a version, and did not say that they ended."""

    def marks(self, stream: str) -> Marks:
        """Return a stream's marks."""

    def entry(self, raw_key: str) -> Entry | None:
        """Return a raw object's entry."""

    def entries_of(self, raw_keys: Sequence[str]) -> Mapping[str, Entry]:
        """Return the entries of those raw objects that have one, perhaps a moment old."""

    def entries(self, stream: str, gen: str) -> Sequence[Entry]:
        """Return the entries that a generation has."""

    def next_generation(self, stream: str, start: str) -> str | None:
        """Return the first generation from `start` on that has an entry."""

    def amend(self, entry: Entry, *, files: tuple[HotFile, ...], suppressed: int) -> None:
        """Change the files and the count of suppressed lines of an entry that is done.

        Raises
        ------
        LedgerConflict
            It is not as it was read.
        """


class ErasedCatalog(Catalog, Protocol):
    """The warm tables, which can forget what they were."""

    def expire(self, table: str, older_than: dt.datetime) -> object:
        """Forget the snapshots that others had replaced before a time; no file is deleted.

        Raises
        ------
        CommitFailed
            It may have landed or not: do it again.
        """

    def referenced(self, table: str) -> set[str]:
        """Return the keys of all objects that a table and its older snapshots need."""

    def snapshots(self, table: str) -> Sequence[int]:
        """Return the ids of the snapshots that a table has."""


class Store(Protocol):
    """Another place that keeps something of subjects, e.g. sessions in a hot store."""

    name: str

    def search(self, digests: Collection[str]) -> int:
        """Return how many items of the subjects it has."""

    def erase(self, digests: Collection[str]) -> None:
        """Remove them for good; nothing happens if there are none."""
