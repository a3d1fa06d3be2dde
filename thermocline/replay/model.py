"""A replay's run: what is converted, what came of it, and what it changes."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
from typing import Final, Literal

import msgspec

from thermocline.layout import RAW, REPLAY
from thermocline.ledger import HotFile
from thermocline.warm.work import Difference

OWNER: Final = REPLAY
"""Who owns quarantined rows that a replay made good: the same for all runs, so that a later one has them again."""

WAITING: Final = -1
"""Instead of the version of a suppression list: the object waits to be converted."""


class Run(msgspec.Struct, frozen=True, kw_only=True):
    """A replay of a table's generations from `first` to `last`.

    Attributes
    ----------
    run
        Its name, which no other has.
    dry
        Nothing is changed: only what would change is told.
    gens
        Generations of the range that have objects.
    """

    run: str
    table: str
    first: str
    last: str
    dry: bool
    gens: tuple[str, ...]

    def is_of(self, first: str, last: str, *, dry: bool) -> bool:
        """Tell whether it is the run that is asked for."""
        return (self.first, self.last, self.dry) == (first, last, dry)


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """A raw object to convert for a run: a message of the queue."""

    run: str
    table: str
    gen: str
    raw_key: str


class Converted(msgspec.Struct, frozen=True, kw_only=True):
    """What an object became.

    Attributes
    ----------
    suppression
        Version of the suppression list that was applied, or `WAITING`.
    recovered
        Digest of the event ids that a recovery from quarantine has, and whose lines were left out.
    left_out
        How many lines that were.
    problem
        Why it cannot be converted.
    """

    raw_key: str
    gen: str
    suppression: int = WAITING
    recovered: str = ""
    left_out: int = 0
    files: tuple[HotFile, ...] = ()
    misfits: dict[str, int] = {}
    problem: str = ""

    @property
    def waits(self) -> bool:
        """True while the object is to be converted."""
        return self.suppression == WAITING

    @property
    def is_open(self) -> bool:
        """True while it may become something else: it waits, or something was wrong with it."""
        return self.waits or bool(self.problem)

    def is_among(self, keys: Collection[str]) -> bool:
        """Tell whether keys have all of its files."""
        return all(file.key in keys for file in self.files)

    def files_of(self, table: str) -> tuple[HotFile, ...]:
        """Return its files of a table."""
        return tuple(file for file in self.files if file.table == table)


class Replayed(msgspec.Struct, frozen=True, kw_only=True):
    """A generation that is replaced, and what that changed, or would change in a dry run.

    Attributes
    ----------
    done
        False: it was begun.
    ids
        Keys of the identities that were written, by generation: a dry run goes on from them.
    """

    gen: str
    done: bool = True
    differences: tuple[Difference, ...] = ()
    ids: dict[str, str] = {}


class Progress(msgspec.Struct, frozen=True, kw_only=True):
    """How far a run is.

    Attributes
    ----------
    objects, converted
        To convert, and converted so far.
    problems
        Of objects that cannot be converted.
    ready
        The next generation to commit, if all its objects are converted.
    left
        Generations that are not committed.
    """

    objects: int
    converted: int
    problems: tuple[str, ...] = ()
    ready: str | None = None
    left: int = 0


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a generation's turn; ``converting``: objects must be converted (again) before."""

    state: Literal["done", "converting"]
    replayed: Replayed | None = None


def recovered_of(claims: Iterable[tuple[str, str]]) -> frozenset[str]:
    """Return the event ids that a recovery owns, out of pairs of event id and owner: its owners are raw keys."""
    return frozenset(event_id for event_id, owner in claims if owner.startswith(f"{RAW}/"))


def digest_of(event_ids: Iterable[str]) -> str:
    """Return a digest of a set of event ids; "" of none."""
    listed = "\n".join(sorted(event_ids))
    return hashlib.blake2b(listed.encode(), digest_size=16).hexdigest() if listed else ""
