"""Objects in S3 and their local copies."""

import hashlib
import os
import re
import threading
import uuid
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any, Protocol
from urllib.parse import quote

import pyarrow as pa
import pyarrow.parquet as pq
import urllib3
from boto3.s3.transfer import TransferConfig

from athena_local.formats.decode import decode, failures_of
from athena_local.formats.layout import Layout, MalformedError, UnreadableError
from athena_local.tables.eviction import Eviction, never_busy
from athena_local.tables.parquet_types import DOT, names_in

_PARALLEL = 16
# Objects at once that are not Parquet: one is as fast as many, and takes less memory.
_DECODING = 2
_SMALL = 1024 * 1024
# Parts of a big file that are in memory at the same time.
_IN_FEW_PARTS = TransferConfig(max_concurrency=2)
_NONE: Mapping[str, str] = MappingProxyType({})
_LONGEST_NAME = 255
# Of local copies, unless a caller asks for another bound.
_MOST_BYTES = 10 << 30


@dataclass(frozen=True, kw_only=True)
class StoredObject:
    """An object in a listing."""

    bucket: str
    key: str
    etag: str
    size: int
    modified: datetime | None = None

    @property
    def address(self) -> str:
        """The object's ``s3://`` address."""
        return f"s3://{self.bucket}/{self.key}"


class ObjectStore(Protocol):
    """What the engine needs from S3."""

    def list(self, bucket: str, prefix: str) -> Iterable[StoredObject]:
        """Yield the objects under a prefix, by key."""

    def get(self, bucket: str, key: str) -> bytes:
        """Return an object's bytes."""

    def put(self, bucket: str, key: str, path: Path, options: Mapping[str, str] = _NONE) -> None:
        """Upload a file; `options` are S3's, such as ``ServerSideEncryption``."""

    def put_bytes(self, bucket: str, key: str, body: bytes, options: Mapping[str, str] = _NONE) -> None:
        """Upload a small object."""

    def delete(self, bucket: str, key: str) -> None:
        """Delete an object, if it is there."""


class S3ObjectStore:
    """An `ObjectStore` over boto3's S3 client."""

    def __init__(self, client: Any) -> None:
        self._client = client
        self._http = urllib3.PoolManager(maxsize=_PARALLEL, ca_certs=os.environ.get("AWS_CA_BUNDLE"))

    def list(self, bucket: str, prefix: str) -> Iterator[StoredObject]:
        """Yield the objects under a prefix, by key."""
        for page in self._client.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix):
            for listed in page.get("Contents", []):
                yield StoredObject(
                    bucket=bucket,
                    key=listed["Key"],
                    etag=listed["ETag"].strip('"'),
                    size=listed["Size"],
                    modified=listed["LastModified"],
                )

    def get(self, bucket: str, key: str) -> bytes:
        """Return an object's bytes, by a signed URL: half the time of get_object, which counts over 1,500 files."""
        url = self._client.generate_presigned_url("get_object", Params={"Bucket": bucket, "Key": key})
        answer = self._http.request("GET", url)
        if answer.status != 200:
            raise FileNotFoundError(f"s3://{bucket}/{key}: HTTP {answer.status}")
        return answer.data

    def put(self, bucket: str, key: str, path: Path, options: Mapping[str, str] = _NONE) -> None:
        """Upload a file; `options` are S3's, such as ``ServerSideEncryption``."""
        if path.stat().st_size < _SMALL:
            self.put_bytes(bucket, key, path.read_bytes(), options)
        else:
            self._client.upload_file(str(path), bucket, key, ExtraArgs=dict(options), Config=_IN_FEW_PARTS)

    def put_bytes(self, bucket: str, key: str, body: bytes, options: Mapping[str, str] = _NONE) -> None:
        """Upload a small object."""
        self._client.put_object(Bucket=bucket, Key=key, Body=body, **options)

    def delete(self, bucket: str, key: str) -> None:
        """Delete an object, if it is there."""
        self._client.delete_object(Bucket=bucket, Key=key)


def split_address(address: str) -> tuple[str, str]:
    """Return bucket and key of ``s3://bucket/some/key``."""
    match = re.fullmatch(r"s3://([^/]+)/?(.*)", address, re.DOTALL)
    if match is None:
        raise ValueError(f"not an S3 address: {address}")
    return match.group(1), match.group(2)


def is_data_below(stored: StoredObject, location: str) -> bool:
    """Tell whether Hive reads an object below a location: not if it is empty, or hidden.

    Hidden is what has ``_`` or ``.`` at the start of its name or of a folder's below the location, such as
    ``_temporary/``.
    """
    below = stored.address.removeprefix(location)
    return stored.size > 0 and not any(part.startswith(("_", ".")) for part in below.split("/"))


@dataclass(frozen=True, kw_only=True)
class ParquetFile:
    """A local copy of an object as Parquet, and facts from its footer.

    Attributes
    ----------
    schema
        Columns as (path, physical type, logical type), to group files with the same columns.
    column_bytes
        Compressed size of each top-level column, in lower case.
    rows
        Their number.
    object_bytes
        The size of an object in another format, which is scanned whole; None for Parquet.
    failures
        Trino's name and a message for each column with a value that cannot be read.
    fine_times
        The columns whose timestamps are finer than a millisecond and must be rounded.
    size, modified
        The object's own, in bytes and in UTC.
    """

    path: str
    address: str
    schema: tuple[tuple[str, str, str], ...]
    column_bytes: dict[str, int]
    rows: int = 0
    size: int = 0
    modified: datetime | None = None
    object_bytes: int | None = None
    failures: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    fine_times: frozenset[str] = frozenset()

    def scanned_bytes(self, columns: Collection[str]) -> int:
        """Return how many bytes a query scans that reads these columns."""
        if self.object_bytes is not None:
            return self.object_bytes
        return sum(self.column_bytes.get(column, 0) for column in columns)


