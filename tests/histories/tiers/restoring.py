"""A lake that loses its ledger, and the copy of it that somebody made."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from copy import deepcopy
from typing import Any, NamedTuple

import msgspec

from tests.fakes import MemoryLedger
from tests.histories.tiers.lake import TieredLake
from tests.histories.tiers.warm import SUBJECT
from thermocline.layout import RAW, stream_of
from thermocline.ledger import Entry, Suppression
from thermocline.restore.evidence import Evidence
from thermocline.restore.ledger import Restored, RestoreLedger
from thermocline.restore.merged import true_entry
from thermocline.restore.ports import Erasure


class Copy(NamedTuple):
    """The ledger as it was, and the tokens of its leases."""

    ledger: MemoryLedger
    tokens: Mapping[str, int]


class Listed(NamedTuple):
    key: str
    bytes: int = 1


class CopiedLedger:
    """A ledger in memory as a restore sees it."""

    def __init__(self, ledger: MemoryLedger, tokens: Any, source: CopiedLedger | None = None) -> None:
        self._ledger, self._tokens, self._source = ledger, tokens, source

    def __getattr__(self, name: str) -> Any:
        return getattr(self._ledger, name)

    def token(self, table: str) -> int:
        return int(self._tokens.get(table, 0))

    def version(self) -> int:
        return self._ledger.listed.version

    def knows_erasure(self, run: str) -> bool:
        return self.version() > 0

    def copy_missing(self, *, dry_run: bool) -> int:
        source = self._source._ledger if self._source else MemoryLedger()
        truer = {
            key: old
            for key, old in source.by_key.items()
            if true_entry(self._ledger.entry(key), old) != self._ledger.entry(key)
        }
        if not dry_run:
            self._ledger.by_key |= truer
            if source.listed.version > self.version():
                self._ledger.listed = msgspec.structs.replace(source.listed, version=self.version())
        return len(truer)

    def raise_version(self, version: int) -> None:
        self._ledger.listed = msgspec.structs.replace(self._ledger.listed, version=max(version, self.version()))

    def raise_token(self, table: str, token: int) -> None:
        self._tokens[table] = max(token, self.token(table))

    def put(self, entry: Entry, *, instead_of: Entry | None) -> None:
        self._ledger.by_key[entry.raw_key] = entry

    def suppress(self, digests: Collection[str], until: dt.datetime | None = None) -> int:
        listed = self._ledger.listed
        self._ledger.listed = Suppression(version=listed.version + 1, subjects=listed.subjects | set(digests))
        return self._ledger.listed.version


class Files:
    """What a lake's files say: names, rows by raw object, lines of raw objects."""

    def __init__(self, lake: TieredLake) -> None:
        self._lake = lake

    def list(self, prefix: str, *, after: str = "") -> Iterator[Listed]:
        if prefix.startswith(f"{RAW}/"):
            stream = stream_of(f"{prefix}x")
            yield from (Listed(key) for key, raw in self._lake.oracle.raw.items() if raw.stream == stream)
        else:
            yield from (Listed(key) for key in self._lake.store.keys(prefix) if key > after)

    def rows(self, key: str) -> int:
        return len(self._lake.store.rows[key])

    def count(self, key: str, *columns: str) -> Mapping[tuple[object, ...], int]:
        assert columns == ("_src",)
        return Counter((row.source,) for row in self._lake.store.rows[key])

    def lines(self, raw_key: str) -> int:
        return len(self._lake.oracle.raw[raw_key].events)


class RestoredLake(TieredLake):
    """A lake whose ledger may be lost; a copy of it is made now and then."""

    def __init__(self) -> None:
        super().__init__()
        self.copy: Copy | None = None
        self._erased = False

    def copies_ledger(self) -> None:
        """Make a copy of the ledger, as point-in-time recovery does."""
        self.copy = Copy(deepcopy(self.ledger), dict(self.leases.tokens))

    def forgets(self, *, parts: int = 1) -> None:
        """Lose entries, when nothing runs.

        Parameters
        ----------
        parts
            Every so many-th entry is lost; 1: all are, and marks, leases and the suppression list, too.
        """
        for actor in list(self.actors):
            actor.kill()
        self.late.clear()  # nothing ran for a quarter of an hour
        self._erased |= self.ledger.listed.version > 0
        kept = {key: each for place, (key, each) in enumerate(self.ledger.by_key.items()) if place % parts}
        self.ledger.by_key = kept
        if parts == 1:
            self.ledger.forget_marks()
            self.ledger.listed = Suppression()
            self.leases.tokens.clear()
        self.leases.expire_all()

    def restores(self, *, copied: bool, whole: bool = True) -> Restored:
        """Restore the ledger.

        Parameters
        ----------
        copied
            From the last copy, if there is one.
        whole
            All was lost: the marks say nothing of which entries may be missing.
        """
        restored: Restored = self._restore(copied, whole)()
        again = self._restore(copied, whole)(dry_run=True)
        assert (again.copied, again.marks, again.tokens, again.rebuilt, again.parked) == (0, {}, {}, (), ())
        assert again.version is None
        self.happened["ledger restored"] += 1
        self.happened["entries rebuilt"] += bool(restored.rebuilt)
        self.happened["entries parked"] += bool(restored.parked)
        self.happened["objects missing"] += bool(restored.missing)
        assert restored.twice == ()
        self.check()
        return restored

    def _restore(self, copied: bool, whole: bool) -> Any:
        copy = self.copy if copied else None
        old = CopiedLedger(copy.ledger, copy.tokens) if copy else None
        files = Files(self)
        restore = RestoreLedger(
            ledger=CopiedLedger(self.ledger, self.leases.tokens, old),
            old=old,
            bases=self.catalog,
            views=self.views,
            erasures=Erased((Erasure(run="1", version=1, digests=(SUBJECT,)),) if self._erased else ()),
            evidence=Evidence(listing=files, parquet=files, raw=files),
            listing=files,
            contracts=self.contracts,
            clock=self.clock,
        )
        return lambda *, dry_run=False: restore(since=None if whole else "", dry_run=dry_run)


class Erased(NamedTuple):
    """What erasures have left."""

    left: Sequence[Erasure]

    def runs(self) -> Sequence[Erasure]:
        return self.left
