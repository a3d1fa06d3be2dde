"""The ledger in DynamoDB: an entry per raw object and its membership in a generation, and marks per stream (ADR 33)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from thermocline.adapters.dynamodb_items import (
    ATTEMPTS,
    PARKED,
    SUPPRESSION_KEY,
    attempt_key,
    decoded,
    encoded,
    entry_item,
    entry_key,
    marks_key,
    member_key,
    member_of,
    members_of,
    parked_key,
    since_key,
)
from thermocline.adapters.dynamodb_suppression import DynamoSuppression
from thermocline.adapters.dynamodb_table import DynamoTable, Write
from thermocline.clock import Clock, jittered_pause, utc_now
from thermocline.errors import LedgerConflict
from thermocline.ledger import Entry, HotFile, Marks, OpenAttempt, Suppression
from thermocline.streams import QUARANTINE


class DynamoLedger:
    """Keeps the ledger in one table with the keys ``pk`` and ``sk``: for convert, the sweeper and promotion.

    Parameters
    ----------
    client
        A boto3 DynamoDB client.
    table
        The table's name.
    pause
        Waits before the given retry of a write that met another's transaction.
    clock
        Returns the time now.
    """

    def __init__(
        self, client: Any, table: str, *, pause: Callable[[int], None] = jittered_pause, clock: Clock = utc_now
    ) -> None:
        self._table = DynamoTable(client, table, pause=pause)
        self._list = DynamoSuppression(self._table, clock=clock, pause=pause)
        self._clock = clock

    def entry(self, raw_key: str) -> Entry | None:
        """Return a raw object's entry, or None before its first attempt."""
        item = self._table.get(entry_key(raw_key))
        return decoded(item, Entry) if item else None

    def marks(self, stream: str) -> Marks:
        """Return a stream's marks."""
        return decoded(self._table.get(marks_key(stream)), Marks)

    def suppression(self) -> Suppression:
        """Return the current suppression list."""
        return self._list.read()

    def suppress(self, digests: Collection[str], until: dt.datetime | None = None) -> int:
        """Put subjects on the list, until a time or for ever; return the version that has all of them."""
        return self._list.add(digests, until)

    def lift(self, digests: Collection[str]) -> int:
        """Take subjects from the list, and return its version."""
        return self._list.remove(digests)

    def open_attempts(self, before_version: int) -> Sequence[OpenAttempt]:
        """Return the attempts that apply an older list than a version, and did not say that they ended."""
        items = self._table.query(ATTEMPTS, attributes="sk, raw_key, suppression, begun_at")
        attempts = (decoded({"token": item["sk"], **item}, OpenAttempt) for item in items)
        return [attempt for attempt in attempts if attempt.suppression < before_version]

    def enter(self, raw_key: str, *, stream: str, gen: str, token: str, suppression: int) -> None:
        """Enter an object that has no entry, or a parked one, into a generation (see `EntryLedger.enter`)."""
        entry = Entry(raw_key=raw_key, stream=stream, gen=gen, status="pending", token=token, suppression=suppression)
        self._table.transact(
            entry=Write(
                "Put",
                entry_item(entry),
                condition="attribute_not_exists(pk) OR #status = :parked",
                values={"parked": "parked"},
            ),
            member=Write("Put", member_key(stream, gen, raw_key)),
            closing=_still_open(stream, gen),
            quarantine=_still_open(QUARANTINE, gen) if stream != QUARANTINE else None,
            suppression=_still_version(suppression),
            attempt=self._begun(raw_key, token, suppression),
        )

    def take_over(self, entry: Entry, *, token: str, suppression: int) -> None:
        """Give a pending entry a new token (see `EntryLedger.take_over`)."""
        self._table.transact(
            entry=Write(
                "Update",
                entry_key(entry.raw_key),
                update="SET #token = :token, #suppression = :suppression",
                condition=_AS_READ,
                values={"token": token, "suppression": suppression, "read": entry.token, "pending": "pending"},
            ),
            attempt=self._begun(entry.raw_key, token, suppression),
            suppression=_still_version(suppression),
        )

    def finish(self, entry: Entry) -> bool:
        """Mark an entry as done, with its files and counts; False when it is another attempt's by now."""
        fields = ("status", "lines", "suppressed", "raw_bytes", "misfits", "files", "subjects")
        result = {name: value for name, value in msgspec.to_builtins(entry).items() if name in fields}
        # Not "pending", too: a second call whose first answer was lost must say the same as the first.
        write = Write(
            "Update",
            entry_key(entry.raw_key),
            update="SET " + ", ".join(f"#{name} = :{name}" for name in result),
            condition="#token = :token",
            values=result | {"token": entry.token},
        )
        counts = self._table.update(write) is not None
        self._table.delete(attempt_key(entry.token))  # it writes nothing any more, whether it counts or not
        return counts

    def restate(self, entry: Entry) -> None:
        """Write the files and counts of an entry that is done, unless it is another attempt's by now."""
        fields = ("lines", "suppressed", "misfits", "files")
        told = {name: value for name, value in msgspec.to_builtins(entry).items() if name in fields}
        write = Write(
            "Update",
            entry_key(entry.raw_key),
            update="SET " + ", ".join(f"#{name} = :{name}" for name in told),
            condition="#token = :token AND #status = :done",
            values=told | {"token": entry.token, "done": "done"},
        )
        self._table.update(write)

    def open_attempt(self, raw_key: str, *, token: str, suppression: int) -> None:
        """Tell that an attempt begins, which enters its object nowhere: an erasure waits for it.

        Raises
        ------
        LedgerConflict
            The suppression list has another version.
        """
        self._table.transact(attempt=self._begun(raw_key, token, suppression), suppression=_still_version(suppression))

    def end_attempt(self, token: str) -> None:
        """Tell that an attempt writes nothing any more."""
        self._table.delete(attempt_key(token))

    def amend(self, entry: Entry, *, files: tuple[HotFile, ...], suppressed: int) -> None:
        """Change the files and the count of suppressed lines of an entry that is done (see `ErasedLedger.amend`)."""
        write = Write(
            "Update",
            entry_key(entry.raw_key),
            update="SET #files = :files, #suppressed = :suppressed",
            condition="#token = :token AND #status = :done AND #suppressed = :read",
            values={
                "files": msgspec.to_builtins(files),
                "suppressed": suppressed,
                "token": entry.token,
                "done": "done",
                "read": entry.suppressed,
            },
        )
        if self._table.update(write) is None:
            raise LedgerConflict(f"{entry.raw_key}: its entry changed between a read and a write")

    def entries_of(self, raw_keys: Sequence[str]) -> Mapping[str, Entry]:
        """Return the entries of those raw objects that have one, perhaps a moment old."""
        return {entry.raw_key: entry for entry in self._entries(raw_keys, consistent=False)}

    def count_sweep(self, raw_key: str) -> None:
        """Count that an object with an entry was queued again."""
        one = {"one": 1}
        # An item without a generation would be no entry.
        self._table.update(Write("Update", entry_key(raw_key), "ADD #sweeps :one", "attribute_exists(pk)", one))

    def park(self, entry: Entry, *, token: str) -> None:
        """Take a pending entry out of its generation (see `SweptLedger.park`)."""
        parked = msgspec.structs.replace(entry, gen=None, status="parked", token=token)
        as_read = {"read": entry.token, "pending": "pending"}
        self._table.transact(
            entry=Write("Put", entry_item(parked), condition=_AS_READ, values=as_read),
            member=Write("Delete", member_key(entry.stream, entry.gen or "", entry.raw_key)),
            parked=Write("Put", parked_key(entry.raw_key)),
        )

    def parked(self) -> Sequence[Entry]:
        """Return the entries that are parked."""
        raw_keys = [item["sk"]["S"] for item in self._table.query(PARKED)]
        return [entry for entry in self._entries(raw_keys, consistent=True) if entry.status == "parked"]

    def close(self, stream: str, gen: str) -> None:
        """Move the stream's `closing` up to `gen`; it never moves back."""
        self._move("closing", stream, gen)

    def advance(self, stream: str, gen: str) -> None:
        """Move the stream's watermark up to `gen`; it never moves back."""
        self._move("watermark", stream, gen)

    def entries(self, stream: str, gen: str) -> Sequence[Entry]:
        """Return the entries that a generation has."""
        members = self._table.query(members_of(stream), "begins_with(sk, :sk)", f"{gen}#")
        raw_keys = [member_of(item)[1] for item in members]
        # One that was parked since the query is another generation's, or none's.
        return [entry for entry in self._entries(raw_keys, consistent=True) if entry.gen == gen]

    def next_generation(self, stream: str, start: str) -> str | None:
        """Return the first generation from `start` on that has an entry."""
        first = self._table.query(members_of(stream), "sk >= :sk" if start else "", start, limit=1)
        return next((member_of(item)[0] for item in first), None)

    def since(self, table: str) -> Mapping[str, str]:
        """Return what the last deploy noted of a table's typed columns, {} before any."""
        return decoded(self._table.get(since_key(table)), _Since).notes

    def note(self, table: str, since: Mapping[str, str]) -> None:
        """Keep what a view notes of typed columns."""
        self._table.update(Write("Update", since_key(table), "SET #notes = :notes", values={"notes": dict(since)}))

    def _entries(self, raw_keys: Sequence[str], *, consistent: bool) -> Iterator[Entry]:
        for item in self._table.get_all([entry_key(key) for key in raw_keys], consistent=consistent):
            yield decoded(item, Entry)

    def _begun(self, raw_key: str, token: str, suppression: int) -> Write:
        begun = {"raw_key": raw_key, "suppression": suppression, "begun_at": self._clock().isoformat()}
        return Write("Put", attempt_key(token) | encoded(begun))

    def _move(self, mark: str, stream: str, gen: str) -> None:
        later = f"attribute_not_exists(#{mark}) OR #{mark} < :gen"
        self._table.update(Write("Update", marks_key(stream), f"SET #{mark} = :gen", later, {"gen": gen}))


class _Since(msgspec.Struct, frozen=True):
    notes: dict[str, str] = {}


_AS_READ = "#status = :pending AND #token = :read"


def _still_open(stream: str, gen: str) -> Write:
    condition = "attribute_not_exists(#closing) OR #closing <= :gen"
    return Write("ConditionCheck", marks_key(stream), condition=condition, values={"gen": gen})


def _still_version(version: int) -> Write:
    """Return the check that the suppression list has a version; a list that was never written has version 0."""
    condition = "#version = :version" if version else "attribute_not_exists(#version) OR #version = :version"
    return Write("ConditionCheck", SUPPRESSION_KEY, condition=condition, values={"version": version})
