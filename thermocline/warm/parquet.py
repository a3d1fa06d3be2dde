"""Sorted rows → a Parquet file of a warm table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from thermocline.contracts import Contract

GROUP_ROWS: Final = 128 * 1024
"""Few enough for the bounds of a row group to prune by day and by visitor."""

_GROUP_BYTES: Final = 96 * 10**6
_FALSE_POSITIVES: Final = 0.01
# Beyond it a column's values hardly repeat, and a dictionary would only take time and room.
_DICTIONARY_BYTES: Final = 512 * 1024


class Bounds:
    """The least and the greatest value of a column, over batches."""

    def __init__(self) -> None:
        self.first: Any = None
        self.last: Any = None

    def add(self, column: Any) -> None:
        """Look at the values of a batch."""
        extremes: Any = pc.min_max(column).as_py()
        low, high = extremes["min"], extremes["max"]
        self.first = low if self.first is None else min(self.first, low)
        self.last = high if self.last is None else max(self.last, high)


class ParquetOutput:
    """A Parquet file that rows are added to in their order; it is encoded in a thread while the next rows are made.

    Parameters
    ----------
    schema
        Its columns, with the ids of Iceberg's fields.
    rows
        How many it will have.
    """

    def __init__(self, path: Path, schema: pa.Schema, contract: Contract, *, rows: int) -> None:
        self.path = path
        self.gens, self.times = Bounds(), Bounds()
        self._time_column = contract.time_column
        self._waiting: list[pa.RecordBatch] = []
        self._schema = schema
        self._thread = ThreadPoolExecutor(1)
        self._writing: Future[None] | None = None
        self._writer = pq.ParquetWriter(path, schema, **options(schema, contract, rows))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        try:
            if error is None:
                self._flush()
                self._wait()
        finally:
            self._thread.shutdown()
            self._writer.close()

    def add(self, batches: Iterable[pa.RecordBatch]) -> None:
        """Add rows."""
        for batch in batches:
            self.times.add(batch[self._time_column])
            self.gens.add(batch["gen"].cast(pa.string()))
            for start in range(0, batch.num_rows, GROUP_ROWS):
                self._append(batch.slice(start, GROUP_ROWS))

    def _append(self, batch: pa.RecordBatch) -> None:
        room = GROUP_ROWS - sum(each.num_rows for each in self._waiting)
        self._waiting.append(batch.slice(0, room))
        if batch.num_rows >= room or sum(each.nbytes for each in self._waiting) >= _GROUP_BYTES:
            self._flush()
        if batch.num_rows > room:
            self._waiting.append(batch.slice(room))

    def _flush(self) -> None:
        if self._waiting:
            group, self._waiting = pa.Table.from_batches(self._waiting, self._schema), []
            self._wait()
            self._writing = self._thread.submit(self._writer.write_table, group, group.num_rows)

    def _wait(self) -> None:
        if self._writing:
            self._writing.result()


def options(schema: pa.Schema, contract: Contract, rows: int) -> dict[str, Any]:
    """Return how a warm file is written; ADR 34 has the measurements.

    A Bloom filter is as large as its row group's rows ask for, or a small file would be mostly filter.
    """
    names = set(schema.names)
    looked_for = [name for name in dict.fromkeys(("event_id", *contract.erasure_keys)) if name in names]
    bloom = {"ndv": max(1, min(rows, GROUP_ROWS)), "fpp": _FALSE_POSITIVES}
    times = [field.name for field in schema if pa.types.is_timestamp(field.type)]
    unlike = {"event_id", "fingerprint", *times, *(column.name for column in contract.columns if column.is_json)}
    return {
        "compression": "zstd",
        "coerce_timestamps": "us",
        "use_dictionary": [name for name in schema.names if name not in unlike],
        "dictionary_pagesize_limit": _DICTIONARY_BYTES,
        "column_encoding": dict.fromkeys(times, "DELTA_BINARY_PACKED"),
        "write_page_index": True,
        "store_schema": False,
        "bloom_filter_options": dict.fromkeys(looked_for, bloom),
    }


def utc(time: dt.datetime) -> dt.datetime:
    """Return a time of a file with its zone, which a file without zones does not name."""
    return time.astimezone(dt.UTC) if time.tzinfo else time.replace(tzinfo=dt.UTC)
