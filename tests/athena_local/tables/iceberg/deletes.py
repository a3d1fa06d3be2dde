"""Delete files, which pyiceberg reads and does not write."""

import uuid
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from pyiceberg.manifest import DataFile, DataFileContent, FileFormat
from pyiceberg.table import Table as Loaded
from pyiceberg.typedef import Record

_Field = tuple[str, pa.DataType, int]
_ADDRESS, _POSITION = 2147483546, 2147483545


def delete_positions(loaded: Loaded, positions: Mapping[str, Sequence[int]], partition: Record | None = None) -> None:
    """Commit a file that deletes rows of data files by their position."""
    rows = [{"file_path": address, "pos": number} for address, each in positions.items() for number in each]
    fields: list[_Field] = [("file_path", pa.string(), _ADDRESS), ("pos", pa.int64(), _POSITION)]
    _commit(loaded, _table(rows, fields), DataFileContent.POSITION_DELETES, None, partition)


def delete_equal(loaded: Loaded, column: str, values: Sequence[int]) -> None:
    """Commit a file that deletes the rows with some values."""
    number = loaded.schema().find_field(column).field_id
    rows = [{column: value} for value in values]
    _commit(loaded, _table(rows, [(column, pa.int64(), number)]), DataFileContent.EQUALITY_DELETES, [number], None)


def _table(rows: list[dict[str, Any]], fields: list[_Field]) -> pa.Table:
    schema = pa.schema(
        [
            pa.field(name, type_, nullable=False, metadata={"PARQUET:field_id": str(number)})
            for name, type_, number in fields
        ]
    )
    return pa.Table.from_pylist(rows, schema=schema)


def _commit(
    loaded: Loaded, rows: pa.Table, content: DataFileContent, equality: list[int] | None, partition: Record | None
) -> None:
    address = f"{loaded.location()}/data/{uuid.uuid4()}-deletes.parquet"
    with TemporaryDirectory() as folder:
        path = Path(folder) / "deletes.parquet"
        pq.write_table(rows, path)
        body = path.read_bytes()
    with loaded.io.new_output(address).create() as stream:
        stream.write(body)
    file = DataFile.from_args(
        content=content,
        file_path=address,
        file_format=FileFormat.PARQUET,
        partition=partition or Record(),
        record_count=rows.num_rows,
        file_size_in_bytes=len(body),
        column_sizes={},
        value_counts={},
        null_value_counts={},
        nan_value_counts={},
        lower_bounds={},
        upper_bounds={},
        equality_ids=equality,
    )
    file.spec_id = loaded.spec().spec_id
    with loaded.transaction() as transaction, transaction.update_snapshot().fast_append() as append:
        append.append_data_file(file)
