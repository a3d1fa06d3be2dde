"""Count a table's files at each temperature: by the ledger and listings, and warm by its manifests."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from thermocline.balance.ports import BalancedLedger, ListedFile, Listing
from thermocline.balance.threads import side_by_side
from thermocline.contracts import Contract
from thermocline.generations import BEGINNING, following
from thermocline.layout import RAW, table_prefix, warm_prefix
from thermocline.ledger import Entry, HotFile
from thermocline.streams import QUARANTINE
from thermocline.tiers.model import Level, TableLevels, level, time_text
from thermocline.warm.model import WarmFile
from thermocline.warm.ports import Catalog

_STANDARD = "STANDARD"


class Tiers:
    """Counts tables.

    Parameters
    ----------
    listing
        The lake bucket.
    """

    def __init__(
        self, *, ledger: BalancedLedger, catalog: Catalog, listing: Listing, contracts: Mapping[str, Contract]
    ) -> None:
        self._ledger = ledger
        self._catalog = catalog
        self._listing = listing
        self._contracts = contracts

    def __call__(self) -> dict[str, TableLevels]:
        """Return every table's levels."""
        streams = tuple(self._contracts)
        entries = dict(zip(streams, side_by_side(self._entries, streams), strict=True))
        return {table: self._table(table, entries) for table in streams}

    def _entries(self, stream: str) -> list[Entry]:
        entries: list[Entry] = []
        gen = self._ledger.next_generation(stream, BEGINNING)
        while gen is not None:
            entries += self._ledger.entries(stream, gen)
            gen = self._ledger.next_generation(stream, following(gen))
        return entries

    def _table(self, table: str, entries: Mapping[str, list[Entry]]) -> TableLevels:
        watermark = self._ledger.marks(table).watermark
        feeders = entries.values() if table == QUARANTINE else [entries[table]]
        named = {file.key: (file, entry.gen or "") for group in feeders for entry in group
                 for file in entry.files_of(table)}  # fmt: skip
        hot = {key: file for key, (file, gen) in named.items() if gen >= watermark}
        warm, cold = self._warm(table) if watermark != BEGINNING else (Level(), Level())
        return TableLevels(
            raw=self._raw(table, entries[table]),
            hot=_hot(hot.values(), (named[key][1] for key in hot)),
            settling=self._settling(table, hot, {key: file.rows for key, (file, _) in named.items()}),
            warm=warm,
            cold=cold,
            watermark=watermark or None,
        )

    def _raw(self, stream: str, entries: list[Entry]) -> Level:
        listed = list(self._listing.list(f"{RAW}/{stream}/"))
        there = {each.key for each in listed}
        done = {entry.raw_key: entry.lines for entry in entries if entry.done}
        rows = sum(lines for key, lines in done.items() if key in there)
        counted = there <= done.keys()
        return level(_sizes(listed), rows=rows if counted else None, marks=[time_text(e.last_modified) for e in listed])

    def _settling(self, table: str, hot: Mapping[str, HotFile], rows: Mapping[str, int]) -> Level:
        listed = [each for each in self._listing.list(table_prefix(table)) if each.key not in hot]
        gens = [each.key.rpartition("gen=")[2].partition("/")[0] for each in listed]
        return level(_sizes(listed), rows=sum(rows.get(each.key, 0) for each in listed), marks=gens)

    def _warm(self, table: str) -> tuple[Level, Level]:
        """Return the level of the table's files, and that of its sealed ones."""
        files = self._catalog.files(self._catalog.load(table))
        classes = {each.key: each.storage_class for each in self._listing.list(f"{warm_prefix(table)}data/")}
        warm, cold = ([file for file in files if file.sealed is sealed] for sealed in (False, True))
        return _warm_level(warm, classes), _warm_level(cold, classes)


def _warm_level(files: Sequence[WarmFile], classes: Mapping[str, str]) -> Level:
    sizes = [(classes.get(_key(file.path), _STANDARD), file.bytes) for file in files]
    times = [time_text(time) for file in files for time in (file.first_time, file.last_time)]
    return level(sizes, rows=sum(file.rows for file in files), marks=times)


def _hot(files: Iterable[HotFile], gens: Iterable[str]) -> Level:
    sizes = [(_STANDARD, file.bytes, file.rows) for file in files]
    return level([each[:2] for each in sizes], rows=sum(rows for _, _, rows in sizes), marks=gens)


def _sizes(listed: Iterable[ListedFile]) -> list[tuple[str, int]]:
    return [(each.storage_class, each.bytes) for each in listed]


def _key(address: str) -> str:
    return address.removeprefix("s3://").partition("/")[2]
