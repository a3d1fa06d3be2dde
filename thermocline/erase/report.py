"""The proof of an erasure: what was searched, what was found, and what is left. It names objects, never a value."""

from __future__ import annotations

import datetime as dt
from typing import Literal

import msgspec

FORM = 1
"""Version of the form of `Report`."""

Level = Literal[
    "raw", "hot", "warm", "quarantine", "ids", "metadata", "subjects", "replay", "firehose-errors", "results"
]


class Touched(msgspec.Struct, frozen=True, kw_only=True):
    """An object that had something of a subject.

    Attributes
    ----------
    key
        In the bucket `bucket`. A key that was rewritten more than once is listed once for each content it had.
    action
        ``rewritten``: the key has other content now. ``replaced``: a file of a warm table, or its identities, whose
        other rows are in the object `by` now; the key is gone. ``deleted``: the key, or the old versions in
        `versions`, are gone.
    before, after
        SHA-256 of the bytes, in hexadecimal digits; None where there is no such object, or it was not read whole.
        `after` belongs to `by`, if there is one.
    removed
        Rows or lines of the subjects.
    versions
        Ids of the versions and delete markers that were deleted; ``null`` is that of a bucket without versions.
    """

    bucket: str
    key: str
    level: Level
    action: Literal["rewritten", "replaced", "deleted"]
    before: str | None = None
    after: str | None = None
    by: str | None = None
    removed: int = 0
    versions: tuple[str, ...] = ()


class Unsearched(msgspec.Struct, frozen=True, kw_only=True):
    """An object, or a part of it, that could not be searched, and why."""

    bucket: str
    key: str
    why: str


class Prefix(msgspec.Struct, frozen=True, kw_only=True):
    """The objects below a prefix when the proof was made, all of them: touched or not.

    Attributes
    ----------
    objects, versions
        Keys that have a current object, and all versions and delete markers, the current ones among them.
    digest
        SHA-256 over ``key + U+001F + etag + U+000A`` of the current objects in the order of their keys (UTF-8, the
        etag without quotation marks), in hexadecimal digits.
    """

    bucket: str
    prefix: str
    objects: int
    versions: int
    digest: str


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """A warm table.

    Attributes
    ----------
    token
        Of the last commit of the erasure: the table's fence is at least this.
    expired
        Ids of the snapshots that it forgot.
    files
        How many files the erasure searched.
    """

    table: str
    token: int
    expired: tuple[int, ...] = ()
    files: int = 0


class StoreAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """What another store had of the subjects, and what it has now."""

    name: str
    found: int
    left: int


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """The proof of a run; it lies at ``erasure/<run>/report.json`` in the lake bucket.

    Attributes
    ----------
    version
        Of the suppression list that has the subjects.
    digests
        Of the subjects, sorted.
    drained_at
        From when on no attempt could be alive that applies an older list.
    second_pass_at
        When the second pass began: after the longest buffer.
    notes
        What is outside the search, and why.
    """

    form: int = FORM
    run: str
    version: int
    digests: tuple[str, ...]
    started_at: dt.datetime
    drained_at: dt.datetime
    second_pass_at: dt.datetime
    finished_at: dt.datetime
    touched: tuple[Touched, ...] = ()
    unsearched: tuple[Unsearched, ...] = ()
    prefixes: tuple[Prefix, ...] = ()
    tables: tuple[Table, ...] = ()
    stores: tuple[StoreAnswer, ...] = ()
    notes: tuple[str, ...] = ()
