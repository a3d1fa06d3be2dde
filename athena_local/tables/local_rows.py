"""Rows that were worked out and not read: they reach the engine as a local Parquet file of texts."""

import uuid
from collections import deque
from collections.abc import Mapping, Sequence
from pathlib import Path
from threading import Lock

import pyarrow as pa
import pyarrow.parquet as pq

from athena_local.tables.catalog import Column, Table
from athena_local.tables.parquet_files import ParquetFile


class LocalRows:
    """A folder of such files, in which the oldest give way.

    Parameters
    ----------
    folder
        A folder that the engine may read.
    kept
        Number of files. A query opens its own at once, so that the oldest of so many is not in use.
    """

    def __init__(self, folder: Path, *, kept: int = 500) -> None:
        self._folder = folder
        self._kept = kept
        self._written: deque[Path] = deque()
        self._lock = Lock()

    def write(self, table: Table, rows: Sequence[Sequence[str | None]]) -> ParquetFile:
        """Return a file with a value per column of the table in each row, its hidden columns last.

        The engine casts the texts to the columns' types. Nothing of it counts as scanned.
        """
        names = [column.name for column in (*table.all_columns, *table.hidden)]
        columns = zip(*rows, strict=True) if rows else [()] * len(names)
        arrays = [pa.array(column, pa.string()) for column in columns]
        path = self._folder / f"{uuid.uuid4().hex}.parquet"
        self._folder.mkdir(parents=True, exist_ok=True)
        pq.write_table(pa.table(arrays, names=names), path)
        self._forget_oldest(path)
        return ParquetFile(path=str(path), address="", schema=(), column_bytes=dict.fromkeys(names, 0))

    def _forget_oldest(self, path: Path) -> None:
        with self._lock:
            self._written.append(path)
            if len(self._written) > self._kept:
                self._written.popleft().unlink(missing_ok=True)


def worked_out(
    database: str, name: str, columns: Mapping[str, str], *, hidden: Mapping[str, str] | None = None
) -> Table:
    """Return a table whose rows are worked out; no two rows are the same.

    Parameters
    ----------
    columns, hidden
        Names and Hive types.
    """
    shown, others = (
        tuple(Column(name=each, type=type_) for each, type_ in some.items()) for some in (columns, hidden or {})
    )
    # The rows are in Parquet files, if not in S3.
    return Table(
        database=database, name=name, columns=shown, hidden=others, location="glue", serde="parquet", is_distinct=True
    )
