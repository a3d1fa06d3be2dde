"""A subject's values → every row of it that the views show, table by table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping

from thermocline.contracts import Contract
from thermocline.export.conditions import conditions_of
from thermocline.export.model import ExportedTable, Level, Manifest
from thermocline.export.once import each_once
from thermocline.export.ports import Condition, Keys, ParquetSearch, ReadCatalog, ReadLedger, Row, Show, Sink
from thermocline.export.texts import line_of
from thermocline.layout import generation_of, table_prefix

GEN = "gen"


class Export:
    """Collects the rows of subjects; it reads, and changes nothing.

    Parameters
    ----------
    mentions
        Makes, of the values of subjects by column, what tells whether a text mentions one of them.
    """

    def __init__(
        self,
        *,
        ledger: ReadLedger,
        catalog: ReadCatalog,
        objects: Keys,
        parquet: ParquetSearch,
        contracts: Mapping[str, Contract],
        mentions: Callable[[Mapping[str, frozenset[str]]], Callable[[str], bool]],
        clock: Callable[[], dt.datetime],
    ) -> None:
        self._ledger = ledger
        self._catalog = catalog
        self._objects = objects
        self._parquet = parquet
        self._contracts = contracts
        self._mentions = mentions
        self._clock = clock

    def __call__(self, subjects: Mapping[str, frozenset[str]], sink: Sink | None, show: Show) -> Manifest:
        """Write the rows of subjects into a file per table, and return what there is.

        Parameters
        ----------
        subjects
            Values of erasure keys as text, by column.
        sink
            None: rows are counted only.
        """
        at, version, mentions = self._clock(), self._ledger.suppression().version, self._mentions(subjects)
        tables, not_searched = {}, []
        for name, contract in self._contracts.items():
            if conditions := conditions_of(contract, subjects, mentions):
                tables[name] = self._table(contract, conditions, sink, show)
            else:
                not_searched.append(name)
        return Manifest(
            at=at, suppression=version, keys=tuple(sorted(subjects)), tables=tables, not_searched=tuple(not_searched)
        )

    def _table(
        self, contract: Contract, conditions: Mapping[str, Condition], sink: Sink | None, show: Show
    ) -> ExportedTable:
        watermark = self._ledger.marks(contract.name).watermark  # before the table: warm has all that is below it
        found = _Found()
        rows = self._rows(contract, conditions, watermark, found, show)
        lines = (line_of(self._in_order(contract, row)) for row in rows)
        file = f"{contract.table}.ndjson"
        written = sink.write(file, lines) if sink else sum(1 for _ in lines)
        return ExportedTable(
            file=file if sink else None,
            rows=written,
            watermark=watermark,
            warm=Level(files=found.warm_files, rows=found.warm_rows),
            hot=Level(files=found.hot_files, rows=found.hot_rows),
            columns={column.name: column.type for column in (*contract.stored, *contract.partitions)},
        )

    def _rows(
        self, contract: Contract, conditions: Mapping[str, Condition], watermark: str, found: _Found, show: Show
    ) -> Iterator[Row]:
        for row in self._warm(contract, conditions, watermark, found, show):
            found.warm_rows += 1
            yield row
        hot = each_once(contract, self._hot(contract, conditions, watermark, found, show))
        found.hot_rows = len(hot)
        yield from hot

    def _warm(
        self, contract: Contract, conditions: Mapping[str, Condition], watermark: str, found: _Found, show: Show
    ) -> Iterator[Row]:
        files = [each for each in self._catalog.files(self._catalog.load(contract.name)) if each.first_gen < watermark]
        for number, file in enumerate(files):
            show(f"{contract.table}: warm file {number + 1} of {len(files)}")
            found.warm_files += 1
            yield from (row for row in self._parquet.rows(file.path, conditions) if row[GEN] < watermark)

    def _hot(
        self, contract: Contract, conditions: Mapping[str, Condition], watermark: str, found: _Found, show: Show
    ) -> Iterator[tuple[str, Row]]:
        keys = [
            key for key in self._objects.keys(table_prefix(contract.name)) if (generation_of(key) or "") >= watermark
        ]
        for number, key in enumerate(keys):
            show(f"{contract.table}: hot file {number + 1} of {len(keys)}")
            found.hot_files += 1
            yield from ((key, {**row, GEN: generation_of(key)}) for row in self._parquet.rows(key, conditions))

    def _in_order(self, contract: Contract, row: Row) -> dict[str, object]:
        return {column.name: row.get(column.name) for column in (*contract.stored, *contract.partitions)}


class _Found:
    """Counts of a search under way."""

    warm_files = warm_rows = hot_files = hot_rows = 0
