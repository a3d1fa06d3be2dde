"""Cleaning: hot files go a margin after the view in the catalog has passed their generation (ADR 37)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

import msgspec

from thermocline.clean.ports import CleanedLedger, HotFiles, SightingBook, Views
from thermocline.clean.settled import needed, seen, settled
from thermocline.clock import Clock
from thermocline.contracts import Contract
from thermocline.generations import BEGINNING
from thermocline.layout import generation_of, table_prefix
from thermocline.streams import contract_of, feeders


class Cleaned(msgspec.Struct, frozen=True, kw_only=True):
    """What a run of cleaning did.

    Attributes
    ----------
    watermark
        The view's, as it was read back from the catalog.
    settled
        Generations before it have no hot files any more.
    generations, files
        How many generations had files, and how many files were deleted.
    """

    table: str
    watermark: str = BEGINNING
    settled: str = BEGINNING
    generations: int = 0
    files: int = 0


class Clean:
    """Deletes the hot files of settled generations.

    Parameters
    ----------
    margin
        How long the view must have been past a generation: longer than any query runs on a plan that it made before.
    """

    def __init__(
        self,
        *,
        ledger: CleanedLedger,
        views: Views,
        book: SightingBook,
        files: HotFiles,
        contracts: Mapping[str, Contract],
        clock: Clock,
        margin: dt.timedelta,
    ) -> None:
        self._ledger = ledger
        self._views = views
        self._book = book
        self._files = files
        self._contracts = contracts
        self._clock = clock
        self._margin = margin

    def __call__(self, table: str) -> Cleaned:
        """Remember the view's watermark, then delete the named hot files of generations that are settled.

        Files that no entry names go with the orphan sweep.

        Raises
        ------
        UnknownStream
            No contract has this name.
        LedgerConflict
            Another run cleans this table.
        """
        contract_of(table, self._contracts)
        view = self._views.read(table)
        if view is None:
            return Cleaned(table=table)
        limit = self._limit(table, view.watermark)
        counts = [self._clean(table, gen, keys) for gen, keys in self._listed(table, limit)]
        return Cleaned(
            table=table,
            watermark=view.watermark,
            settled=limit,
            generations=sum(count > 0 for count in counts),
            files=sum(counts),
        )

    def settled(self, table: str) -> str:
        """Return the generation before which all are settled, by what earlier runs have seen, and change nothing."""
        view, now = self._views.read(table), self._clock()
        if view is None:
            return BEGINNING
        limit = settled(seen(self._book.sightings(table), view.watermark, now), now, self._margin)
        return self._by_the_ledger(table, limit)

    def _limit(self, table: str, watermark: str) -> str:
        """Return the settled watermark, and remember the current one."""
        now = self._clock()
        known = self._book.sightings(table)
        sightings = seen(known, watermark, now)
        limit = settled(sightings, now, self._margin)
        if (new := needed(sightings, limit)) != known:
            self._book.replace(table, known, new)
        return self._by_the_ledger(table, limit)

    def _by_the_ledger(self, table: str, limit: str) -> str:
        return min(limit, self._ledger.marks(table).watermark)  # a restored ledger may be behind the view

    def _listed(self, table: str, limit: str) -> Iterator[tuple[str, list[str]]]:
        """Yield the generations before the limit that still have files, and the files' keys."""
        for gen, keys in groupby(self._files.keys(table_prefix(table)), key=generation_of):
            if gen is not None and gen < limit:
                yield gen, list(keys)

    def _clean(self, table: str, gen: str, keys: Sequence[str]) -> int:
        named = {
            file.key
            for stream in feeders(table, self._contracts)
            for entry in self._ledger.entries(stream, gen)
            for file in entry.files_of(table)
        }
        gone = [key for key in keys if key in named]
        self._files.delete(gone)
        return len(gone)
