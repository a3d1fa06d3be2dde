"""The rows of an Iceberg table as local Parquet files."""

import hashlib
import uuid
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from pyiceberg.expressions import AlwaysTrue, BooleanExpression
from pyiceberg.io.pyarrow import ArrowScan, schema_to_pyarrow
from pyiceberg.manifest import DataFile, FileFormat
from pyiceberg.schema import Schema
from pyiceberg.table import DataScan, FileScanTask
from pyiceberg.types import NestedField

from athena_local.errors import QueryError
from athena_local.tables.iceberg.evolution import fits
from athena_local.tables.iceberg.store import bucket_and_key
from athena_local.tables.iceberg.table import IcebergTable
from athena_local.tables.object_cache import ObjectCache
from athena_local.tables.parquet_files import ParquetFile, read_footer
from athena_local.tables.storage import StoredObject

_READ = (FileFormat.PARQUET, FileFormat.ORC)


class IcebergFiles:
    """Copies of data files; those with deletes or older columns are written anew, once, as the table has them.

    Parameters
    ----------
    folder
        Where what is written anew is kept.
    """

    def __init__(self, *, cache: ObjectCache, folder: Path) -> None:
        self._cache = cache
        self._folder = folder

    def files(self, table: IcebergTable, row_filter: BooleanExpression) -> list[ParquetFile]:
        """Return files with all rows that satisfy a filter, and others.

        Raises
        ------
        QueryError
            ``NOT_SUPPORTED``: equality deletes, or a format that is not read.
        """
        tasks = planned(table, row_filter)
        plain = [task for task in tasks if not task.delete_files and task.file.file_format == FileFormat.PARQUET]
        copies = zip(plain, self._cache.fetch([(_stored(task.file), ()) for task in plain]), strict=True)
        read = [(task, copy) for task, copy in copies if self._fits(table, task, copy)]
        kept = {task.file.file_path for task, _ in read}
        made = [self._made(table, task) for task in tasks if task.file.file_path not in kept]
        return [*(copy for _, copy in read), *(file for file in made if file)]

    def _fits(self, table: IcebergTable, task: FileScanTask, copy: ParquetFile) -> bool:
        return fits(pq.read_schema(copy.path), table.schema, table.loaded.specs().get(task.file.spec_id))

    def _made(self, table: IcebergTable, task: FileScanTask) -> ParquetFile | None:
        """Return a file with the rows that are left, under the table's columns; None when no row is left."""
        deletes = sorted(delete.file_path for delete in task.delete_files)
        identity = "\0".join([task.file.file_path, *deletes, table.schema.model_dump_json()])
        path = self._folder / f"{hashlib.sha256(identity.encode()).hexdigest()[:32]}.parquet"
        if not path.exists():
            self._write(table, task, path)
        file = read_footer(str(path), task.file.file_path)
        return replace(file, column_bytes=_column_bytes(task.file, table.schema, file)) if _has_rows(path) else None

    def _write(self, table: IcebergTable, task: FileScanTask, path: Path) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        partial = path.with_suffix(f".{uuid.uuid4().hex}")
        scan = ArrowScan(table.loaded.metadata, table.loaded.io, table.schema, AlwaysTrue())
        columns = schema_to_pyarrow(table.schema, include_field_ids=False)
        lower = pa.schema([field.with_name(field.name.lower()) for field in columns])
        try:
            with pq.ParquetWriter(partial, lower) as writer:
                for batch in scan.to_record_batches([task]):
                    writer.write_table(pa.Table.from_batches([batch]).rename_columns(lower.names).cast(lower))
        except (ValueError, NotImplementedError, pa.ArrowException) as error:
            partial.unlink(missing_ok=True)
            message = f"a file of {table.database}.{table.name} is not read offline: {str(error).splitlines()[0]}"
            raise QueryError("NOT_SUPPORTED", message) from error
        partial.replace(path)


def planned(table: IcebergTable, row_filter: BooleanExpression) -> list[FileScanTask]:
    """Return the data files of a table's snapshot that may have rows which satisfy a filter.

    Raises
    ------
    QueryError
        ``NOT_SUPPORTED``: equality deletes, or a format that is not read.
    """
    if table.snapshot is None:
        return []
    scan = table.loaded.scan(row_filter=row_filter, snapshot_id=table.snapshot.snapshot_id)
    try:
        tasks: Iterable[FileScanTask] = _tasks(scan)
    except ValueError as error:
        if "equality deletes" not in str(error):
            raise
        message = f"equality deletes are not read offline ({table.database}.{table.name})"
        raise QueryError("NOT_SUPPORTED", message) from error
    for task in tasks:
        if task.file.file_format not in _READ:
            what = f"Iceberg tables with {task.file.file_format.value} files"
            raise QueryError("NOT_SUPPORTED", f"{what} are not read offline ({table.database}.{table.name})")
    return sorted(tasks, key=lambda task: task.file.file_path)


def _tasks(scan: DataScan) -> list[FileScanTask]:
    """Plan a scan; all its files where pyiceberg fails to compare a partition's NULL with the filter's value."""
    try:
        return list(scan.plan_files())
    except TypeError:
        return list(scan.update(row_filter=AlwaysTrue()).plan_files())


def _stored(file: DataFile) -> StoredObject:
    """Return a data file as an object; it never changes, so that its address tells its content."""
    bucket, key = bucket_and_key(file.file_path)
    return StoredObject(bucket=bucket, key=key, etag="iceberg", size=file.file_size_in_bytes)


def _has_rows(path: Path) -> bool:
    return bool(pq.read_metadata(path).num_rows)


def _column_bytes(file: DataFile, schema: Schema, made: ParquetFile) -> dict[str, int]:
    """Return the sizes of the columns in the data file itself, if it has them."""
    sizes = file.column_sizes or {}
    if not sizes:
        return made.column_bytes
    return {field.name.lower(): sum(sizes.get(leaf, 0) for leaf in _ids(field)) for field in schema.fields}


def _ids(field: NestedField) -> set[int]:
    return Schema(field).field_ids
