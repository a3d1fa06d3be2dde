"""Rewrite files of a warm table in two parts: prepare them without the lease, commit them under it (ADR 37).

Between the two the table may change. So the commit is only made when every file that was read is still in the table
and the suppression list is the one that was current before they were read; otherwise what was prepared is left alone,
and the orphan sweep removes it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Protocol

import msgspec

from thermocline.errors import CommitFailed, FencedOff
from thermocline.ledger import Suppression
from thermocline.warm.model import Base, Change, WarmFile
from thermocline.warm.ports import Catalog, Leases

_MAX_COMMITS = 5


class SuppressionList(Protocol):
    """The ledger as far as rewriting needs it; the read is strongly consistent."""

    def suppression(self) -> Suppression:
        """Return the current suppression list."""


class Rewriter(Protocol):
    """Writes rows of warm files anew, under names that nobody has used."""

    def merge(
        self, table: str, files: Sequence[WarmFile], *, since: dt.datetime | None = None, sealed: bool = False
    ) -> tuple[WarmFile, ...]:
        """Write the rows of files of one partition sorted into new files; with `since`, without rows before it.

        Every row keeps its generation, and none is taken for another's twin. With `sealed`, the new files are sealed.

        Raises
        ------
        FileNotFoundError
            A file is not there any more.
        """


class Prepared(msgspec.Struct, frozen=True, kw_only=True):
    """Files to exchange for others, and what must still be true when they are.

    Attributes
    ----------
    remove, add
        The files that were read, and those that have their rows now.
    forget
        Generations whose identities leave the table's index.
    ids, read_ids
        Keys of identities by generation: those that replace others, and those others, which must still be there.
    suppression
        Version of the suppression list before the files were read.
    """

    table: str
    remove: tuple[WarmFile, ...] = ()
    add: tuple[WarmFile, ...] = ()
    forget: tuple[str, ...] = ()
    ids: Mapping[str, str] = {}
    read_ids: Mapping[str, str] = {}
    suppression: int


class Exchange:
    """Commits what was prepared, if it may still be committed."""

    def __init__(self, *, leases: Leases, catalog: Catalog, ledger: SuppressionList) -> None:
        self._leases = leases
        self._catalog = catalog
        self._ledger = ledger

    def __call__(self, prepared: Prepared) -> bool:
        """Exchange the files in one commit; False when a file or the list has changed, so that nothing was done.

        Raises
        ------
        LeaseTaken
            Another promotes, rewrites or erases this table.
        FencedOff
            The lease was lost, and its next holder has committed.
        CommitFailed
            The catalog failed again and again; the last commit may have landed.
        """
        token = self._leases.acquire(prepared.table)
        try:
            return self._commit(prepared, token)
        finally:
            self._leases.release(prepared.table, token)

    def _commit(self, prepared: Prepared, token: int) -> bool:
        change = Change(token=token, add=prepared.add, remove=prepared.remove, forget=prepared.forget, ids=prepared.ids)
        for _ in range(_MAX_COMMITS):
            base = self._catalog.load(prepared.table)
            paths = {file.path for file in self._catalog.files(base)}
            if _landed(prepared, base, paths):
                return True
            if base.fence > token:
                raise FencedOff(f"{prepared.table}: token {token} is behind {base.fence}")
            if not self._may_commit(prepared, base, paths):
                return False
            try:
                self._catalog.commit(base, change)
            except CommitFailed:
                continue  # it may have landed: the table is loaded again and asked
            return True
        raise CommitFailed(f"{prepared.table}: {_MAX_COMMITS} commits failed")

    def _may_commit(self, prepared: Prepared, base: Base, paths: set[str]) -> bool:
        whole = all(file.path in paths for file in prepared.remove) and prepared.read_ids.items() <= base.ids.items()
        return whole and self._ledger.suppression().version == prepared.suppression


def _landed(prepared: Prepared, base: Base, paths: set[str]) -> bool:
    """Tell whether the table is as the change leaves it; new files have names that no other change adds."""
    if prepared.ids:
        return prepared.ids.items() <= base.ids.items()
    if prepared.add:
        return all(file.path in paths for file in prepared.add)
    return not any(file.path in paths for file in prepared.remove) and not base.ids.keys() & set(prepared.forget)
