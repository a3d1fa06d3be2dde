"""A warm table as the steps see it: its state, its files, and a change to commit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import msgspec

from thermocline.layout import is_sealed


class WarmFile(msgspec.Struct, frozen=True, kw_only=True):
    """A Parquet file of a warm table.

    Attributes
    ----------
    path
        Its address, ``s3://bucket/key``.
    first_gen, last_gen
        Bounds of its column ``gen``; they differ after compaction.
    first_time, last_time
        Bounds of its event time, UTC.
    """

    path: str
    rows: int
    bytes: int
    first_gen: str
    last_gen: str
    first_time: dt.datetime
    last_time: dt.datetime

    @property
    def sealed(self) -> bool:
        """True for a file of the cold level: large, of the cold storage class, and not compacted any more."""
        return is_sealed(self.path)

    def holds(self, gen: str) -> bool:
        """Tell whether it may have rows of a generation."""
        return self.first_gen <= gen <= self.last_gen

    def holds_only(self, gen: str) -> bool:
        """Tell whether all its rows are of one generation."""
        return self.first_gen == gen == self.last_gen


class Base(msgspec.Struct, frozen=True, kw_only=True):
    """The state of a warm table that a change is prepared from, and that it must still have when the change lands.

    Attributes
    ----------
    fence
        The highest token that has committed: a lower one is refused.
    ids
        Key of the identities (kept and dropped) of each generation that has been committed.
    commits
        Generation and token of the snapshots that the table still has.
    handle
        What the catalog needs to commit on top of this state.
    """

    table: str
    fence: int
    ids: Mapping[str, str]
    commits: frozenset[tuple[str, int]]
    handle: Any = None


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """What one commit does.

    Attributes
    ----------
    token
        Of the lease that it is made under.
    gens
        The generations that it decides; none for compaction and retention.
    ids
        Keys of identities that replace those of the same generations.
    forget
        Generations whose identities leave the index.
    """

    token: int
    gens: tuple[str, ...] = ()
    add: tuple[WarmFile, ...] = ()
    remove: tuple[WarmFile, ...] = ()
    ids: Mapping[str, str] = {}
    forget: tuple[str, ...] = ()
