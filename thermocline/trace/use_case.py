"""Trace one event: look for it where it may be, and tell its story."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import msgspec

from thermocline.clock import Clock
from thermocline.contracts import Contract
from thermocline.layout import stream_of
from thermocline.streams import QUARANTINE
from thermocline.trace.model import Evidence, Identity, RawLine, RawObject, Row, Story, Wanted, identity_of
from thermocline.trace.ports import Claims, EventRows, Hasher, RawObjects, TracedLedger, Views, WarmTables
from thermocline.trace.search import Search, State, each_of
from thermocline.trace.story import not_found, story_of


class _Found(NamedTuple):
    rows: Sequence[Row]
    lines: Sequence[RawLine]
    objects: Mapping[str, RawObject]


class Trace:
    """Tells where an event is, how it came there, or which step it did not pass.

    Parameters
    ----------
    hasher
        Digests subjects, so that a suppressed one is known for certain.
    claims
        Knows which quarantined rows were taken back.
    """

    def __init__(
        self,
        *,
        ledger: TracedLedger,
        objects: RawObjects,
        parquet: EventRows,
        warm: WarmTables,
        views: Views,
        contracts: Mapping[str, Contract],
        clock: Clock,
        hasher: Hasher | None = None,
        claims: Claims | None = None,
    ) -> None:
        self._ledger = ledger
        self._objects = objects
        self._parquet = parquet
        self._warm = warm
        self._views = views
        self._contracts = contracts
        self._clock = clock
        self._hasher = hasher
        self._claims = claims

    def __call__(self, wanted: Wanted, show: Callable[[str], object] = lambda _: None) -> Story:
        """Return the story of the event that was asked for; others with the same id are beside it."""
        state = self._state()
        search = Search(
            ledger=self._ledger,
            objects=self._objects,
            parquet=self._parquet,
            contracts=self._contracts,
            state=state,
            wanted=wanted,
        )
        show("looking into hot and warm files")
        rows = search.rows()
        raw_keys = {row.raw_key for row in rows} | ({wanted.raw_key} if wanted.raw_key else set())
        found = _Found(rows, *search.lines(raw_keys))
        if not found.rows and not found.lines:
            show("looking through raw objects")
            scanned = search.scan()
            if not scanned.lines:
                gone = wanted.raw_key is not None and wanted.raw_key not in found.objects
                return not_found(wanted, scanned, gone=gone)
            found = _Found(rows, scanned.lines, scanned.found)
        return self._told(search, found)

    def _state(self) -> State:
        tables = list(self._contracts)
        looks: list[Callable[[], Any]] = [
            self._ledger.suppression,
            lambda: dict(zip(tables, each_of(tables, self._ledger.marks), strict=True)),
            lambda: dict(zip(tables, each_of(tables, self._watermark), strict=True)),
            lambda: dict(zip(tables, each_of(tables, self._warm.load), strict=True)),
        ]
        suppression, marks, views, warm = each_of(looks, lambda look: look())
        return State(now=self._clock(), suppression=suppression, marks=marks, views=views, warm=warm)

    def _watermark(self, table: str) -> str | None:
        view = self._views.read(self._contracts[table].table)
        return view.watermark if view else None

    def _told(self, search: Search, found: _Found) -> Story:
        known = {identity_of(row.values) for row in found.rows} | {identity_of(line.members) for line in found.lines}
        stories = [
            story_of(self._evidence(each, search, found), search.state, self._contracts, search.wanted)
            for each in sorted(known, key=lambda each: _order(each, search.wanted, found.lines))
        ]
        return msgspec.structs.replace(stories[0], others=tuple(stories[1:]))

    def _evidence(self, identity: Identity, search: Search, found: _Found) -> Evidence:
        rows = tuple(row for row in found.rows if identity_of(row.values) == identity)
        lines = tuple(line for line in found.lines if identity_of(line.members) == identity)
        entries = self._ledger.entries_of(sorted({*(row.raw_key for row in rows), *(line.raw_key for line in lines)}))
        table = next((row.table for row in rows if row.table != QUARANTINE), None)
        table = table or next((stream_of(line.raw_key) for line in lines), None) or QUARANTINE
        gens = {row.gen for row in rows} | {entry.gen or "" for entry in entries.values()}
        return Evidence(
            identity=identity,
            rows=rows,
            lines=lines,
            entries=entries,
            objects=found.objects,
            arrivals=search.arrivals(table, identity, gens),
            suppressed=any(self._is_suppressed(line, search.state) for line in lines),
            recovered=self._recovered(rows),
        )

    def _is_suppressed(self, line: RawLine, state: State) -> bool:
        contract = self._contracts.get(stream_of(line.raw_key) or "")
        if self._hasher is None or contract is None or not state.suppression.subjects:
            return False
        held = [(name, line.members[name]) for name in contract.erasure_keys if line.members.get(name) is not None]
        return any(self._hasher.digest(name, value) in state.suppression.subjects for name, value in held)

    def _recovered(self, rows: Sequence[Row]) -> str | None:
        bad = [row for row in rows if row.table == QUARANTINE]
        if self._claims is None or not bad:
            return None
        claims = self._claims.claims(sorted({row.raw_key for row in bad}))
        owners = (claims.get(row.raw_key, {}).get(str(row.values.get("event_id"))) for row in bad)
        return next((owner for owner in owners if owner), None)


def _order(identity: Identity, wanted: Wanted, lines: Sequence[RawLine]) -> tuple[object, ...]:
    """Return what puts the event of the raw object that was asked for first."""
    asked = any(line.raw_key == wanted.raw_key and identity_of(line.members) == identity for line in lines)
    return not asked, identity.source, identity.fingerprint or 0
