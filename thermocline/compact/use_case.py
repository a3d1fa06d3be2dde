"""Compaction: the small files of yesterday and of last week become few (ADR 37)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

import msgspec

from thermocline.clock import Clock
from thermocline.compact.plan import Sizes, groups
from thermocline.compact.ports import ExpiringCatalog, Objects
from thermocline.contracts import Contract
from thermocline.errors import RowsDiffer
from thermocline.streams import contract_of
from thermocline.warm.model import WarmFile
from thermocline.warm.ports import Leases
from thermocline.warm.rewriting import Exchange, Prepared, Rewriter, SuppressionList

DAYS_BEFORE = (1, 7)
"""Yesterday, when most of its rows are there, and the same day of last week, when the late ones are, too."""

KEPT_SNAPSHOTS = dt.timedelta(hours=24)
"""Snapshots that were current since then stay: a promoter or a reader may still use them."""


class Compacted(msgspec.Struct, frozen=True, kw_only=True):
    """What a run of compaction did.

    Attributes
    ----------
    read, written
        Files that were replaced, and those that replace them.
    rows
        Rows in them.
    given_up
        Groups whose files or whose suppression list changed meanwhile: the next run takes them again.
    deleted
        Objects that only forgotten snapshots had named.
    """

    table: str
    read: int = 0
    written: int = 0
    rows: int = 0
    given_up: int = 0
    deleted: int = 0


class Compact:
    """Merges the small files of a table.

    Parameters
    ----------
    ledger
        Knows the suppression list.
    rewriter
        Reads warm files and writes others.
    """

    def __init__(
        self,
        *,
        ledger: SuppressionList,
        leases: Leases,
        catalog: ExpiringCatalog,
        rewriter: Rewriter,
        objects: Objects,
        contracts: Mapping[str, Contract],
        clock: Clock,
        sizes: Sizes,
        days_before: Sequence[int] = DAYS_BEFORE,
    ) -> None:
        self._ledger = ledger
        self._leases = leases
        self._catalog = catalog
        self._rewriter = rewriter
        self._objects = objects
        self._exchange = Exchange(leases=leases, catalog=catalog, ledger=ledger)
        self._contracts = contracts
        self._clock = clock
        self._sizes = sizes
        self._days_before = days_before

    def __call__(self, table: str) -> Compacted:
        """Merge the small files of a table, then end its old snapshots and their files.

        A second run finds nothing to do.

        Raises
        ------
        UnknownStream
            No contract has this name.
        RowsDiffer
            The merged files have other rows than those that they would replace.
        LeaseTaken, FencedOff, CommitFailed
            As of `Exchange`.
        FileNotFoundError
            A file went while it was read.
        """
        contract = contract_of(table, self._contracts)
        now = self._clock().astimezone(dt.UTC)
        done = Compacted(table=table)
        for days in sorted(self._days_before, reverse=True):
            done = self._compact_day(done, now.date() - dt.timedelta(days=days), contract.partitioned_by)
        return msgspec.structs.replace(done, deleted=self._expire(table, now - KEPT_SNAPSHOTS))

    def _compact_day(self, done: Compacted, day: dt.date, partitioned_by: str) -> Compacted:
        version = self._ledger.suppression().version  # before the files are read
        files = self._catalog.files(self._catalog.load(done.table))
        for group in groups(files, day, partitioned_by=partitioned_by, sizes=self._sizes):
            done = self._merge(done, group, version)
        return done

    def _merge(self, done: Compacted, group: tuple[WarmFile, ...], version: int) -> Compacted:
        merged = self._rewriter.merge(done.table, group)
        if (rows := _rows(merged)) != _rows(group):
            raise RowsDiffer(f"{done.table}: {_rows(group)} rows were read and {rows} written; nothing was committed")
        if len(merged) >= len(group):  # nothing gained, and the next run would do the same
            return done
        if not self._exchange(Prepared(table=done.table, remove=group, add=merged, suppression=version)):
            return msgspec.structs.replace(done, given_up=done.given_up + 1)
        return msgspec.structs.replace(
            done, read=done.read + len(group), written=done.written + len(merged), rows=done.rows + rows
        )

    def _expire(self, table: str, older_than: dt.datetime) -> int:
        """Delete what only old snapshots named; after a commit that may not have landed, nothing."""
        token = self._leases.acquire(table)
        try:
            unnamed = self._catalog.expire(table, older_than)
        finally:
            self._leases.release(table, token)
        self._objects.delete(unnamed)
        return len(unnamed)


def _rows(files: Sequence[WarmFile]) -> int:
    return sum(file.rows for file in files)
