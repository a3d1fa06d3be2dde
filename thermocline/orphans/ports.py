"""What the orphan sweep needs from the outside. Adapters implement it; tests bring fakes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Protocol

import msgspec

from thermocline.ledger import Entry


class FoundObject(msgspec.Struct, frozen=True, kw_only=True):
    """An object's key, its size, and the time it was written."""

    key: str
    bytes: int
    last_modified: dt.datetime


class Objects(Protocol):
    """The objects of the lake bucket."""

    def objects(self, prefix: str) -> Iterator[FoundObject]:
        """Yield the objects below a prefix, in the order of their keys."""

    def delete(self, keys: Sequence[str]) -> None:
        """Delete objects; the bucket keeps their versions for a while."""


class References(Protocol):
    """What the warm tables refer to."""

    def referenced(self, table: str) -> set[str]:
        """Return the keys of all objects that a table needs: data, metadata, manifests, identities, of every snapshot.

        Raises rather than leave one out.
        """


class NamingLedger(Protocol):
    """The ledger as the orphan sweep sees it; every read is strongly consistent."""

    def entries(self, stream: str, gen: str) -> Sequence[Entry]:
        """Return the entries that a generation has."""
