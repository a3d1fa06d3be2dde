"""What a warm table has of each stream and generation: rows in its files, and twins in its identities."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import msgspec

from thermocline.balance.model import Range
from thermocline.balance.ports import Listing, ParquetCounts
from thermocline.balance.threads import side_by_side
from thermocline.layout import stream_of, warm_prefix
from thermocline.streams import QUARANTINE
from thermocline.warm.model import Base, WarmFile
from thermocline.warm.ports import Catalog

Place = tuple[str, str]
"""A stream and a generation."""


class WarmCounts(msgspec.Struct, kw_only=True):
    """Counts of one warm table, by stream and generation.

    Attributes
    ----------
    rows
        In its files.
    kept, dropped, suppressed
        By the identities of promoted generations: rows that were put into warm, twins, and those left out for their
        subject. Quarantine drops no twins: what it dropped was recovered.
    missing
        Files that the table names and that are not there.
    """

    rows: Counter[Place] = msgspec.field(default_factory=Counter)
    kept: Counter[Place] = msgspec.field(default_factory=Counter)
    dropped: Counter[Place] = msgspec.field(default_factory=Counter)
    suppressed: Counter[Place] = msgspec.field(default_factory=Counter)
    missing: tuple[WarmFile, ...] = ()

    def places(self) -> set[Place]:
        """Return the streams and generations that it has rows of, or had."""
        return {*self.rows, *self.kept, *self.dropped, *self.suppressed}


class WarmReader:
    """Counts the rows of warm tables.

    A file of one generation is counted by its manifest. Of others the column ``gen`` is read, and of quarantine's the
    raw key that each row comes from.
    """

    def __init__(self, *, catalog: Catalog, parquet: ParquetCounts, listing: Listing) -> None:
        self._catalog = catalog
        self._parquet = parquet
        self._listing = listing

    def __call__(self, table: str, among: Range) -> WarmCounts:
        """Count the rows of a range of generations."""
        base = self._catalog.load(table)
        counts = WarmCounts()
        files = [file for file in self._catalog.files(base) if _overlaps(file, among)]
        there = {listed.key for listed in self._listing.list(warm_prefix(table))} if files else set()
        counts.missing = tuple(file for file in files if _key(file.path) not in there)
        for file in files:
            if _key(file.path) in there:
                counts.rows.update({place: rows for place, rows in self._rows(table, file) if place[1] in among})
        self._identities(base, among, counts)
        return counts

    def _rows(self, table: str, file: WarmFile) -> Iterator[tuple[Place, int]]:
        if table != QUARANTINE:
            if file.holds_only(file.first_gen):
                yield (table, file.first_gen), file.rows
            else:
                for (gen,), rows in self._parquet.count(_key(file.path), "gen").items():
                    yield (table, str(gen)), rows
            return
        by_source: Counter[Place] = Counter()
        for (gen, raw_key), rows in self._parquet.count(_key(file.path), "gen", "_src").items():
            by_source[_stream(raw_key), str(gen)] += rows
        yield from by_source.items()

    def _identities(self, base: Base, among: Range, counts: WarmCounts) -> None:
        by_fate = {True: counts.kept, False: counts.dropped, None: counts.suppressed}
        columns = ("kept", "_src") if base.table == QUARANTINE else ("kept",)
        ids = {gen: key for gen, key in base.ids.items() if gen in among}
        counted = side_by_side(lambda key: self._parquet.count(key, *columns), ids.values())
        for gen, fates in zip(ids, counted, strict=True):
            for (kept, *source), rows in fates.items():
                stream = _stream(source[0]) if source else base.table
                by_fate[kept][stream, gen] += rows  # type: ignore[index]


def _overlaps(file: WarmFile, among: Range) -> bool:
    return file.last_gen >= among.first and (among.last is None or file.first_gen <= among.last)


def _key(address: str) -> str:
    return address.removeprefix("s3://").partition("/")[2]


def _stream(raw_key: Any) -> str:
    return stream_of(str(raw_key)) or QUARANTINE
