"""The Glue catalog: the parts that statements change."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from athena_local.errors import QueryError
from athena_local.tables.catalog import DEFAULT_DATABASE
from athena_local.tables.glue_partitions import create_partitions

# What Glue's `Table`, `Database` and `Partition` structures share with what changes them.
_TABLE_INPUT = frozenset({
    "Name", "Description", "Owner", "LastAccessTime", "LastAnalyzedTime", "Retention", "StorageDescriptor",
    "PartitionKeys", "ViewOriginalText", "ViewExpandedText", "TableType", "Parameters", "TargetTable",
})  # fmt: skip
_DATABASE_INPUT = frozenset({
    "Name", "Description", "LocationUri", "Parameters", "CreateTableDefaultPermissions", "TargetDatabase",
})  # fmt: skip
_PARTITION_INPUT = frozenset({"Values", "LastAccessTime", "StorageDescriptor", "Parameters", "LastAnalyzedTime"})


class CatalogWriter(Protocol):
    """What statements need to change a catalog; each method is one change, done or not done."""

    def create_database(self, name: str, *, comment: str, location: str, properties: Mapping[str, str]) -> None:
        """Create a database."""

    def set_database_properties(self, name: str, properties: Mapping[str, str]) -> None:
        """Add properties to a database's, or overwrite them."""

    def drop_database(self, name: str) -> None:
        """Delete a database and the tables in it, if it is there; objects in S3 stay."""

    def put_table(self, database: str, definition: Mapping[str, Any], *, replace: bool) -> None:
        """Create a table or view from Glue's `TableInput`, or replace it by one from a `Table` structure."""

    def drop_table(self, database: str, name: str) -> None:
        """Delete a table or view; objects in S3 stay."""

    def definition(self, database: str, name: str) -> Mapping[str, Any]:
        """Return Glue's `Table` structure."""

    def add_partitions(self, database: str, name: str, partitions: Sequence[Mapping[str, Any]]) -> None:
        """Register new partitions from Glue's `PartitionInput`: all of them, or none."""

    def partition(self, database: str, name: str, values: Sequence[str]) -> Mapping[str, Any]:
        """Return Glue's `Partition` structure."""

    def replace_partition(self, database: str, name: str, values: Sequence[str], partition: Mapping[str, Any]) -> None:
        """Replace the partition with these values by one from a `Partition` structure."""

    def drop_partition(self, database: str, name: str, values: Sequence[str]) -> None:
        """Forget a partition; objects in S3 stay."""


class GlueWriter:
    """A `CatalogWriter` over boto3's Glue client."""

    def __init__(self, client: Any) -> None:
        self._client = client

    def create_database(self, name: str, *, comment: str, location: str, properties: Mapping[str, str]) -> None:
        """Create a database."""
        optional = {"Description": comment, "LocationUri": location, "Parameters": dict(properties)}
        database = {"Name": name, **{key: value for key, value in optional.items() if value}}
        self._client.create_database(DatabaseInput=database)

    def set_database_properties(self, name: str, properties: Mapping[str, str]) -> None:
        """Add properties to a database's, or overwrite them."""
        self._make_default(name)
        database = self._client.get_database(Name=name)["Database"]
        changed = {**database, "Parameters": {**(database.get("Parameters") or {}), **properties}}
        self._client.update_database(Name=name, DatabaseInput=_only(_DATABASE_INPUT, changed))

    def drop_database(self, name: str) -> None:
        """Delete a database and the tables in it, if it is there; objects in S3 stay."""
        try:
            self._client.delete_database(Name=name)
        except self._client.exceptions.EntityNotFoundException:
            return

    def put_table(self, database: str, definition: Mapping[str, Any], *, replace: bool) -> None:
        """Create a table or view from Glue's `TableInput`, or replace it."""
        self._make_default(database)
        change = self._client.update_table if replace else self._client.create_table
        try:
            change(DatabaseName=database, TableInput=_only(_TABLE_INPUT, definition))
        except self._client.exceptions.AlreadyExistsException as error:  # since the statement looked
            raise QueryError("TABLE_ALREADY_EXISTS", f"Table {definition['Name']} already exists") from error

    def drop_table(self, database: str, name: str) -> None:
        """Delete a table or view; objects in S3 stay."""
        self._client.delete_table(DatabaseName=database, Name=name)

    def definition(self, database: str, name: str) -> Mapping[str, Any]:
        """Return Glue's `Table` structure."""
        table: Mapping[str, Any] = self._client.get_table(DatabaseName=database, Name=name)["Table"]
        return table

    def add_partitions(self, database: str, name: str, partitions: Sequence[Mapping[str, Any]]) -> None:
        """Register new partitions from Glue's `PartitionInput`: all of them, or none."""
        added: list[Sequence[str]] = []
        for new, refused in create_partitions(self._client, database, name, partitions):
            added += new
            for values, detail in refused.items():
                for each in added:
                    self.drop_partition(database, name, each)
                raise QueryError("HIVE_METASTORE_ERROR", f"{detail['ErrorCode']}: {'/'.join(values)}")

    def partition(self, database: str, name: str, values: Sequence[str]) -> Mapping[str, Any]:
        """Return Glue's `Partition` structure."""
        answer = self._client.get_partition(DatabaseName=database, TableName=name, PartitionValues=list(values))
        partition: Mapping[str, Any] = answer["Partition"]
        return partition

    def replace_partition(self, database: str, name: str, values: Sequence[str], partition: Mapping[str, Any]) -> None:
        """Replace the partition with these values by one from a `Partition` structure."""
        entry = {"PartitionValueList": list(values), "PartitionInput": _only(_PARTITION_INPUT, partition)}
        answer = self._client.batch_update_partition(DatabaseName=database, TableName=name, Entries=[entry])
        for error in answer.get("Errors") or []:
            raise QueryError("HIVE_METASTORE_ERROR", f"{error['ErrorDetail']['ErrorCode']}: {'/'.join(values)}")

    def drop_partition(self, database: str, name: str, values: Sequence[str]) -> None:
        """Forget a partition; objects in S3 stay."""
        self._client.delete_partition(DatabaseName=database, TableName=name, PartitionValues=list(values))

    def _make_default(self, database: str) -> None:
        """Create ``default``, which every catalog has, where Glue lacks it."""
        if database != DEFAULT_DATABASE:
            return
        try:
            self._client.create_database(DatabaseInput={"Name": database})
        except self._client.exceptions.AlreadyExistsException:
            return


def _only(keys: frozenset[str], structure: Mapping[str, Any]) -> dict[str, Any]:
    """Return the members that a change takes; an emulator shows empty ones, which Glue refuses, for those it lacks."""
    return {key: value for key, value in structure.items() if key in keys and value not in ("", None)}
