"""Where the rows of a generation are: in hot files from the watermark on, and in warm ones before it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping

import msgspec

from thermocline.balance.model import Page
from thermocline.balance.ports import ParquetCounts
from thermocline.balance.threads import side_by_side
from thermocline.balance.warm import WarmCounts
from thermocline.contracts import Contract
from thermocline.ledger import Entry, HotFile
from thermocline.streams import QUARANTINE


class HotRows(msgspec.Struct, kw_only=True):
    """Rows of hot files by table, as the files themselves count them, and what does not agree with the ledger."""

    rows: Counter[str] = msgspec.field(default_factory=Counter)
    problems: list[str] = msgspec.field(default_factory=list)


def hot_rows(parquet: ParquetCounts, entries: Iterable[Entry], tables: Collection[str]) -> HotRows:
    """Count the rows of the files that done entries name for tables."""

    def rows_of(file: HotFile) -> int | None:
        try:
            return parquet.rows(file.key)
        except FileNotFoundError:
            return None

    files = [file for entry in entries for file in entry.files if file.table in tables]
    counted = HotRows()
    for file, rows in zip(files, side_by_side(rows_of, files), strict=True):
        counted.rows[file.table] += rows or 0
        if rows != file.rows:
            counted.problems.append(_differs(file, rows))
    return counted


class Levels(msgspec.Struct, frozen=True, kw_only=True):
    """The watermarks of tables, and what their warm tables have.

    Attributes
    ----------
    marks
        Watermark by table.
    """

    marks: Mapping[str, str]
    warm: Mapping[str, WarmCounts]
    contracts: Mapping[str, Contract]

    def warmed(self, table: str, gen: str) -> bool:
        """Tell whether readers have a generation of a table from warm."""
        return gen < self.marks[table]

    def promoted(self, stream: str) -> set[str]:
        """Return the generations that warm tables have rows of a stream of, or had."""
        places = {place for table in {stream, QUARANTINE} for place in self.warm[table].places()}
        return {gen for name, gen in places if name == stream and any(self.warmed(t, gen) for t in (name, QUARANTINE))}

    def placed(self, page: Page, gen: str, hot: HotRows) -> Page:
        """Return the page of a generation with its rows where they are."""
        place = (page.stream, gen)
        for table in {page.stream, QUARANTINE}:
            warmed = self.warmed(table, gen)
            rows = self.warm[table].rows[place] if warmed else hot.rows[table]
            level = "quarantined" if table == QUARANTINE else "warm" if warmed else "hot"
            page = _plus(page, {level: rows} | (self._left_out(table, place) if warmed else {}))
        return page if page.difference == 0 else self._with_missing_files(page, gen)

    def _left_out(self, table: str, place: tuple[str, str]) -> dict[str, int]:
        """Return the rows that promotion left out or recovery took, and those that retention removed since."""
        counts = self.warm[table]
        removed = counts.kept[place] - counts.rows[place] if self.contracts[table].retention_days else 0
        dropped = "recovered" if table == QUARANTINE else "deduplicated"
        return {
            dropped: counts.dropped[place],
            "suppressed": counts.suppressed[place],
            "expired": max(0, removed),
        }

    def _with_missing_files(self, page: Page, gen: str) -> Page:
        missing = [file for table in {page.stream, QUARANTINE} for file in self.warm[table].missing]
        told = tuple(f"{file.path} is missing" for file in missing if file.holds(gen))
        return msgspec.structs.replace(page, problems=page.problems + told)


def _plus(page: Page, more: Mapping[str, int]) -> Page:
    return msgspec.structs.replace(page, **{name: getattr(page, name) + count for name, count in more.items()})


def _differs(file: HotFile, rows: int | None) -> str:
    if rows is None:
        return f"{file.key} is missing"
    return f"{file.key} has {rows:,} rows, the ledger says {file.rows:,}"
