"""Retention: rows of a warm table whose event time is older than its contract keeps are removed (ADR 37)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

import msgspec

from thermocline.clock import Clock
from thermocline.contracts import Contract
from thermocline.errors import RowsDiffer
from thermocline.retain.plan import first_kept, forgotten, split
from thermocline.streams import contract_of
from thermocline.warm.model import WarmFile
from thermocline.warm.ports import Catalog, Leases
from thermocline.warm.rewriting import Exchange, Prepared, Rewriter, SuppressionList

_MARGIN_HOURS = 48
"""More than the window of deduplication: a replay of the oldest raw needs the identities of the window before it."""


class Retained(msgspec.Struct, frozen=True, kw_only=True):
    """What a run of retention did.

    Attributes
    ----------
    since
        The first instant whose rows stay; None: the contract keeps all.
    removed, rewritten
        Files that went as a whole, and those that were written anew without their old rows.
    rows
        Rows that went.
    forgotten
        Generations whose identities left the index.
    given_up
        True: a file or the suppression list changed meanwhile, and nothing was done.
    """

    table: str
    since: dt.datetime | None = None
    removed: int = 0
    rewritten: int = 0
    rows: int = 0
    forgotten: int = 0
    given_up: bool = False


class Retain:
    """Removes what is too old from a warm table; hot and raw are not touched.

    Parameters
    ----------
    raw_days
        Days after which raw objects expire, so that no replay can need identities that are older.
    """

    def __init__(
        self,
        *,
        ledger: SuppressionList,
        leases: Leases,
        catalog: Catalog,
        rewriter: Rewriter,
        contracts: Mapping[str, Contract],
        clock: Clock,
        raw_days: int,
    ) -> None:
        self._ledger = ledger
        self._catalog = catalog
        self._rewriter = rewriter
        self._exchange = Exchange(leases=leases, catalog=catalog, ledger=ledger)
        self._contracts = contracts
        self._clock = clock
        self._raw_days = raw_days

    def __call__(self, table: str) -> Retained:
        """Remove a table's old rows and old identities in one commit; none is made if there are none.

        Raises
        ------
        UnknownStream
            No contract has this name.
        RowsDiffer
            A rewritten file has more rows than before, or old ones.
        LeaseTaken, FencedOff, CommitFailed
            As of `Exchange`.
        FileNotFoundError
            A file went while it was read.
        """
        days = contract_of(table, self._contracts).retention_days
        now = self._clock().astimezone(dt.UTC)
        version = self._ledger.suppression().version  # before the files are read
        base = self._catalog.load(table)
        since = None if days is None else first_kept(now.date(), days)
        whole, straddling = split(self._catalog.files(base), since) if since else ((), ())
        gens = forgotten(base.ids, now=now, raw_days=self._raw_days, margin_hours=_MARGIN_HOURS)
        if not (whole or straddling or gens):
            return Retained(table=table, since=since)
        added = self._young_rows(table, straddling, since) if since else ()
        prepared = Prepared(table=table, remove=whole + straddling, add=added, forget=gens, suppression=version)
        if not self._exchange(prepared):
            return Retained(table=table, since=since, given_up=True)
        return Retained(
            table=table,
            since=since,
            removed=len(whole),
            rewritten=len(straddling),
            rows=_rows(prepared.remove) - _rows(added),
            forgotten=len(gens),
        )

    def _young_rows(self, table: str, files: Sequence[WarmFile], since: dt.datetime) -> tuple[WarmFile, ...]:
        """Rewrite files one at a time: how many there are is not bounded."""
        added: list[WarmFile] = []
        for file in files:
            rewritten = self._rewriter.merge(table, (file,), since=since)
            if _rows(rewritten) >= file.rows or any(new.first_time < since for new in rewritten):
                raise RowsDiffer(f"{file.path}: rows before {since:%Y-%m-%d} are left; nothing was committed")
            added += rewritten
        return tuple(added)


def _rows(files: Sequence[WarmFile]) -> int:
    return sum(file.rows for file in files)
