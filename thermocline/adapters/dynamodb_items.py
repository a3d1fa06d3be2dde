"""The items of the ledger's table: their keys, and how they are written and read."""

from __future__ import annotations

from typing import Any, Final, TypeVar

import msgspec
from boto3.dynamodb.types import TypeDeserializer, TypeSerializer

from thermocline.ledger import Entry

Item = dict[str, Any]

T = TypeVar("T")

_serialize = TypeSerializer().serialize


class _WholeNumbers(TypeDeserializer):  # type: ignore[misc]  # boto3 has no types
    """Reads numbers as integers: the ledger has no others."""

    def _deserialize_n(self, value: str) -> int:
        return int(value)


_deserialize = _WholeNumbers().deserialize


def item_key(pk: str, sk: str) -> Item:
    """Return an item's key."""
    return {"pk": {"S": pk}, "sk": {"S": sk}}


def entry_key(raw_key: str) -> Item:
    """Return the key of a raw object's entry."""
    return item_key(f"raw#{raw_key}", "entry")


def members_of(stream: str) -> str:
    """Return the partition of a stream's memberships: which entries its generations have."""
    return f"entries#{stream}"


def member_key(stream: str, gen: str, raw_key: str) -> Item:
    """Return the key of an entry's membership in a generation."""
    return item_key(members_of(stream), f"{gen}#{raw_key}")


def member_of(item: Item) -> tuple[str, str]:
    """Return the generation and the raw key of a membership."""
    gen, _, raw_key = item["sk"]["S"].partition("#")
    return gen, raw_key


PARKED: Final = "parked"
"""The partition of the objects that were ever parked: their entries say which still are."""


def parked_key(raw_key: str) -> Item:
    """Return the key that lists a parked object."""
    return item_key(PARKED, raw_key)


def marks_key(stream: str) -> Item:
    """Return the key of a stream's marks."""
    return item_key(f"marks#{stream}", "marks")


def lease_key(table: str) -> Item:
    """Return the key of a warm table's lease."""
    return item_key(f"lease#{table}", "lease")


def since_key(table: str) -> Item:
    """Return the key of what a table's view notes of typed columns."""
    return item_key(f"since#{table}", "since")


SUPPRESSION_KEY: Final = item_key("suppression", "list")

SUPPRESSED: Final = "suppressed"
"""The partition of the subjects that are on the suppression list."""


def suppressed_key(digest: str) -> Item:
    """Return the key of a subject on the suppression list."""
    return item_key(SUPPRESSED, digest)


ATTEMPTS: Final = "attempts"
"""The partition of the attempts that began and did not say that they ended."""


def attempt_key(token: str) -> Item:
    """Return the key of an open attempt."""
    return item_key(ATTEMPTS, token)


ERASURES: Final = "erasures"
"""The partition of all erasures."""


def erasure_key(run: str) -> Item:
    """Return the key of an erasure's state."""
    return item_key(f"erasure#{run}", "state")


def entry_item(entry: Entry) -> Item:
    """Return the item of an entry."""
    return entry_key(entry.raw_key) | encoded(msgspec.to_builtins(entry))


def encoded(values: dict[str, Any]) -> Item:
    """Return values as DynamoDB's attributes."""
    return {name: _serialize(value) for name, value in values.items()}


def decoded(item: Item, kind: type[T]) -> T:
    """Return an item as a struct; attributes that it has no field for are left out."""
    return msgspec.convert({name: _deserialize(value) for name, value in item.items()}, kind)
