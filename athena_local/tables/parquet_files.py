"""A local copy of an object as Parquet, and the facts of its footer."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import pyarrow.parquet as pq

from athena_local.formats.decode import failures_of
from athena_local.tables.parquet_types import DOT, names_in


@dataclass(frozen=True, kw_only=True)
class ParquetFile:
    """A local copy of an object as Parquet, and facts from its footer.

    Attributes
    ----------
    schema
        Columns as (path, physical type, logical type), to group files with the same columns.
    column_bytes
        Compressed size of each top-level column, in lower case.
    rows
        Their number.
    object_bytes
        The size of an object in another format, which is scanned whole; None for Parquet.
    failures
        Trino's name and a message for each column with a value that cannot be read.
    fine_times
        The columns whose timestamps are finer than a millisecond and must be rounded.
    size, modified
        The object's own, in bytes and in UTC.
    """

    path: str
    address: str
    schema: tuple[tuple[str, str, str], ...]
    column_bytes: dict[str, int]
    rows: int = 0
    size: int = 0
    modified: datetime | None = None
    object_bytes: int | None = None
    failures: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    fine_times: frozenset[str] = frozenset()

    def scanned_bytes(self, columns: Collection[str]) -> int:
        """Return how many bytes a query scans that reads these columns."""
        if self.object_bytes is not None:
            return self.object_bytes
        return sum(self.column_bytes.get(column, 0) for column in columns)


def read_footer(path: str, address: str) -> ParquetFile:
    """Return a Parquet file with its schema and the compressed sizes of its columns."""
    metadata = pq.read_metadata(path)
    columns = [metadata.schema.column(index) for index in range(metadata.num_columns)]
    sizes: dict[str, int] = {}
    for group in range(metadata.num_row_groups):
        for index, column in enumerate(columns):
            name = names_in(_path(column))[0].lower()
            sizes[name] = sizes.get(name, 0) + metadata.row_group(group).column(index).total_compressed_size
    schema = tuple((_path(column), column.physical_type, str(column.logical_type)) for column in columns)
    for column in columns:
        sizes.setdefault(names_in(_path(column))[0].lower(), 0)
    return ParquetFile(
        path=path,
        address=address,
        schema=schema,
        column_bytes=sizes,
        rows=metadata.num_rows,
        failures=failures_of(metadata),
    )


def _path(column: Any) -> str:
    """Return the path of a column, in which the dots of a top-level column's own name are told apart."""
    return str(column.path.replace(".", DOT) if column.path == column.name else column.path)
