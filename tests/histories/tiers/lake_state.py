"""All that AWS has of a lake: to be kept, and to be gone back to."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

_COPIED = (
    "Name", "TableType", "Parameters", "PartitionKeys", "StorageDescriptor", "ViewOriginalText", "ViewExpandedText",
)  # fmt: skip


class State(NamedTuple):
    """Objects by key, items of the ledger's table, and tables and views of the catalog by name."""

    objects: Mapping[str, bytes]
    items: Sequence[Mapping[str, Any]]
    tables: Mapping[str, Mapping[str, Any]]


class States:
    """Reads and writes the state of a lake.

    Parameters
    ----------
    s3, dynamodb, glue
        Clients.
    bucket, ledger, database
        The names of its parts.
    """

    def __init__(self, *, s3: Any, dynamodb: Any, glue: Any, bucket: str, ledger: str, database: str) -> None:
        self._s3, self._dynamodb, self._glue = s3, dynamodb, glue
        self._bucket, self._ledger, self._database = bucket, ledger, database

    def read(self) -> State:
        """Return the state as it is now."""
        return State(
            objects={key: self._body(key) for key in self._keys()},
            items=self.items(),
            tables={
                table["Name"]: {name: table[name] for name in _COPIED if name in table} for table in self._tables()
            },
        )

    def write(self, state: State) -> None:
        """Bring AWS to a state: the bucket has one version of each object, and no others."""
        there = set(self._that_stay(state))
        for key in state.objects.keys() - there:
            self._s3.put_object(Bucket=self._bucket, Key=key, Body=state.objects[key])
        for item in self.items():
            self._dynamodb.delete_item(TableName=self._ledger, Key={"pk": item["pk"], "sk": item["sk"]})
        for item in state.items:
            self.put(item)
        for table in self._tables():
            self._glue.delete_table(DatabaseName=self._database, Name=table["Name"])
        for table in state.tables.values():
            self._glue.create_table(DatabaseName=self._database, TableInput=table)

    def items(self) -> Sequence[Mapping[str, Any]]:
        """Return the items of the ledger's table."""
        items: Sequence[Mapping[str, Any]] = self._dynamodb.scan(TableName=self._ledger)["Items"]
        return items

    def put(self, item: Mapping[str, Any]) -> None:
        """Put an item into the ledger's table."""
        self._dynamodb.put_item(TableName=self._ledger, Item=item)

    def _that_stay(self, state: State) -> Iterator[str]:
        """Delete the versions that are not the state's for good, and yield the keys of those that are."""
        for page in self._s3.get_paginator("list_object_versions").paginate(Bucket=self._bucket):
            for each in [*page.get("Versions", []), *page.get("DeleteMarkers", [])]:
                body = state.objects.get(each["Key"])
                if each["IsLatest"] and body is not None and each.get("ETag") == _etag(body):
                    yield each["Key"]
                else:
                    self._s3.delete_object(Bucket=self._bucket, Key=each["Key"], VersionId=each["VersionId"])

    def _keys(self) -> list[str]:
        pages = self._s3.get_paginator("list_objects_v2").paginate(Bucket=self._bucket)
        return [item["Key"] for page in pages for item in page.get("Contents", [])]

    def _body(self, key: str) -> bytes:
        body: bytes = self._s3.get_object(Bucket=self._bucket, Key=key)["Body"].read()
        return body

    def _tables(self) -> Sequence[Mapping[str, Any]]:
        tables: Sequence[Mapping[str, Any]] = self._glue.get_tables(DatabaseName=self._database)["TableList"]
        return tables


def _etag(body: bytes) -> str:
    return f'"{hashlib.md5(body, usedforsecurity=False).hexdigest()}"'
