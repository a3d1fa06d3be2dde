"""Tables of the Glue catalog that are written: objects first, then the catalog."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Protocol

import pyarrow as pa
from botocore.exceptions import ClientError

from athena_local.errors import QueryError
from athena_local.tables.catalog import Catalog, Partition, Table
from athena_local.tables.glue_partitions import PartitionWriter
from athena_local.tables.hive_storage import COMPRESSION_PROPERTIES, new_format, storage_descriptor, stored_format
from athena_local.tables.new_tables import hive_properties
from athena_local.tables.objects import ObjectWriter, check_stop
from athena_local.tables.partition_names import escaped
from athena_local.tables.partition_values import folder_name
from athena_local.tables.projection import is_projected, location
from athena_local.tables.row_files import TEXT, FileFormat
from athena_local.tables.staging import Values
from athena_local.tables.writing import NewTable, Stopped, Written


class TableDefinitions(Protocol):
    """What writers need of `CatalogWriter`."""

    def put_table(self, database: str, definition: Mapping[str, Any], *, replace: bool) -> None:
        """Create a table from Glue's `TableInput`."""

    def drop_table(self, database: str, name: str) -> None:
        """Delete a table; objects in S3 stay."""

    def definition(self, database: str, name: str) -> Mapping[str, Any]:
        """Return Glue's `Table` structure."""


@dataclass(frozen=True, kw_only=True)
class _Plan:
    """Where the rows of one write go.

    Attributes
    ----------
    known
        The locations of registered partitions.
    definition
        Glue's `TableInput` of a table that is made.
    """

    table: Table
    format: FileFormat
    known: Mapping[Values, str] = field(default_factory=dict)
    definition: Mapping[str, Any] | None = None

    def place(self, values: Values) -> str:
        """Return the folder of a partition: the registered one, the projected one, or the one that Hive would make."""
        if is_projected(self.table):
            return _projected_place(self.table, values)
        keys = [key.name for key in self.table.partition_keys]
        return self.known.get(values) or self.table.location + folder_name(keys, values)

    def new_partitions(self, written: Mapping[Values, str]) -> list[Partition]:
        """Return the partitions to register."""
        if not self.table.partition_keys or is_projected(self.table):
            return []
        return [Partition(values=each, location=self.place(each)) for each in written if each not in self.known]


class HiveWriter:
    """A `TableWriter` of tables whose rows are in files below their location."""

    def __init__(
        self, *, catalog: Catalog, writer: TableDefinitions, partitions: PartitionWriter, objects: ObjectWriter
    ) -> None:
        self._catalog = catalog
        self._writer = writer
        self._partitions = partitions
        self._objects = objects

    def insert(self, table: Table, rows: pa.RecordBatchReader, stopped: Stopped) -> Written:
        """Add rows in files of their own, and register partitions that are new.

        Raises
        ------
        QueryError
            ``NOT_SUPPORTED``: tables of this kind are not written.
        """
        file_format = stored_format(self._writer.definition(table.database, table.name))
        registered = table.partition_keys and not is_projected(table)
        known = {each.values: each.location for each in self._catalog.partitions(table)} if registered else {}
        return self._write(_Plan(table=table, format=file_format, known=known), rows, stopped)

    def create(self, table: NewTable, rows: pa.RecordBatchReader, stopped: Stopped) -> Written:
        """Create a table whose rows are below its location, where nothing is yet."""
        return self._write(_plan(table), rows, stopped)

    def _write(self, plan: _Plan, rows: pa.RecordBatchReader, stopped: Stopped) -> Written:
        keys = len(plan.table.partition_keys)
        new = self._objects.write(rows, keys=keys, file_format=plan.format, place=plan.place, stopped=stopped)
        addresses, added = tuple(new.addresses.values()), plan.new_partitions(new.addresses)
        try:
            check_stop(stopped)
            self._register(plan, added)
        except BaseException:
            self._objects.remove(addresses)
            raise
        return Written(rows=new.rows, addresses=addresses, undo=partial(self._undo, plan, addresses, added))

    def _register(self, plan: _Plan, added: list[Partition]) -> None:
        if plan.definition is not None:
            self._create(plan.table, plan.definition)
        try:
            if added:
                self._partitions.add(plan.table, added)
        except BaseException:
            self._forget(plan, added)
            raise

    def _create(self, table: Table, definition: Mapping[str, Any]) -> None:
        try:
            self._writer.put_table(table.database, definition, replace=False)
        except ClientError as error:
            if error.response["Error"]["Code"] != "AlreadyExistsException":
                raise
            raise already_exists(table.database, table.name) from error

    def _forget(self, plan: _Plan, added: list[Partition]) -> None:
        if plan.definition is not None:
            self._writer.drop_table(plan.table.database, plan.table.name)
        elif added:
            self._partitions.remove(plan.table, added)

    def _undo(self, plan: _Plan, addresses: tuple[str, ...], added: list[Partition]) -> None:
        try:
            self._forget(plan, added)
        finally:
            self._objects.remove(addresses)


def already_exists(database: str, name: str) -> QueryError:
    """Return the error of CREATE TABLE AS for a name that is taken."""
    message = f"line 1:1: Destination table 'awsdatacatalog.{database}.{name}' already exists"
    return QueryError("TABLE_ALREADY_EXISTS", message)


def _projected_place(table: Table, values: Values) -> str:
    if any(escaped(value) != value for value in values):
        raise QueryError("NOT_SUPPORTED", f"partitions are not projected offline with values such as {list(values)}")
    return location(table, values)


def _plan(new: NewTable) -> _Plan:
    properties = hive_properties(new)
    stored = len(new.columns) - len(properties.partitioned_by)
    columns, keys = new.columns[:stored], new.columns[stored:]
    table = Table(database=new.database, name=new.name, columns=columns, partition_keys=keys, location=new.location)
    file_format = new_format(properties.kind, properties.stated_compression, properties.delimiter)
    parameters = {"EXTERNAL": "TRUE", "has_encrypted_data": "false"}
    if properties.kind != TEXT:
        parameters["classification"] = properties.kind.lower()
    if properties.stated_compression:
        parameters[COMPRESSION_PROPERTIES[properties.kind]] = properties.stated_compression
    descriptor = storage_descriptor(file_format, properties.delimiter, new.location)
    definition = {
        "Name": new.name,
        "TableType": "EXTERNAL_TABLE",
        "Parameters": parameters,
        "PartitionKeys": [{"Name": key.name, "Type": key.type} for key in keys],
        "StorageDescriptor": {
            **descriptor,
            "Columns": [{"Name": column.name, "Type": column.type} for column in columns],
        },
    }
    return _Plan(table=table, format=file_format, definition=definition)
