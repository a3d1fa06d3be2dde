"""Sealing: a partition whose late window is closed becomes few large files of the cold class (ADR 42)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from thermocline.clock import Clock
from thermocline.contracts import Contract
from thermocline.errors import RowsDiffer
from thermocline.seal.plan import Rules, parts
from thermocline.streams import contract_of
from thermocline.warm.model import WarmFile
from thermocline.warm.ports import Catalog, Leases
from thermocline.warm.rewriting import Exchange, Prepared, Rewriter, SuppressionList


class Sealed(msgspec.Struct, frozen=True, kw_only=True):
    """What a run of sealing did.

    Attributes
    ----------
    read, written
        Files that were replaced, and the sealed ones that replace them.
    rows
        Rows in them.
    given_up
        Parts whose files or whose suppression list changed meanwhile: the next run takes them again.
    left
        Parts that there was no time for.
    """

    table: str
    read: int = 0
    written: int = 0
    rows: int = 0
    given_up: int = 0
    left: int = 0


class Seal:
    """Seals the partitions of a table, a part of bounded size at a time, each in a commit of its own.

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
        catalog: Catalog,
        rewriter: Rewriter,
        contracts: Mapping[str, Contract],
        clock: Clock,
        rules: Rules,
    ) -> None:
        self._ledger = ledger
        self._catalog = catalog
        self._rewriter = rewriter
        self._exchange = Exchange(leases=leases, catalog=catalog, ledger=ledger)
        self._contracts = contracts
        self._clock = clock
        self._rules = rules

    def __call__(self, table: str, *, until: dt.datetime | None = None) -> Sealed:
        """Seal what is due; a second run finds nothing to do.

        Parameters
        ----------
        until
            No part begins after it: the next run takes the others.

        Raises
        ------
        UnknownStream
            No contract has this name.
        RowsDiffer
            Other rows were written than read.
        LeaseTaken, FencedOff, CommitFailed
            As of `Exchange`.
        FileNotFoundError
            A file went while it was read.
        """
        contract = contract_of(table, self._contracts)
        version = self._ledger.suppression().version  # before the files are read
        done = Sealed(table=table)
        for part in self._due(contract):
            if until and self._clock() >= until:
                done = msgspec.structs.replace(done, left=done.left + 1)
            else:
                done = self._seal(done, part, version)
        return done

    def _due(self, contract: Contract) -> Iterator[tuple[WarmFile, ...]]:
        now, kept = self._clock(), contract.retention_days
        return parts(
            self._catalog.files(self._catalog.load(contract.name)),
            now=now,
            partitioned_by=contract.partitioned_by,
            rules=self._rules,
            first_kept=None if kept is None else now - dt.timedelta(days=kept),
        )

    def _seal(self, done: Sealed, part: tuple[WarmFile, ...], version: int) -> Sealed:
        written = self._rewriter.merge(done.table, part, sealed=True)
        if (rows := _rows(written)) != _rows(part):
            raise RowsDiffer(f"{done.table}: {_rows(part)} rows were read and {rows} written; nothing was committed")
        if not self._exchange(Prepared(table=done.table, remove=part, add=written, suppression=version)):
            return msgspec.structs.replace(done, given_up=done.given_up + 1)
        return msgspec.structs.replace(
            done, read=done.read + len(part), written=done.written + len(written), rows=done.rows + rows
        )


def _rows(files: Sequence[WarmFile]) -> int:
    return sum(file.rows for file in files)
