"""Leases, views and sightings in memory, as the ports describe them: each call is one atomic operation."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping

import msgspec

from thermocline.clean.ports import Sightings
from thermocline.clock import Clock
from thermocline.contracts import Contract
from thermocline.errors import LeaseTaken, LedgerConflict, ViewChanged
from thermocline.generations import BEGINNING
from thermocline.promote.ports import PromotedLedger

LONGEST_QUERY = dt.timedelta(hours=1)


class ModelLeases:
    """Leases that end when the history says so."""

    def __init__(self, ledger: PromotedLedger) -> None:
        self._ledger = ledger
        self.tokens: dict[str, int] = defaultdict(int)
        self._holders: dict[str, int | None] = defaultdict(lambda: None)
        self.list_at: dict[tuple[str, int], int] = {}
        """Version of the suppression list when a lease was taken."""

    def acquire(self, table: str) -> int:
        if self._holders[table] is not None:
            raise LeaseTaken(table)
        self.tokens[table] += 1
        token = self._holders[table] = self.tokens[table]
        self.list_at[table, token] = self._ledger.suppression().version
        return token

    def release(self, table: str, token: int) -> None:
        if self._holders[table] == token:
            self._holders[table] = None

    def expire_all(self) -> None:
        """Let the time of every lease be up."""
        self._holders.clear()

    def expire(self, table: str) -> None:
        """Let the lease's time be up, whatever its holder is doing."""
        self._holders[table] = None


class ModelView(msgspec.Struct, frozen=True, kw_only=True):
    """A view as Glue has it, and since when."""

    version: str
    watermark: str
    since: Mapping[str, str]
    written: dt.datetime


class ModelViews:
    """Views with a version each, which a writer must name."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._views: dict[str, list[ModelView]] = defaultdict(list)
        self.violations: list[str] = []

    def read(self, table: str) -> ModelView | None:
        return self._views[table][-1] if self._views[table] else None

    def write(self, contract: Contract, *, watermark: str, since: Mapping[str, str], version: str | None) -> None:
        there = self.read(contract.table)
        if (there.version if there else None) != version:
            raise ViewChanged(contract.table)
        if there and watermark < there.watermark:
            self.violations.append(f"the view of {contract.table} went back to {watermark}")
        view = ModelView(
            version=str(len(self._views[contract.table])), watermark=watermark, since=since, written=self._clock()
        )
        self._views[contract.table].append(view)

    def forget(self, table: str) -> None:
        """Lose a view."""
        self._views[table].clear()

    def watermarks(self, table: str) -> set[str]:
        """Return the watermarks that queries read: of the view, and of those before it that they began with."""
        views, now = self._views[table], self._clock()
        replaced = [view.written for view in views[1:]] + [now]
        running = [view for view, end in zip(views, replaced, strict=False) if now - end < LONGEST_QUERY]
        return {view.watermark for view in running} or {BEGINNING}


class ModelBook:
    """When watermarks were first seen."""

    def __init__(self) -> None:
        self._sightings: dict[str, Sightings] = defaultdict(dict)

    def sightings(self, table: str) -> Sightings:
        return self._sightings[table]

    def replace(self, table: str, known: Sightings, new: Sightings) -> None:
        if self._sightings[table] != known:
            raise LedgerConflict(table)
        self._sightings[table] = new