class ObjectCache:
    """Local copies of objects as Parquet, named by bucket, key, ETag, layout and partition.

    A changed object, or one that is read in another way, is another file. The partition is in the path
    (``gen=2026-11-22-12/…``), from which DuckDB reads its values.

    Parameters
    ----------
    most_bytes
        The size of all copies from which the least recently used ones are removed.
    busy_since
        When the oldest query that still runs began, by `time.monotonic`; None when none runs. What was used since then
        is kept.
    """

    def __init__(
        self,
        *,
        store: ObjectStore,
        folder: Path,
        most_bytes: int = _MOST_BYTES,
        busy_since: Callable[[], float | None] = never_busy,
    ) -> None:
        self._store = store
        self._folder = folder / "copies"
        self._files: dict[str, ParquetFile] = {}
        self._pool = ThreadPoolExecutor(_PARALLEL, thread_name_prefix="fetch")
        self._decoding = threading.Semaphore(_DECODING)
        self._eviction = Eviction(folder=self._folder, most_bytes=most_bytes, busy_since=busy_since)

    def fetch(
        self, objects: Sequence[tuple[StoredObject, tuple[tuple[str, str], ...]]], layout: Layout | None = None
    ) -> list[ParquetFile]:
        """Return local copies of objects, fetched in parallel if necessary.

        Parameters
        ----------
        objects
            Each with its partition: pairs of key name and value.
        layout
            How they are written; None for Parquet.

        Raises
        ------
        UnreadableError, MalformedError
            An object is not what the layout says, or not read offline.
        """
        paths = [self._path(stored, partition, layout) for stored, partition in objects]
        with self._eviction.using(paths) as evicted:
            for path in evicted:
                self._files.pop(path, None)
            missing = {
                path: stored for path, (stored, _) in zip(paths, objects, strict=True) if path not in self._files
            }
            known = {path: self._files[path] for path in paths if path not in missing}
        loaded = list(self._pool.map(lambda pair: self._load(pair[0], pair[1], layout), missing.items()))
        known.update((file.path, file) for file in loaded)
        self._files.update(known)
        self._eviction.add(missing)
        return [known[path] for path in paths]

    def _path(self, stored: StoredObject, partition: tuple[tuple[str, str], ...], layout: Layout | None) -> str:
        identity = f"{stored.bucket}\0{stored.key}\0{stored.etag}" + (f"\0{layout.fingerprint}" if layout else "")
        name = hashlib.sha256(identity.encode()).hexdigest()[:32]
        folders = [_local_folder(key, value) for key, value in partition]
        return str(self._folder.joinpath(stored.bucket, *folders, f"{name}.parquet"))

    def _load(self, path: str, stored: StoredObject, layout: Layout | None) -> ParquetFile:
        local = Path(path)
        if not local.exists():
            local.parent.mkdir(parents=True, exist_ok=True)
            partial = local.with_suffix(f".{uuid.uuid4().hex}")
            try:
                self._write(partial, stored, layout)
                partial.replace(local)
            finally:
                partial.unlink(missing_ok=True)
        try:
            file = replace(read_footer(path, stored.address), size=stored.size, modified=stored.modified)
        except pa.ArrowInvalid as error:
            local.unlink()
            raise MalformedError(f"Not valid Parquet file: {stored.address}", "HIVE_BAD_DATA") from error
        return replace(file, object_bytes=stored.size) if layout else file

    def _write(self, to: Path, stored: StoredObject, layout: Layout | None) -> None:
        content = self._store.get(stored.bucket, stored.key)
        if len(content) != stored.size:
            message = f"Error opening Hive split {stored.address}: it was replaced during the query"
            raise MalformedError(message, "HIVE_CANNOT_OPEN_SPLIT")
        if layout is None:
            to.write_bytes(content)
        else:
            with self._decoding:
                decode(content, stored.key, layout, to)


def _local_folder(key: str, value: str) -> str:
    """Return the name of a folder from which DuckDB reads a value; the text NULL would mean none, if it stood there.

    Raises
    ------
    UnreadableError
        A file system has no such long name.
    """
    written = quote(value, safe="")
    name = f"{key}=" + (f"%{ord(value[0]):02X}{value[1:]}" if written.upper() == "NULL" else written)
    if len(name.encode()) > _LONGEST_NAME:
        raise UnreadableError(f"partitions with such a long value of '{key}' are not read offline")
    return name


def read_footer(path: str, address: str) -> ParquetFile:
    """Return a Parquet file with its schema and the compressed sizes of its columns."""
    metadata = pq.read_metadata(path)
    columns = [metadata.schema.column(index) for index in range(metadata.num_columns)]
    sizes: dict[str, int] = {}
    for group in range(metadata.num_row_groups):
        for index, column in enumerate(columns):
            name = names_in(_path(column))[0].lower()
            sizes[name] = sizes.get(name, 0) + metadata.row_group(group).column(index).total_compressed_size
    schema = tuple((_path(column), column.physical_type, str(column.logical_type)) for column in columns)
    for column in columns:
        sizes.setdefault(names_in(_path(column))[0].lower(), 0)
    return ParquetFile(
        path=path,
        address=address,
        schema=schema,
        column_bytes=sizes,
        rows=metadata.num_rows,
        failures=failures_of(metadata),
    )


def _path(column: Any) -> str:
    """Return the path of a column, in which the dots of a top-level column's own name are told apart."""
    return str(column.path.replace(".", DOT) if column.path == column.name else column.path)
