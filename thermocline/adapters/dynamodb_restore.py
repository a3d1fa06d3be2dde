"""The ledger's table as it is restored: entries, marks and leases are put right, and items are copied from another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import batched
from typing import Any, Final

from thermocline.adapters.dynamodb_items import (
    SUPPRESSION_KEY,
    Item,
    decoded,
    entry_item,
    entry_key,
    lease_key,
    member_key,
    member_of,
    parked_key,
)
from thermocline.adapters.dynamodb_ledger import DynamoLedger
from thermocline.adapters.dynamodb_table import DynamoTable, Write
from thermocline.ledger import Entry
from thermocline.restore.merged import true_entry

_APART: Final = ("marks#", "lease#")
"""Partitions whose items are not copied: their numbers are worked out."""
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
        self._source = source

    def token(self, table: str) -> int:
        """Return the token of a table's last lease, 0 before any."""
        return int(self._table.get(lease_key(table)).get("token", {"N": "0"})["N"])

    def version(self) -> int:
        """Return the version of the suppression list."""
        return self.suppression().version

    def raise_token(self, table: str, token: int) -> None:
        """Let a table's next lease have a token that is higher than this, and nobody have the one of now."""
        lower = "attribute_not_exists(#token) OR #token < :token"
        self._table.update(
            Write("Update", lease_key(table), "SET #token = :token REMOVE #until, #holder", lower, {"token": token})
        )

    def raise_version(self, version: int) -> None:
        """Let the suppression list have at least a version."""
        lower = "attribute_not_exists(#version) OR #version < :version"
        self._table.update(
            Write("Update", SUPPRESSION_KEY, "SET #version = :version", lower, {"version": version})
        )

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
        return sum(self._copy(items, dry_run=dry_run) for items in batched(self._items(), _ITEMS_PER_READ))

    def _items(self) -> Iterator[Item]:
        pages = self._client.get_paginator("scan").paginate(TableName=self._source, ConsistentRead=True)
        for page in pages:
            yield from (item for item in page["Items"] if not item["pk"]["S"].startswith(_APART))

    def _copy(self, items: Sequence[Item], *, dry_run: bool) -> int:
        there = {_place(item): item for item in self._table.get_all([_key(item) for item in items], consistent=True)}
        entries = [item for item in items if item["sk"]["S"] == "entry"]
        others = [item for item in items if item["sk"]["S"] != "entry" and item["pk"]["S"] != "suppression"]
        missing = [item for item in others if _place(item) not in there and self._holds(item)]
        changed = [(new, old) for item in entries if (new := _truer(item, old := there.get(_place(item))))]
        if not dry_run:
            for item in missing:
                self._client.put_item(TableName=self._name, Item=item)
            for new, old in changed:
                self.put(decoded(new, Entry), instead_of=decoded(old, Entry) if old else None)
        return len(missing) + len(changed)
