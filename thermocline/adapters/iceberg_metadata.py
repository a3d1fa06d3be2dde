"""The metadata of warm tables as objects, also of tables that the catalog does not know any more."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import cached_property
from typing import Any

import msgspec
from pyiceberg.exceptions import NoSuchTableError
from pyiceberg.serializers import FromInputFile
from pyiceberg.table import Table
from pyiceberg.table.metadata import TableMetadata

from thermocline.adapters.iceberg import FENCE, GENS, IDS
from thermocline.adapters.iceberg_files import S3FileIO, key_of
from thermocline.adapters.iceberg_state import PinnedCatalog, State
from thermocline.adapters.s3_answers import listed
from thermocline.contracts import Contract
from thermocline.layout import ids_prefix, metadata_number, metadata_prefix, warm_prefix, warm_table
from thermocline.restore.choice import Metadata


class IcebergMetadata:
    """Implements `thermocline.restore.ports.Tables`.

    Parameters
    ----------
    glue
        A boto3 Glue client that makes each call once.
    s3
        A boto3 S3 client.
    """

    def __init__(self, *, glue: Any, s3: Any, bucket: str, database: str, contracts: Mapping[str, Contract]) -> None:
        self._glue = glue
        self._s3 = s3
        self._files = S3FileIO(s3)
        self._bucket = bucket
        self._database = database
        self._contracts = contracts

    def registered(self, table: str) -> str | None:
        """Return the key of the metadata that the catalog has, or None when it does not know the table."""
        try:
            return key_of(self._catalog.load_table(self._name(table)).metadata_location)
        except NoSuchTableError:
            return None

    def metadata(self, table: str) -> list[Metadata]:
        """Return the files with the highest number, of each table that there was."""
        keys = [item["Key"] for item in listed(self._s3, self._bucket, metadata_prefix(table))]
        numbers = {key: number for key in keys if (number := metadata_number(key)) is not None}
        read = {key: self._read(key) for key in numbers}
        highest: dict[str, int] = {}
        for key, each in read.items():
            highest[str(each.table_uuid)] = max(numbers[key], highest.get(str(each.table_uuid), 0))
        there = {
            item["Key"] for prefix in (warm_prefix(table), ids_prefix(table))
            for item in listed(self._s3, self._bucket, prefix)
        }  # fmt: skip
        return [
            _File(self, table, key, each, read).told(numbers[key], there)
            for key, each in read.items()
            if numbers[key] == highest[str(each.table_uuid)]
        ]

    def register(self, table: str, key: str) -> None:
        """Let the catalog have a table by its metadata; refused when it has one of this name."""
        self._catalog.register_table(self._name(table), self.address(key))

    def address(self, key: str) -> str:
        """Return an object's address."""
        return f"s3://{self._bucket}/{key}"

    def state(self, table: str, key: str, metadata: TableMetadata) -> State:
        """Return the table that metadata describe."""
        loaded = Table(self._name(table), metadata, self.address(key), self._files, self._catalog)
        return State(loaded, self._contracts[table].time_column)

    def index(self, key: str) -> dict[str, str]:
        """Return an index of identities."""
        body = self._s3.get_object(Bucket=self._bucket, Key=key)["Body"].read()
        return msgspec.json.decode(body, type=dict[str, str])

    @property
    def _catalog(self) -> PinnedCatalog:
        return PinnedCatalog(self._glue, self._files)

    def _name(self, table: str) -> tuple[str, str]:
        return self._database, warm_table(self._contracts[table].table)

    def _read(self, key: str) -> TableMetadata:
        return FromInputFile.table_metadata(self._files.new_input(self.address(key)))


class _File:
    def __init__(
        self, store: IcebergMetadata, table: str, key: str, metadata: TableMetadata, read: Mapping[str, TableMetadata]
    ) -> None:
        self._store, self._table, self._key, self._metadata = store, table, key, metadata
        log = metadata.metadata_log
        self._before = read.get(key_of(log[-1].metadata_file)) if log else None

    def told(self, number: int, there: set[str]) -> Metadata:
        snapshot = self._metadata.current_snapshot()
        told = snapshot.summary.additional_properties if snapshot and snapshot.summary else {}
        changes = self._before is None or self._before.current_snapshot_id != self._metadata.current_snapshot_id
        missing = self._missing(there)
        index = self._metadata.properties.get(IDS)
        return Metadata(
            key=self._key,
            number=number,
            table_id=str(self._metadata.table_uuid),
            fence=int(self._metadata.properties.get(FENCE, 0)),
            updated=dt.datetime.fromtimestamp(self._metadata.last_updated_ms / 1000, dt.UTC),
            rows=snapshot is not None,
            changes_rows=snapshot is not None and changes,
            gens=tuple(filter(None, told.get(GENS, "").split(","))),
            ids=self._store.index(index) if index and index in there else {},
            missing=tuple(sorted(missing)),
        )

    @cached_property
    def _state(self) -> State:
        return self._store.state(self._table, self._key, self._metadata)

    def _missing(self, there: set[str]) -> set[str]:
        """Return the keys of what the current snapshot needs and is not there; what only that names is not known."""
        snapshot = self._metadata.current_snapshot()
        if snapshot is None:
            return set()
        needed = {key_of(snapshot.manifest_list)}
        if index := self._metadata.properties.get(IDS):
            needed.update([index, *(self._store.index(index).values() if index in there else ())])
        if needed <= there:
            manifests = self._state.manifests(snapshot)
            needed.update(key_of(each.manifest_path) for each in manifests)
            if needed <= there:
                needed.update(key_of(file.file_path) for file in self._state.files_of(manifests))
        return needed - there
