"""Parquet columns of timestamps with more than milliseconds, which Athena rounds in tables of Hive."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

import pyarrow.compute as pc
import pyarrow.parquet as pq

from athena_local.tables.parquet_files import ParquetFile
from athena_local.tables.parquet_types import names_in

_BATCH_ROWS = 1 << 18


class FineTimes:
    """What is known of columns: each is read once, up to the first value that is finer than a millisecond."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], bool] = {}

    def marked(self, files: Sequence[ParquetFile], columns: Collection[str]) -> list[ParquetFile]:
        """Return the files with their `fine_times`, as far as known: at least among some columns.

        A column whose values are all whole milliseconds keeps its statistics, by which DuckDB skips row groups.
        """
        candidates = {schema: _candidates(schema) for schema in {file.schema for file in files}}
        return [self._marked(file, candidates[file.schema], columns) for file in files]

    def _marked(self, file: ParquetFile, candidates: Sequence[str], columns: Collection[str]) -> ParquetFile:
        fine = frozenset(
            path.lower() for path in candidates if self._is_fine(file.path, path, read=path.lower() in columns)
        )
        return replace(file, fine_times=fine) if fine else file

    def _is_fine(self, path: str, column: str, *, read: bool) -> bool:
        if read and (path, column) not in self._known:
            self._known[path, column] = _has_fine(path, column)
        return self._known.get((path, column), False)


def _candidates(schema: Iterable[tuple[str, str, str]]) -> list[str]:
    return [
        ".".join(names_in(path))
        for path, physical, logical in schema
        if physical == "INT96" or (logical.startswith("Timestamp(") and "timeUnit=milliseconds" not in logical)
    ]


def _has_fine(path: str, column: str) -> bool:
    with pq.ParquetFile(path) as file:
        return any(
            pc.any(pc.not_equal(values, pc.floor_temporal(values, unit="millisecond"))).as_py()
            for batch in file.iter_batches(_BATCH_ROWS, columns=[column])
            for values in [batch.column(0)]
        )
