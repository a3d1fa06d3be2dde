"""The ledger's table as it is restored: entries, marks and leases are put right, and items are copied from another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any, Final

from thermocline.adapters.dynamodb_items import (
    ATTEMPTS,
    SUPPRESSED,
    SUPPRESSION_KEY,
    Item,
    decoded,
    entry_item,
    item_key,
    lease_key,
    member_key,
    member_of,
    members_of,
    parked_key,
)
from thermocline.adapters.dynamodb_ledger import DynamoLedger
from thermocline.adapters.dynamodb_table import Write
from thermocline.ledger import Entry
from thermocline.restore.merged import true_entry

_APART: Final = ("marks#", "lease#", "suppression", ATTEMPTS)
"""Partitions whose items are not copied: their numbers are worked out, and attempts of that time have ended."""
_ENTRY: Final = "entry"
_MEMBERS: Final = members_of("")
_ITEMS_PER_READ: Final = 100


class DynamoRestore(DynamoLedger):
    """Implements `thermocline.restore.ports.RestoredLedger`, and the port of the older copy.

    Parameters
    ----------
    client
        A boto3 DynamoDB client.
    table
        The table's name.
    source
        Name of the older copy's table.
    """

    def __init__(self, client: Any, table: str, *, source: str | None = None) -> None:
        super().__init__(client, table)
        self._client = client
        self._name = table
        self._source = source

    def token(self, table: str) -> int:
        """Return the token of a table's last lease, 0 before any."""
        return int(self._table.get(lease_key(table)).get("token", {"N": "0"})["N"])

    def version(self) -> int:
        """Return the version of the suppression list."""
        return self.suppression().version

    def knows_erasure(self, run: str) -> bool:
        """Tell whether the ledger has the state of an erasure."""
        return bool(self._table.get(item_key(f"erasure#{run}", "state")))

    def raise_token(self, table: str, token: int) -> None:
        """Let a table's next lease have a token that is higher than this, and nobody have the one of now."""
        lower = "attribute_not_exists(#token) OR #token < :token"
        self._table.update(
            Write("Update", lease_key(table), "SET #token = :token REMOVE #until, #holder", lower, {"token": token})
        )

    def raise_version(self, version: int) -> None:
        """Let the suppression list have at least a version."""
        lower = "attribute_not_exists(#version) OR #version < :version"
        self._table.update(Write("Update", SUPPRESSION_KEY, "SET #version = :version", lower, {"version": version}))

    def put(self, entry: Entry, *, instead_of: Entry | None) -> None:
        """Write an entry and where it is listed (see `RestoredLedger.put`)."""
        old = member_key(entry.stream, instead_of.gen, entry.raw_key) if instead_of and instead_of.gen else None
        new = member_key(entry.stream, entry.gen, entry.raw_key) if entry.gen else parked_key(entry.raw_key)
        self._table.transact(
            entry=Write("Put", entry_item(entry)),
            listed=Write("Put", new),
            old=Write("Delete", old) if old and old != new else None,
        )

    def copy_missing(self, *, dry_run: bool) -> int:
        """Copy items that the other table alone has, and entries that are truer there; return how many they are."""
        source = DynamoLedger(self._client, self._source or "")
        # Of two suppression lists the later one holds: what is not on it was lifted.
        apart = _APART if self.suppression().version < source.suppression().version else (*_APART, SUPPRESSED)
        items, copied = self._items(apart), 0
        while some := list(islice(items, _ITEMS_PER_READ)):
            copied += self._copy(some, dry_run=dry_run)
        return copied

    def _items(self, apart: tuple[str, ...]) -> Iterator[Item]:
        pages = self._client.get_paginator("scan").paginate(TableName=self._source, ConsistentRead=True)
        for page in pages:
            yield from (item for item in page["Items"] if not _is_of(item, apart))

    def _copy(self, items: Sequence[Item], *, dry_run: bool) -> int:
        keys = [item_key(*_place(item)) for item in items]
        there = {_place(item): item for item in self._table.get_all(keys, consistent=True)}
        missing = [item for item in items if _place(item) not in there and _is_plain(item)]
        missing += self._memberships([item for item in items if _place(item) not in there and _is_member(item)])
        entries = [(item, there.get(_place(item))) for item in items if item["sk"]["S"] == _ENTRY]
        truer = [pair for item, now in entries if (pair := _truer(item, now))]
        for item in () if dry_run else missing:
            self._client.put_item(TableName=self._name, Item=item)
        for new, old in () if dry_run else truer:
            self.put(new, instead_of=old)
        return len(missing) + len(truer)

    def _memberships(self, items: Sequence[Item]) -> list[Item]:
        """Return the memberships among items that an entry of this table lacks; another's are written with it."""
        entries = self.entries_of([member_of(item)[1] for item in items])
        return [item for item in items for gen, key in [member_of(item)] if key in entries and entries[key].gen == gen]


def _truer(item: Item, there: Item | None) -> tuple[Entry, Entry | None] | None:
    """Return an entry and the one that it replaces; None if that one is as true."""
    old, now = decoded(item, Entry), decoded(there, Entry) if there else None
    return None if true_entry(now, old) is now else (old, now)


def _is_plain(item: Item) -> bool:
    """Tell whether an item is neither an entry nor a membership, which is written with its entry."""
    return item["sk"]["S"] != _ENTRY and not _is_member(item)


def _is_member(item: Item) -> bool:
    return bool(item["pk"]["S"].startswith(_MEMBERS))


def _is_of(item: Item, partitions: tuple[str, ...]) -> bool:
    pk = item["pk"]["S"]
    return pk in partitions or any(pk.startswith(name) for name in partitions if name.endswith("#"))


def _place(item: Item) -> tuple[str, str]:
    return item["pk"]["S"], item["sk"]["S"]
