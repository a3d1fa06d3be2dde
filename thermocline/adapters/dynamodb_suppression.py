"""The suppression list in the ledger's table: an item per subject, and one with the list's version (ADR 40)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Final

from thermocline.adapters.dynamodb_items import SUPPRESSED, SUPPRESSION_KEY, suppressed_key
from thermocline.adapters.dynamodb_table import DynamoTable, Write
from thermocline.clock import Clock
from thermocline.errors import LedgerConflict
from thermocline.ledger import Suppression

_FOR_EVER: Final = ""
# A transaction writes 100 items at most, and one of them is the version.
_PER_CHANGE: Final = 90
_MAX_TRIES: Final = 8


class DynamoSuppression:
    """Keeps the list; each change of it is one transaction that also moves the version.

    Parameters
    ----------
    pause
        Waits before the given retry of a write that met another's transaction.
    """

    def __init__(self, table: DynamoTable, *, clock: Clock, pause: Callable[[int], None]) -> None:
        self._table = table
        self._clock = clock
        self._pause = pause
        self._version = 0
        self._ends: Mapping[str, str] = {}

    def read(self) -> Suppression:
        """Return the list as it is now; its subjects are only read again when the version is another."""
        while (version := self.version()) != self._version:
            listed = dict(self._listed())
            if self.version() == version:
                self._version, self._ends = version, listed
        now = self._clock().isoformat()
        held = (digest for digest, end in self._ends.items() if end == _FOR_EVER or end > now)
        return Suppression(version=self._version, subjects=frozenset(held))

    def version(self) -> int:
        """Return the list's version as it is now; 0 before the first subject."""
        item = self._table.get(SUPPRESSION_KEY)
        return int(item["version"]["N"]) if item else 0

    def add(self, digests: Collection[str], until: dt.datetime | None) -> int:
        """Add subjects, until a time or for ever, and return the list's version; no time is ever made shorter."""
        end = until.astimezone(dt.UTC).isoformat() if until else _FOR_EVER
        listed = dict(self._listed())
        longer = [digest for digest in digests if _is_longer(end, listed.get(digest))]
        return self._change([Write("Put", suppressed_key(digest) | {"ends": {"S": end}}) for digest in longer])

    def remove(self, digests: Collection[str]) -> int:
        """Take subjects from the list, and return its version."""
        listed = {digest for digest, _ in self._listed()}
        return self._change([Write("Delete", suppressed_key(digest)) for digest in digests if digest in listed])

    def _listed(self) -> Iterator[tuple[str, str]]:
        for item in self._table.query(SUPPRESSED, attributes="sk, ends"):
            yield item["sk"]["S"], item["ends"]["S"]

    def _change(self, writes: Sequence[Write]) -> int:
        moved = Write("Update", SUPPRESSION_KEY, update="ADD #version :one", values={"one": 1})
        for start in range(0, len(writes), _PER_CHANGE):
            some = writes[start : start + _PER_CHANGE]
            self._transact({"version": moved} | {f"subject{number}": write for number, write in enumerate(some)})
        return self.version()

    def _transact(self, writes: Mapping[str, Write]) -> None:
        for retry in range(1, _MAX_TRIES):
            try:
                return self._table.transact(**writes)
            except LedgerConflict:
                self._pause(retry)
        return self._table.transact(**writes)


def _is_longer(end: str, listed: str | None) -> bool:
    return listed is None or (listed != _FOR_EVER and (end == _FOR_EVER or end > listed))
