"""What is asked about an event, what is found of it, and what is told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, Literal, TypeAlias

import msgspec

from thermocline.events.identity import identity_key
from thermocline.events.labels import Label
from thermocline.ledger import Entry

Fate: TypeAlias = Literal[
    "fresh", "promoted", "sealed", "duplicate", "late", "quarantined", "replayed",
    "suppressed", "expired", "stuck", "undeliverable", "missing", "never arrived",
]  # fmt: skip
Level: TypeAlias = Literal["hot", "warm"]


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """An event, and where to look for it.

    Attributes
    ----------
    source
        None: of any source.
    raw_key
        The raw object that it is looked for in; None: those of the range are.
    since, until
        Which raw objects are looked at, by the time of their oldest record.
    thorough
        Read all raw objects of the range, not only those that may have rows that are in no table.
    """

    event_id: str
    source: str | None = None
    raw_key: str | None = None
    since: dt.datetime
    until: dt.datetime
    thorough: bool = False


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A row in a Parquet file of the lake.

    Attributes
    ----------
    place
        Its number in the file, from 0 on.
    group
        Number of its row group, from 0 on.
    values
        By column, as far as the file has the columns that were asked for.
    """

    table: str
    level: Level
    key: str
    group: int
    place: int
    values: Mapping[str, Any]

    @property
    def gen(self) -> str:
        """The generation that it entered in."""
        return str(self.values.get("gen") or "")

    @property
    def raw_key(self) -> str:
        """The raw object that it came from."""
        return str(self.values["_src"])


class RawLine(msgspec.Struct, frozen=True, kw_only=True):
    """A line of a raw object.

    Attributes
    ----------
    record, at, size
        Number of its record in the object, and the record's first byte and size.
    line
        Its number in the object, from 1 on.
    label
        What the record says of its request.
    members
        The line's; none if it is damaged.
    """

    raw_key: str
    record: int
    at: int
    size: int
    line: int
    label: Label | None
    members: Mapping[str, Any]


class RawObject(msgspec.Struct, frozen=True, kw_only=True):
    """An object as a listing shows it."""

    key: str
    bytes: int
    last_modified: dt.datetime


class Commit(msgspec.Struct, frozen=True, kw_only=True):
    """A snapshot of a warm table, and the generations that it decided."""

    snapshot: int
    at: dt.datetime
    token: int
    gens: tuple[str, ...]


class Arrival(msgspec.Struct, frozen=True, kw_only=True):
    """An identity as promotion noted it: which raw object brought it in which generation, and whether it stayed."""

    raw_key: str
    gen: str
    kept: bool


class Identity(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """What tells an event from others; the same id with another payload is another event."""

    source: str
    fingerprint: int | None
    event_id: str

    @property
    def key(self) -> bytes:
        """What promotion knows it by."""
        return identity_key(self.source, self.fingerprint, self.event_id)


def identity_of(values: Mapping[str, Any]) -> Identity:
    """Return the identity of a row or of a line's members; of a bad one, that of the event that it would have been."""
    if "reason" in values:
        event_id = values.get("replay_event_id") or values.get("event_id")
        return _identity(values.get("source"), values.get("replay_fingerprint"), event_id)
    return _identity(values.get("source"), values.get("fingerprint"), values.get("event_id"))


def _identity(source: object, fingerprint: object, event_id: object) -> Identity:
    number = fingerprint if isinstance(fingerprint, int) else None
    return Identity(source=str(source or ""), fingerprint=number, event_id=str(event_id))


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """All that was found of one identity.

    Attributes
    ----------
    entries, objects
        Of the raw objects that brought it.
    arrivals
        As promotion noted them.
    suppressed
        True: the ledger's list has its subject.
    recovered
        Who took its quarantined row back, if anybody did.
    """

    identity: Identity
    rows: tuple[Row, ...] = ()
    lines: tuple[RawLine, ...] = ()
    entries: Mapping[str, Entry] = {}
    objects: Mapping[str, RawObject] = {}
    arrivals: tuple[Arrival, ...] = ()
    suppressed: bool = False
    recovered: str | None = None


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """A step of an event's way.

    Attributes
    ----------
    step
        request, record, raw, ledger, hot, generation, snapshot, warm, quarantine, twin or view.
    at
        When it was passed, as far as that is known.
    text
        What happened, for a person.
    facts
        The same for a program.
    """

    step: str
    text: str
    at: dt.datetime | None = None
    facts: Mapping[str, Any] = {}


class Missing(msgspec.Struct, frozen=True, kw_only=True):
    """The step that an event did not pass, why, and what to do next.

    Attributes
    ----------
    step
        request, raw, ledger, ingest, convert, hot, warm or view.
    """

    step: str
    why: str
    next: str


class Story(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one event.

    Attributes
    ----------
    found
        Something of it is in the lake.
    place
        hot, warm, quarantine, raw, firehose-errors, or nowhere.
    visible
        The view of its table shows it.
    others
        Events with the same id that are others, because their source or payload is another.
    """

    event: Identity
    found: bool
    fate: Fate
    place: str
    visible: bool
    steps: tuple[Step, ...]
    missing: Missing | None = None
    others: tuple[Story, ...] = ()
