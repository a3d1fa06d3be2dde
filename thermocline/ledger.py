"""What the ledger holds: an entry for each raw object, and two marks for each stream (ADR 33)."""

from __future__ import annotations

import datetime as dt
import secrets
from typing import Literal

import msgspec

from thermocline.generations import BEGINNING

Status = Literal["pending", "done", "parked"]


class Marks(msgspec.Struct, frozen=True, kw_only=True):
    """The two marks of a stream; neither ever moves back.

    Attributes
    ----------
    closing
        Generations before it take no new entries.
    watermark
        Generations before it are published from warm.
    """

    closing: str = BEGINNING
    watermark: str = BEGINNING


class HotFile(msgspec.Struct, frozen=True, kw_only=True):
    """A Parquet file that an attempt wrote: its table, its key, and how many rows and bytes it has."""

    table: str
    key: str
    rows: int
    bytes: int


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """What the ledger knows of one raw object.

    Attributes
    ----------
    gen
        The generation that it belongs to; None while it is parked.
    token
        The attempt that may finish it.
    suppression
        Version of the suppression list that this attempt applies.
    lines
        Lines read from the object, each of which became a row or was suppressed; a damaged frame is one.
    suppressed
        Lines of these that were left out, or erased since, for their subject.
    files
        The files of the attempt that finished it: only these are promoted and counted.
    sweeps
        How often the sweeper queued the object again.
    subjects
        Key of the digests of all erasure keys in its lines; "" if there are none, None if nobody looked.
    """

    raw_key: str
    stream: str
    gen: str | None
    status: Status
    token: str
    suppression: int = 0
    lines: int = 0
    suppressed: int = 0
    raw_bytes: int = 0
    misfits: dict[str, int] = {}
    files: tuple[HotFile, ...] = ()
    sweeps: int = 0
    subjects: str | None = None

    @property
    def done(self) -> bool:
        """True once an attempt has finished it; nothing changes it after that."""
        return self.status == "done"

    def files_of(self, table: str) -> tuple[HotFile, ...]:
        """Return the named files of a table."""
        return tuple(file for file in self.files if file.table == table)


class Suppression(msgspec.Struct, frozen=True, kw_only=True):
    """The list of subjects whose rows must not come back; its version goes up with each change.

    Attributes
    ----------
    subjects
        Digests (`thermocline.subjects`) that hold now.
    """

    version: int = 0
    subjects: frozenset[str] = frozenset()


class OpenAttempt(msgspec.Struct, frozen=True, kw_only=True):
    """An attempt that began and did not say that it ended: it may still write, or its process died.

    Attributes
    ----------
    suppression
        Version of the suppression list that it applies.
    """

    raw_key: str
    token: str
    suppression: int
    begun_at: dt.datetime


def new_token() -> str:
    """Return a token that no other attempt has."""
    return secrets.token_hex(8)
