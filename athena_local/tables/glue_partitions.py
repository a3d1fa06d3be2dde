"""The partitions that a Glue table registers, as writers change them."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any, Protocol

from athena_local.errors import QueryError
from athena_local.tables.catalog import Partition, Table

_BATCH = 100  # what BatchCreatePartition takes


class PartitionWriter(Protocol):
    """What writers need to change a table's partitions."""

    def add(self, table: Table, partitions: Sequence[Partition]) -> list[Partition]:
        """Register partitions with the table's storage, and return them without those that are registered already.

        After an error none is registered that was not before.
        """

    def remove(self, table: Table, partitions: Sequence[Partition]) -> None:
        """Forget partitions, if they are registered; objects in S3 stay."""


class GluePartitions:
    """A `PartitionWriter` over boto3's Glue client."""

    def __init__(self, client: Any) -> None:
        self._client = client

    def add(self, table: Table, partitions: Sequence[Partition]) -> list[Partition]:
        """Register partitions with the table's storage, and return them without those that are registered already."""
        storage = self._client.get_table(DatabaseName=table.database, Name=table.name)["Table"]["StorageDescriptor"]
        inputs = [
            {"Values": list(each.values), "StorageDescriptor": {**storage, "Location": each.location.rstrip("/")}}
            for each in partitions
        ]
        added: set[tuple[str, ...]] = set()
        try:
            for values, refused in create_partitions(self._client, table.database, table.name, inputs):
                added.update(map(tuple, values))
                for detail in refused.values():
                    if detail["ErrorCode"] != "AlreadyExistsException":
                        message = f"{detail['ErrorCode']}: {detail.get('ErrorMessage', '')}"
                        raise QueryError("HIVE_METASTORE_ERROR", message)
        except BaseException:
            self.remove(table, [each for each in partitions if each.values in added])
            raise
        return [each for each in partitions if each.values in added]

    def remove(self, table: Table, partitions: Sequence[Partition]) -> None:
        """Forget partitions, if they are registered; objects in S3 stay."""
        names = {"DatabaseName": table.database, "TableName": table.name}
        for each in partitions:  # singly: emulators may not know BatchDeletePartition
            with suppress(self._client.exceptions.EntityNotFoundException):
                self._client.delete_partition(**names, PartitionValues=list(each.values))


def create_partitions(
    client: Any, database: str, name: str, inputs: Sequence[Mapping[str, Any]]
) -> Iterator[tuple[list[Sequence[str]], dict[tuple[str, ...], Mapping[str, str]]]]:
    """Register partitions, a batch at a time.

    Parameters
    ----------
    inputs
        Glue's `PartitionInput` structures.

    Yields
    ------
    tuple
        The values of the partitions that a batch has added, and Glue's `ErrorDetail` of the others, by their values.
    """
    for first in range(0, len(inputs), _BATCH):
        batch = [dict(each) for each in inputs[first : first + _BATCH]]
        answer = client.batch_create_partition(DatabaseName=database, TableName=name, PartitionInputList=batch)
        refused = {tuple(error["PartitionValues"]): error["ErrorDetail"] for error in answer.get("Errors") or []}
        yield [each["Values"] for each in batch if tuple(each["Values"]) not in refused], refused
