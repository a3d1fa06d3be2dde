"""The partitions that a Glue table registers, as writers change them."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from athena_local.errors import QueryError
from athena_local.tables.catalog import Partition, Table

_BATCH = 25  # what BatchDeletePartition takes; BatchCreatePartition takes 100


class PartitionWriter(Protocol):
    """What writers need to change a table's partitions."""

    def add(self, table: Table, partitions: Sequence[Partition]) -> list[Partition]:
        """Register partitions with the table's storage, and return them without those that are registered already.

        After an error none is registered that was not before.
        """

    def remove(self, table: Table, partitions: Sequence[Partition]) -> None:
        """Forget partitions; objects in S3 stay."""


class GluePartitions:
    """A `PartitionWriter` over boto3's Glue client."""

    def __init__(self, client: Any) -> None:
        self._client = client

    def add(self, table: Table, partitions: Sequence[Partition]) -> list[Partition]:
        """Register partitions with the table's storage, and return them without those that are registered already."""
        storage = self._client.get_table(DatabaseName=table.database, Name=table.name)["Table"]["StorageDescriptor"]
        added: list[Partition] = []
        try:
            for first in range(0, len(partitions), _BATCH):
                batch = partitions[first : first + _BATCH]
                refused = self._create(table, storage, batch)
                added += [each for each in batch if each.values not in refused]
                for detail in refused.values():
                    if detail["ErrorCode"] != "AlreadyExistsException":
                        message = f"{detail['ErrorCode']}: {detail.get('ErrorMessage', '')}"
                        raise QueryError("HIVE_METASTORE_ERROR", message)
        except BaseException:
            self.remove(table, added)
            raise
        return added

    def _create(
        self, table: Table, storage: Mapping[str, Any], partitions: Sequence[Partition]
    ) -> dict[tuple[str, ...], Mapping[str, str]]:
        """Register partitions; return the errors by the values of those that are not."""
        inputs = [
            {"Values": list(each.values), "StorageDescriptor": {**storage, "Location": each.location.rstrip("/")}}
            for each in partitions
        ]
        answer = self._client.batch_create_partition(
            DatabaseName=table.database, TableName=table.name, PartitionInputList=inputs
        )
        return {tuple(error["PartitionValues"]): error["ErrorDetail"] for error in answer.get("Errors") or []}

    def remove(self, table: Table, partitions: Sequence[Partition]) -> None:
        """Forget partitions; objects in S3 stay."""
        names = {"DatabaseName": table.database, "TableName": table.name}
        for first in range(0, len(partitions), _BATCH):
            values = [{"Values": list(each.values)} for each in partitions[first : first + _BATCH]]
            self._client.batch_delete_partition(**names, PartitionsToDelete=values)
