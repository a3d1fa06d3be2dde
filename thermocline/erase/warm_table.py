"""One warm table: its files are rewritten without the lease, and exchanged in one commit under it (ADR 45)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final

import msgspec

from thermocline.clock import Clock
from thermocline.contracts import Contract
from thermocline.erase.findings import Findings
from thermocline.erase.ports import ErasedCatalog, ErasedLedger, Objects
from thermocline.errors import CommitFailed, FencedOff
from thermocline.generations import moved
from thermocline.subjects import Subjects
from thermocline.warm.erased_files import NewIds, Rewritten, WarmFiles
from thermocline.warm.model import Base, Change, WarmFile
from thermocline.warm.owned import OwnedRows

_MAX_COMMITS: Final = 5
_WINDOW_HOURS: Final = 24
"""Twins of a row are in the generations so many hours after it."""


class Prepared(msgspec.Struct, kw_only=True):
    """What is known of a table's objects: they never change, so that each is looked into once.

    Attributes
    ----------
    clean
        Addresses of files that have nothing of a subject.
    rewritten
        By the address of the old file.
    ids
        By the key of the old file of identities.
    """

    clean: set[str] = set()
    rewritten: dict[str, Rewritten] = {}
    ids: dict[str, NewIds] = {}


class WarmTable:
    """Erases from one warm table."""

    def __init__(
        self,
        contract: Contract,
        *,
        subjects: Subjects,
        ledger: ErasedLedger,
        catalog: ErasedCatalog,
        files: WarmFiles,
        objects: Objects,
        findings: Findings,
        clock: Clock,
    ) -> None:
        self.name = contract.name
        self.owned = OwnedRows(contract, subjects.owns, subjects.named_in)
        self._ledger = ledger
        self._catalog = catalog
        self._files = files
        self._objects = objects
        self._findings = findings
        self._clock = clock
        self.prepared = findings.remembered(f"warm-{self.name}", Prepared) or Prepared()

    def prepare(self, deadline: dt.datetime) -> bool:
        """Search the table's files, and rewrite those that have rows of a subject; False when the time is up."""
        for file in self._catalog.files(self._catalog.load(self.name)):
            if self._clock() >= deadline:
                self._remember()
                return False
            self._look_into(file)
        self._remember()
        return True

    def commit(self, token: int) -> None:
        """Exchange the files in one commit under a lease; it is made even if there is nothing to exchange.

        Raises
        ------
        FencedOff
            The lease was lost, and its next holder has committed.
        CommitFailed
            The catalog failed again and again.
        """
        for _ in range(_MAX_COMMITS):
            base = self._catalog.load(self.name)
            if base.fence > token:
                raise FencedOff(f"{self.name}: token {token} is behind {base.fence}")
            if base.fence == token:
                return  # an answer was lost: nobody else has this token, and it commits once
            try:
                self._catalog.commit(base, self._change(base, token))
            except CommitFailed:
                continue
            return
        raise CommitFailed(f"{self.name}: {_MAX_COMMITS} commits failed")

    def identities(self) -> frozenset[bytes]:
        """Return the identities of all lines and rows of subjects that are known so far."""
        told = [key for each in self._findings.identities(self.name) for key in each.keys]
        told += [key for each in self.prepared.rewritten.values() for key in each.identities]
        return frozenset(map(bytes.fromhex, told))

    def _change(self, base: Base, token: int) -> Change:
        files = self._catalog.files(base)
        for file in files:  # what came since they were searched
            self._look_into(file)
        exchanged = [self.prepared.rewritten[file.path] for file in files if file.path in self.prepared.rewritten]
        replaced = self._new_ids(base)
        self._remember()
        return Change(
            token=token,
            remove=tuple(each.old for each in exchanged),
            add=tuple(each.new for each in exchanged if each.new),
            ids={each.gen: each.new for each in replaced},
        )

    def _look_into(self, file: WarmFile) -> None:
        if file.path in self.prepared.clean or file.path in self.prepared.rewritten:
            return
        if not self.owned.any_in(self._objects.opened(_key(file.path))):
            self.prepared.clean.add(file.path)
            return
        rewritten = self._files.rewrite(self.name, file, self.owned)
        self.prepared.rewritten[file.path] = rewritten
        if rewritten.new:
            self.prepared.clean.add(rewritten.new.path)
        self._remember()

    def _new_ids(self, base: Base) -> Sequence[NewIds]:
        identities = self.identities()
        watermark = self._ledger.marks(self.name).watermark
        replaced = [
            self._files.ids(self.name, gen, base.ids[gen], identities, traced=gen < watermark)
            for gen in sorted(self._gens() & base.ids.keys())
        ]
        self.prepared.ids.update({each.old: each for each in replaced if each})
        return [each for each in replaced if each]

    def _gens(self) -> set[str]:
        """Return the generations whose identities may have a line or a row of a subject."""
        gens = {each.gen for each in self._findings.identities(self.name)}
        rows = {gen for each in self.prepared.rewritten.values() for gen in each.gens}
        return gens | {moved(gen, hours) for gen in rows for hours in range(_WINDOW_HOURS + 1)}

    def _remember(self) -> None:
        self._findings.remember(f"warm-{self.name}", self.prepared)


def _key(address: str) -> str:
    return address.removeprefix("s3://").partition("/")[2]
