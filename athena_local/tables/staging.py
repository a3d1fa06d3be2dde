"""Rows → local files, one for each partition, with bounded memory."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from athena_local.errors import QueryError
from athena_local.tables.partition_values import check_partition_type, value_texts
from athena_local.tables.row_files import FileFormat, RowFile

MAX_PARTITIONS = 100
# Bytes of rows that wait in memory, for all files.
_ALL_BYTES = 64 << 20
Values = tuple[str, ...]


@dataclass(kw_only=True)
class StagedFile:
    """A local file with the rows of one partition.

    Attributes
    ----------
    values
        The partition's; none for a table without partitions.
    most_waiting
        Bytes of rows in memory.
    """

    path: Path
    values: Values
    file: RowFile
    most_waiting: int
    rows: int = 0
    waiting: list[pa.RecordBatch] = field(default_factory=list)

    @property
    def waiting_bytes(self) -> int:
        """The size of the rows that are not in the file yet."""
        return sum(batch.nbytes for batch in self.waiting)

    def add(self, batch: pa.RecordBatch) -> None:
        """Keep rows for the file."""
        self.waiting.append(batch)
        self.rows += batch.num_rows
        if self.waiting_bytes > self.most_waiting:
            self.flush()

    def flush(self) -> None:
        """Write the rows that wait."""
        if self.waiting:
            self.file.write(pa.Table.from_batches(self.waiting))
            self.waiting = []


class Staging:
    """Files in a folder, to which rows are distributed.

    Parameters
    ----------
    schema
        The rows' columns; the last `keys` of them are partition keys, which no file has.
    """

    def __init__(self, *, folder: Path, schema: pa.Schema, keys: int, file_format: FileFormat) -> None:
        self._folder = folder
        self._format = file_format
        self._stored = len(schema) - keys
        self._schema = pa.schema(list(schema)[: self._stored])
        self._files: dict[Values, StagedFile] = {}
        for key in list(schema)[self._stored :]:
            check_partition_type(key.name, key.type)

    def write(self, batches: Iterable[pa.RecordBatch]) -> list[StagedFile]:
        """Write all rows; return the files, by their partitions.

        Raises
        ------
        QueryError
            ``HIVE_TOO_MANY_OPEN_PARTITIONS``, or a value that no folder can be named after.
        """
        try:
            for batch in batches:
                self._distribute(batch)
                if sum(file.waiting_bytes for file in self._files.values()) > _ALL_BYTES:
                    self._flush()
            self._flush()
        finally:
            for staged in self._files.values():
                staged.file.close()
        return [self._files[values] for values in sorted(self._files)]

    def _flush(self) -> None:
        for staged in self._files.values():
            staged.flush()

    def _distribute(self, batch: pa.RecordBatch) -> None:
        stored = batch.select(range(self._stored))
        if batch.num_columns == self._stored:
            if batch.num_rows:
                self._file(()).add(stored)
            return
        values = list(zip(*(_texts(column) for column in batch.columns[self._stored :]), strict=True))
        numbers = {each: number for number, each in enumerate(dict.fromkeys(values))}
        by_row = pa.array([numbers[each] for each in values], pa.int32())
        for each, number in numbers.items():
            self._file(each).add(
                stored if len(numbers) == 1 else stored.filter(pc.equal(by_row, pa.scalar(number, pa.int32())))
            )

    def _file(self, values: Values) -> StagedFile:
        if values not in self._files:
            if len(self._files) == MAX_PARTITIONS:
                raise QueryError(
                    "HIVE_TOO_MANY_OPEN_PARTITIONS",
                    f"Exceeded limit of {MAX_PARTITIONS} open writers for partitions/buckets",
                )
            path = self._folder / str(len(self._files))
            file = self._format.create(path, self._schema)
            self._files[values] = StagedFile(
                path=path, values=values, file=file, most_waiting=self._format.waiting_bytes
            )
        return self._files[values]


def _texts(column: Any) -> list[str]:
    """Return the text of each value; each distinct value is written once."""
    encoded = column.dictionary_encode(null_encoding="encode")
    texts = value_texts(encoded.dictionary)
    return [texts[index] for index in encoded.indices.to_pylist()]
