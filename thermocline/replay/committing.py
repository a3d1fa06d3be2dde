"""Commit under a lease; after an error the table itself says whether the commit is there (ADR 33)."""

from __future__ import annotations

from collections.abc import Callable

from thermocline.errors import CommitFailed, FencedOff
from thermocline.warm.model import Base, Change
from thermocline.warm.ports import Catalog, Leases

_MAX_COMMITS = 5


class Committing:
    """Makes one commit out of what is prepared from a table."""

    def __init__(self, *, leases: Leases, catalog: Catalog) -> None:
        self._leases = leases
        self._catalog = catalog

    def __call__(self, table: str, prepare: Callable[[Base, int], Change]) -> Change:
        """Prepare a change under the lease, commit it, and return it; prepare it anew when it was refused.

        Raises
        ------
        LeaseTaken
            Another promotes, rewrites or erases this table.
        FencedOff
            The lease was lost, and its next holder has committed.
        CommitFailed
            The catalog failed again and again.
        """
        token = self._leases.acquire(table)
        try:
            for _ in range(_MAX_COMMITS):
                base = self._load(table, token)
                change = prepare(base, token)
                if self._landed(base, change):
                    return change
        finally:
            self._leases.release(table, token)
        raise CommitFailed(f"{table}: {_MAX_COMMITS} commits failed")

    def _load(self, table: str, token: int) -> Base:
        base = self._catalog.load(table)
        if base.fence > token:
            raise FencedOff(f"{table}: token {token} is behind {base.fence}")
        return base

    def _landed(self, base: Base, change: Change) -> bool:
        try:
            self._catalog.commit(base, change)
        except CommitFailed:
            now = self._load(base.table, change.token)
            return (change.gens[0], change.token) in now.commits
        return True
