"""The steps of a run in their order: each works until a deadline, and says how far it came."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Final

import msgspec

from thermocline.clock import Clock
from thermocline.contracts import Contract
from thermocline.erase import other_objects as other
from thermocline.erase.findings import Findings, Found
from thermocline.erase.hot_objects import HotObjects
from thermocline.erase.lines import Lines
from thermocline.erase.model import Run
from thermocline.erase.old_state import OldState
from thermocline.erase.ports import ErasedCatalog, ErasedLedger, Objects, Store
from thermocline.erase.raw_objects import Fits, RawObjects
from thermocline.erase.report import StoreAnswer
from thermocline.erase.sweep import Place, Sweep, Walked
from thermocline.erase.warm_table import WarmTable
from thermocline.subjects import SubjectHasher, Subjects, erasure_keys
from thermocline.warm.erased_files import WarmFiles
from thermocline.warm.ports import Leases

Step = Callable[[Run, dt.datetime], Walked]

_WHOLE: Final = Walked(cursor="", done=True)


class Lake(msgspec.Struct, frozen=True, kw_only=True):
    """What an erasure works on.

    Attributes
    ----------
    objects, results
        The lake bucket, and that of Athena's results if there is one.
    """

    contracts: Mapping[str, Contract]
    hasher: SubjectHasher
    ledger: ErasedLedger
    leases: Leases
    catalog: ErasedCatalog
    files: WarmFiles
    objects: Objects
    results: Objects | None
    fits: Fits
    stores: Sequence[Store] = ()


def names(lake: Lake) -> tuple[str, ...]:
    """Return the names of the steps of a pass, in order.

    Raw objects come first: their lines tell which identities twins have in warm. Hot comes before warm, so that a
    promotion between the two finds nothing of a subject any more. The digests that raw objects are found by come last.
    """
    raw = [f"raw {stream}" for stream in lake.contracts]
    tables = [f"{level} {table}" for table in lake.contracts for level in ("hot", "warm")]
    return (*raw, *tables, "firehose-errors", *(["results"] if lake.results else []), "replay", "stores", "subjects")


class Steps:
    """The steps of one run."""

    def __init__(self, lake: Lake, run: Run, clock: Clock) -> None:
        self._lake = lake
        self._clock = clock
        self._subjects = Subjects(lake.hasher, run.digests, erasure_keys(lake.contracts))
        self._findings = Findings(lake.objects, run.id)
        self._sweep = Sweep(lake.objects, self._findings, clock)

    def step(self, name: str) -> Step:
        """Return a step by its name."""
        kind, _, table = name.partition(" ")
        named: Mapping[str, Step] = {
            "raw": lambda run, deadline: self._walk(self._raw(name, table), run, deadline),
            "hot": partial(self._hot, table),
            "warm": partial(self._warm, table),
            "firehose-errors": lambda run, deadline: self._walk(
                other.firehose_errors(name, self._owned_by_any), run, deadline
            ),
            "results": self._results,
            "replay": lambda run, deadline: self._walk(
                other.replays(name, run.drained_at or run.started_at), run, deadline
            ),
            "stores": self._stores,
            "subjects": lambda run, deadline: self._walk(other.sidecars(name, self._subjects), run, deadline),
        }
        return named[kind]

    def _walk(self, place: Place, run: Run, deadline: dt.datetime) -> Walked:
        return self._sweep(place, after=run.cursor, deadline=deadline)

    def _raw(self, step: str, stream: str) -> Place:
        lake = self._lake
        objects = RawObjects(
            lake.contracts[stream],
            subjects=self._subjects,
            ledger=lake.ledger,
            objects=lake.objects,
            findings=self._findings,
            fits=lake.fits,
        )
        return objects.place(step)

    def _hot(self, table: str, run: Run, deadline: dt.datetime) -> Walked:
        token = self._lake.leases.acquire(table)
        try:
            hot = HotObjects(
                self._lake.contracts[table],
                subjects=self._subjects,
                ledger=self._lake.ledger,
                objects=self._lake.objects,
                ids=self._lake.catalog.load(table).ids,
            )
            return self._walk(hot.place(run.step), run, deadline)
        finally:
            self._lake.leases.release(table, token)

    def _warm(self, name: str, run: Run, deadline: dt.datetime) -> Walked:
        lake = self._lake
        table = WarmTable(
            lake.contracts[name],
            subjects=self._subjects,
            ledger=lake.ledger,
            catalog=lake.catalog,
            files=lake.files,
            objects=lake.objects,
            findings=self._findings,
            clock=self._clock,
        )
        if not table.prepare(deadline):
            return Walked(cursor="", done=False)
        token, leased_at = lake.leases.acquire(name), self._clock()
        try:
            table.commit(token)
            old = OldState(table, catalog=lake.catalog, objects=lake.objects, findings=self._findings, step=run.step)
            old.expire(token, self._clock())
            deleted = old.delete(leased_at)
        finally:
            lake.leases.release(name, token)
        return Walked(cursor="", done=True, deleted=deleted)

    def _owned_by_any(self, line: bytes) -> bool:
        """Tell whether a line of an unknown stream is a subject's under the contract of any."""
        return any(
            Lines(self._subjects, contract, lambda _: False).owned(line, has_bad_rows=True)
            for contract in self._lake.contracts.values()
        )

    def _results(self, run: Run, deadline: dt.datetime) -> Walked:
        if self._lake.results is None:
            return _WHOLE
        place = other.results(run.step, self._subjects, self._lake.results)
        sweep = Sweep(self._lake.results, self._findings, self._clock)
        return sweep(place, after=run.cursor, deadline=deadline)

    def _stores(self, run: Run, _: dt.datetime) -> Walked:
        for store in self._lake.stores:
            found = store.search(run.digests)
            store.erase(run.digests)
            answer = StoreAnswer(name=store.name, found=found, left=store.search(run.digests))
            self._findings.add(run.step, Found(store=answer))
        return _WHOLE
