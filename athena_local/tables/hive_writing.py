"""Tables of the Glue catalog that are written: objects first, then the catalog."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from typing import Any, Protocol

import pyarrow as pa

from athena_local.errors import QueryError
from athena_local.tables.catalog import Catalog, Partition, Table
from athena_local.tables.glue_partitions import PartitionWriter
from athena_local.tables.hive_storage import COMPRESSION_PROPERTIES, new_format, storage_descriptor, stored_format
from athena_local.tables.new_tables import hive_properties
from athena_local.tables.objects import ObjectWriter, check_stop
from athena_local.tables.partition_names import escaped
from athena_local.tables.partition_values import folder_name
from athena_local.tables.projected_values import Projected
from athena_local.tables.projection import is_projected, location, projections
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
        The registered partitions.
    definition
        Glue's `TableInput` of a table that is made.
    """

    table: Table
    format: FileFormat
    known: Mapping[Values, Partition] = field(default_factory=dict)
    definition: Mapping[str, Any] | None = None

    def place(self, values: Values) -> str:
        """Return the folder of a partition: the registered one, the projected one, or the one that Hive would make."""
        if is_projected(self.table):
            return _projected_place(self.table, values)
        if (known := self.known.get(values)) is not None:
            if known.serde not in ("", self.table.serde):
                message = f"partitions with a SerDe of their own are not written offline: {list(values)}"
                raise QueryError("NOT_SUPPORTED", message)
            return known.location
        keys = [key.name for key in self.table.partition_keys]
        return self.table.location + folder_name(keys, values)

    def partitions(self, written: Iterable[Values]) -> list[Partition]:
        """Return the partitions to register: those that are known, too, because another may drop them."""
        if not self.table.partition_keys or is_projected(self.table):
            return []
        return [Partition(values=each, location=self.place(each)) for each in written]


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
        known = {each.values: each for each in self._catalog.partitions(table)} if registered else {}
        return self._write(_Plan(table=table, format=file_format, known=known), rows, stopped)

    def create(self, table: NewTable, rows: pa.RecordBatchReader, stopped: Stopped) -> Written:
        """Create a table whose rows are below its location, where nothing is yet."""
        return self._write(_plan(table), rows, stopped)

    def _write(self, plan: _Plan, rows: pa.RecordBatchReader, stopped: Stopped) -> Written:
        keys = len(plan.table.partition_keys)
        new = self._objects.write(rows, keys=keys, file_format=plan.format, place=plan.place, stopped=stopped)
        addresses = tuple(new.addresses.values())
        added: list[Partition] = []
        try:
            check_stop(stopped)
            if plan.definition is not None:
                self._create(plan.table, plan.definition)
        except BaseException:
            self._objects.remove(addresses)
            raise
        try:
            self._register(plan, plan.partitions(new.addresses), added)
        except BaseException:
            self._undo(plan, addresses, added)
            raise
        return Written(rows=new.rows, addresses=addresses, undo=partial(self._undo, plan, addresses, added))

    def _register(self, plan: _Plan, partitions: list[Partition], added: list[Partition]) -> None:
        """Register partitions; those that were not yet are `added`."""
        if not partitions:
            return
        added += self._partitions.add(plan.table, partitions)
        self._check_places(plan, [each for each in partitions if each not in added])

    def _check_places(self, plan: _Plan, others: list[Partition]) -> None:
        """Refuse rows in a partition that another has registered since, in another folder."""
        new = [each for each in others if each.values not in plan.known]
        places = {each.values: each.location for each in self._catalog.partitions(plan.table)} if new else {}
        for each in new:
            if places.get(each.values, each.location) != each.location:
                message = f"Partition {list(each.values)} was registered in another folder during the query"
                raise QueryError("HIVE_CONCURRENT_MODIFICATION_DETECTED", message)

    def _create(self, table: Table, definition: Mapping[str, Any]) -> None:
        try:
            self._writer.put_table(table.database, definition, replace=False)
        except QueryError as error:
            if error.name != "TABLE_ALREADY_EXISTS":
                raise
            stored = self._writer.definition(table.database, table.name)["StorageDescriptor"]
            if stored["Location"] != definition["StorageDescriptor"]["Location"]:
                raise already_exists(table.database, table.name) from error
            # A request that was repeated because its answer was lost: the folder is this statement's own.

    def _undo(self, plan: _Plan, addresses: tuple[str, ...], added: list[Partition]) -> None:
        """Take objects back, and then the partitions in which no other statement has written since."""
        try:
            if plan.definition is not None:
                self._writer.drop_table(plan.table.database, plan.table.name)
        finally:
            self._objects.remove(addresses)
        empty = [each for each in added if self._objects.is_empty(each.location)]
        if empty and plan.definition is None:
            self._partitions.remove(plan.table, empty)


def already_exists(database: str, name: str) -> QueryError:
    """Return the error of CREATE TABLE AS for a name that is taken."""
    message = f"line 1:1: Destination table 'awsdatacatalog.{database}.{name}' already exists"
    return QueryError("TABLE_ALREADY_EXISTS", message)


def _projected_place(table: Table, values: Values) -> str:
    names = [key.name for key in table.partition_keys]
    own = {name: (value,) for name, value in zip(names, values, strict=True)}
    keys = projections(table, now=datetime.now(UTC), injected=own)
    folders = [key.folder(value) for key, value in zip(keys, values, strict=True)]
    if any(escaped(value) != value for value in values) or not all(map(_has, keys, values)):
        message = f"{table.name} projects no partition with the values {list(values)}: its rows could not be read"
        raise QueryError("NOT_SUPPORTED", message)
    return location(table, folders)


def _has(key: Projected, value: str) -> bool:
    return key.contains(value)


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
