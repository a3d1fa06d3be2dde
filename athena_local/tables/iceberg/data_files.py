"""Rows → data files of an Iceberg table, with the facts about them that a manifest has."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from pyiceberg.io.pyarrow import (
    compute_statistics_plan,
    data_file_statistics_from_parquet_metadata,
    parquet_path_to_id_mapping,
    schema_to_pyarrow,
)
from pyiceberg.manifest import DataFile, DataFileContent
from pyiceberg.manifest import FileFormat as IcebergFormat
from pyiceberg.table import Table as Loaded

from athena_local.errors import QueryError
from athena_local.tables.iceberg.partitions import Partitions, with_key
from athena_local.tables.objects import ObjectWriter
from athena_local.tables.row_files import FileFormat, RowFile
from athena_local.tables.writing import Stopped

_CODECS = {"uncompressed": "none"}


@dataclass(frozen=True, kw_only=True)
class _Parquet(FileFormat):
    """Parquet with the identifiers of columns; it remembers what it has written.

    Attributes
    ----------
    columns
        The table's, with identifiers.
    footers, sizes
        Of the files, in the order in which they were begun.
    """

    columns: pa.Schema
    codec: Any
    files: list["_ParquetFile"] = field(default_factory=list)

    @property
    def suffix(self) -> str:
        return ".parquet"

    def create(self, path: Path, schema: pa.Schema) -> RowFile:  # noqa: ARG002  (the columns have no identifiers there)
        self.files.append(_ParquetFile(path, self.columns, self.codec))
        return self.files[-1]


class _ParquetFile:
    def __init__(self, path: Path, schema: pa.Schema, codec: Any) -> None:
        self._path, self._schema = path, schema
        self._writer = pq.ParquetWriter(path, schema, compression=codec)
        self.footer: Any = None
        self.size = 0

    def write(self, rows: pa.Table) -> None:
        self._writer.write_table(rows.rename_columns(self._schema.names).cast(self._schema))

    def close(self) -> None:
        self._writer.close()
        self.footer, self.size = pq.read_metadata(self._path), self._path.stat().st_size


def write_data_files(
    loaded: Loaded, rows: pa.RecordBatchReader, objects: ObjectWriter, stopped: Stopped
) -> list[DataFile]:
    """Write rows as objects, one for each partition; after an error or a stop no object is left.

    Parameters
    ----------
    rows
        With the table's columns, in its order.
    """
    columns = schema_to_pyarrow(loaded.schema())
    codec = loaded.properties.get("write.parquet.compression-codec", "zstd")
    parquet = _Parquet(columns=columns, codec=_CODECS.get(codec, codec))
    partitions = Partitions(loaded.schema(), loaded.spec())
    numbered = partitions.numbered(_without_nulls(rows, columns))
    new = objects.write(
        pa.RecordBatchReader.from_batches(with_key(rows.schema), numbered),
        keys=1,
        file_format=parquet,
        place=lambda values: _place(loaded, partitions.folder(int(values[0])), values[0]),
        stopped=stopped,
    )
    return [
        _data_file(loaded, address, parquet.files[int(number)], partitions.record(int(number)))
        for (number,), address in new.addresses.items()
    ]


def _place(loaded: Loaded, folder: str, number: str) -> str:
    """Return the begin of an address; the number tells partitions apart whose folders have the same name."""
    return f"{loaded.location()}/data/{folder}{'/' if folder else ''}{int(number):05d}-"


def _data_file(loaded: Loaded, address: str, file: _ParquetFile, partition: Any) -> DataFile:
    schema = loaded.schema()
    statistics = data_file_statistics_from_parquet_metadata(
        parquet_metadata=file.footer,
        stats_columns=compute_statistics_plan(schema, loaded.properties),
        parquet_column_mapping=parquet_path_to_id_mapping(schema),
    )
    data_file = DataFile.from_args(
        content=DataFileContent.DATA,
        file_path=address,
        file_format=IcebergFormat.PARQUET,
        partition=partition,
        file_size_in_bytes=file.size,
        sort_order_id=None,
        spec_id=loaded.spec().spec_id,
        equality_ids=None,
        key_metadata=None,
        **statistics.to_serialized_dict(),
    )
    data_file.spec_id = loaded.spec().spec_id
    return data_file


def _without_nulls(rows: pa.RecordBatchReader, columns: pa.Schema) -> Iterator[pa.RecordBatch]:
    required = [(number, each.name) for number, each in enumerate(columns) if not each.nullable]
    for batch in rows:
        for number, name in required:
            if batch.column(number).null_count:
                raise QueryError("CONSTRAINT_VIOLATION", f"NULL value not allowed for NOT NULL column: {name}")
        yield batch
