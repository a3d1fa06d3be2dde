"""INSERT and CREATE TABLE AS: data files first, then one commit."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import pyarrow as pa
from pyiceberg.exceptions import CommitFailedException
from pyiceberg.manifest import DataFile
from pyiceberg.table import Table as Loaded

from athena_local.errors import CancelledError, QueryError
from athena_local.tables.catalog import Table
from athena_local.tables.iceberg.catalog import StoreCatalog, without_retries
from athena_local.tables.iceberg.data_files import write_data_files
from athena_local.tables.iceberg.definitions import IcebergDefinitions
from athena_local.tables.iceberg.new_tables import NewIcebergTable, written_transform
from athena_local.tables.iceberg.store import StoreFiles
from athena_local.tables.objects import ObjectWriter
from athena_local.tables.storage import ObjectStore
from athena_local.tables.writing import NewTable, Stopped, Written

_ATTEMPTS = 4
_Name = tuple[str, str]


class _UnknownOutcomeError(QueryError):
    """Whether a commit has landed cannot be told: what it may refer to stays."""


class IcebergWriter:
    """A `TableWriter` of Iceberg tables.

    Parameters
    ----------
    client
        boto3's Glue client; it must not retry, because a commit that landed would look like a conflict.
    """

    def __init__(self, *, client: Any, store: ObjectStore, objects: ObjectWriter, tables: IcebergDefinitions) -> None:
        self._client = client
        self._store = store
        self._objects = objects
        self._tables = tables

    def insert(self, table: Table, rows: pa.RecordBatchReader, stopped: Stopped) -> Written:
        """Append rows in one commit."""
        return self._append((table.database, table.name), rows, stopped)

    def create(self, table: NewTable, rows: pa.RecordBatchReader, stopped: Stopped) -> Written:
        """Create a table with rows; undoing it drops the table, too.

        Raises
        ------
        QueryError
            ``INVALID_TABLE_PROPERTY``: what Athena does not take for an Iceberg table.
        """
        new = _new_table(table)
        name = (new.database, new.name)
        self._tables.create(new)
        try:
            written = self._append(name, rows, stopped)
        except _UnknownOutcomeError:
            raise
        except BaseException:
            self._tables.take_back(name, ())
            raise
        undo = partial(self._tables.take_back, name, written.addresses)
        return Written(rows=written.rows, addresses=written.addresses, undo=undo)

    def _append(self, name: _Name, rows: pa.RecordBatchReader, stopped: Stopped) -> Written:
        target = self._catalog(StoreFiles(self._store)).load_table(name)
        files = write_data_files(target, rows, self._objects, stopped)
        addresses = tuple(file.file_path for file in files)
        try:
            if stopped():
                raise CancelledError("Query cancelled by user")
            snapshot = self._commit(name, files, target) if files else None
        except _UnknownOutcomeError:
            raise
        except BaseException:
            self._objects.remove(addresses)
            raise
        undo = partial(self._take_back, name, files, snapshot)
        return Written(rows=sum(file.record_count for file in files), addresses=addresses, undo=undo)

    def _commit(self, name: _Name, files: Sequence[DataFile], target: Loaded) -> int:
        """Append data files in one snapshot, and return it; another writer's commit in between is no error."""
        for attempt in range(_ATTEMPTS):
            written = StoreFiles(self._store)
            loaded = without_retries(self._catalog(written).load_table(name))
            _check_same(loaded, target)
            transaction = loaded.transaction()
            with transaction.update_snapshot().fast_append() as append:
                for file in files:
                    append.append_data_file(file)
            try:
                transaction.commit_transaction()
            except Exception as error:
                if self._has_landed(name, append.snapshot_id):
                    return append.snapshot_id
                written.take_back()
                if isinstance(error, CommitFailedException) and attempt + 1 < _ATTEMPTS:
                    continue
                raise QueryError("ICEBERG_COMMIT_ERROR", f"Failed to commit during write: {error}") from error
            return append.snapshot_id
        raise QueryError("ICEBERG_COMMIT_ERROR", "Failed to commit during write")

    def _has_landed(self, name: _Name, snapshot: int) -> bool:
        try:
            return self._catalog(StoreFiles(self._store)).load_table(name).snapshot_by_id(snapshot) is not None
        except Exception as error:
            message = f"Failed to commit during write; whether it landed is not known: {error}"
            raise _UnknownOutcomeError("ICEBERG_COMMIT_ERROR", message) from error

    def _take_back(self, name: _Name, files: Sequence[DataFile], snapshot: int | None) -> None:
        """Remove data files from a table in one more commit, then their snapshot and their objects."""
        if snapshot is None:
            return

        def remove(loaded: Loaded) -> None:
            with loaded.transaction() as transaction, transaction.update_snapshot().overwrite() as overwrite:
                for file in files:
                    overwrite.delete_data_file(file)

        self._insist(name, remove)
        self._insist(name, lambda loaded: loaded.maintenance.expire_snapshots().by_id(snapshot).commit())
        self._objects.remove([file.file_path for file in files])

    def _insist(self, name: _Name, change: Callable[[Loaded], None]) -> None:
        """Make a change again if another writer's commit came in between."""
        for attempt in range(_ATTEMPTS):
            try:
                change(without_retries(self._catalog(StoreFiles(self._store)).load_table(name)))
            except CommitFailedException:
                if attempt + 1 == _ATTEMPTS:
                    raise
            else:
                return

    def _catalog(self, files: StoreFiles) -> StoreCatalog:
        return StoreCatalog(client=self._client, files=files)


def _check_same(loaded: Loaded, target: Loaded) -> None:
    """Refuse data files that were written for a table of the same name, or for another partitioning."""
    ours, theirs = ((each.metadata.table_uuid, each.metadata.default_spec_id) for each in (target, loaded))
    if ours != theirs:
        raise QueryError("ICEBERG_COMMIT_ERROR", "Failed to commit during write: the table was replaced meanwhile")


def _new_table(table: NewTable) -> NewIcebergTable:
    properties = dict(table.properties)
    if properties.pop("is_external", True) is not False:
        raise QueryError("INVALID_TABLE_PROPERTY", "is_external must be false for tables of the type ICEBERG")
    if not properties.pop("location", None):
        raise QueryError("INVALID_TABLE_PROPERTY", "location is required for tables of the type ICEBERG")
    partitioning = properties.pop("partitioning", ())
    if not isinstance(partitioning, tuple):
        raise QueryError("INVALID_TABLE_PROPERTY", "partitioning must be an array of transforms")
    return NewIcebergTable(
        database=table.database,
        name=table.name,
        columns=table.columns,
        location=table.location,
        transforms=tuple(written_transform(each) for each in partitioning),
        properties={key: str(value) for key, value in properties.items()},
    )
