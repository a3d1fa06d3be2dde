"""A warm table's files, snapshots and identities, read from its metadata alone: quick to import, for reading only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, Final

import msgspec
from botocore.exceptions import ClientError

from thermocline.adapters.avro import avro_rows
from thermocline.contracts import Contract
from thermocline.layout import warm_table
from thermocline.trace.model import Commit

_GENS: Final = "thermocline.gen"
_TOKEN: Final = "thermocline.token"  # noqa: S105  (a lease's number)
_IDS: Final = "thermocline.ids"
_DELETED: Final = 2


class _Field(msgspec.Struct, frozen=True):
    id: int
    name: str


class _Schema(msgspec.Struct, frozen=True, rename="kebab"):
    schema_id: int
    fields: tuple[_Field, ...]


class _Snapshot(msgspec.Struct, frozen=True, rename="kebab"):
    snapshot_id: int
    timestamp_ms: int
    manifest_list: str
    summary: dict[str, str] = {}


class _Metadata(msgspec.Struct, frozen=True, rename="kebab"):
    current_schema_id: int
    schemas: tuple[_Schema, ...]
    current_snapshot_id: int | None = None
    snapshots: tuple[_Snapshot, ...] = ()
    properties: dict[str, str] = {}


_decode = msgspec.json.Decoder(_Metadata).decode
_decode_ids = msgspec.json.Decoder(dict[str, str]).decode


class KnownFile(msgspec.Struct, frozen=True, kw_only=True):
    """A data file, with the bounds of its ids as far as the manifest has them."""

    key: str
    sequence: int
    first: bytes | None
    last: bytes | None

    def may_have(self, event_id: str) -> bool:
        """Tell whether its bounds leave room for an event; they may be cut short."""
        value = event_id.encode()
        below = self.first is not None and value < self.first
        above = self.last is not None and value > self.last and not value.startswith(self.last)
        return not below and not above


class History(msgspec.Struct, frozen=True, kw_only=True):
    """A warm table as it is now (see `thermocline.trace.ports.WarmState`)."""

    files: Sequence[KnownFile]
    commits: Sequence[Commit]
    ids: Mapping[str, str]


class IcebergHistory:
    """Reads warm tables.

    Parameters
    ----------
    glue, s3
        boto3 clients.
    contracts
        By table.
    """

    def __init__(self, *, glue: Any, s3: Any, bucket: str, database: str, contracts: Mapping[str, Contract]) -> None:
        self._glue = glue
        self._s3 = s3
        self._bucket = bucket
        self._database = database
        self._contracts = contracts

    def load(self, table: str) -> History | None:
        """Return a table's state; None if there is no such table yet."""
        name = warm_table(self._contracts[table].table)
        try:
            known = self._glue.get_table(DatabaseName=self._database, Name=name)["Table"]
        except ClientError as error:
            if error.response["Error"]["Code"] == "EntityNotFoundException":
                return None
            raise
        metadata = _decode(self._read(_key_of(known["Parameters"]["metadata_location"])))
        index = metadata.properties.get(_IDS)
        return History(
            files=self._data_files(metadata),
            commits=[_commit(each) for each in sorted(metadata.snapshots, key=_newest_first)],
            ids=_decode_ids(self._read(index)) if index else {},
        )

    def _read(self, key: str) -> bytes:
        body: bytes = self._s3.get_object(Bucket=self._bucket, Key=key)["Body"].read()
        return body

    def _data_files(self, metadata: _Metadata) -> list[KnownFile]:
        current = next((each for each in metadata.snapshots if each.snapshot_id == metadata.current_snapshot_id), None)
        if current is None:
            return []
        schema = next(each for each in metadata.schemas if each.schema_id == metadata.current_schema_id)
        field = next((each.id for each in schema.fields if each.name == "event_id"), 0)
        manifests = list(avro_rows(self._read(_key_of(current.manifest_list))))
        with ThreadPoolExecutor(8) as pool:
            files = [*pool.map(partial(self._files_of, field=field), manifests)]
        return sorted((file for some in files for file in some), key=lambda file: -file.sequence)

    def _files_of(self, manifest: Mapping[str, Any], field: int) -> list[KnownFile]:
        """Return the data files that a manifest names, but for removed ones; `field` numbers the event's id."""
        entries = avro_rows(self._read(_key_of(manifest["manifest_path"])))
        sequence = manifest.get("sequence_number") or 0
        return [_known(entry, sequence, field) for entry in entries if entry["status"] != _DELETED]


def _key_of(location: str) -> str:
    """Return the key in an address, ``s3://bucket/key``."""
    return location.partition("://")[2].partition("/")[2]


def _known(entry: Mapping[str, Any], sequence: int, field: int) -> KnownFile:
    file = entry["data_file"]
    first, last = (
        next((bound["value"] for bound in file.get(name) or () if bound["key"] == field), None)
        for name in ("lower_bounds", "upper_bounds")
    )
    inherited = entry.get("sequence_number")
    return KnownFile(
        key=_key_of(file["file_path"]), sequence=sequence if inherited is None else inherited, first=first, last=last
    )


def _newest_first(snapshot: _Snapshot) -> int:
    return -snapshot.timestamp_ms


def _commit(snapshot: _Snapshot) -> Commit:
    return Commit(
        snapshot=snapshot.snapshot_id,
        at=dt.datetime.fromtimestamp(snapshot.timestamp_ms / 1000, dt.UTC),
        token=int(snapshot.summary.get(_TOKEN, 0)),
        gens=tuple(filter(None, snapshot.summary.get(_GENS, "").split(","))),
    )
