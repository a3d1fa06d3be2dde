"""Objects in S3."""

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any, Protocol

import urllib3
from boto3.s3.transfer import TransferConfig

PARALLEL = 16
_SMALL = 1024 * 1024
# Parts of a big file that are in memory at the same time.
_IN_FEW_PARTS = TransferConfig(max_concurrency=2)
_NONE: Mapping[str, str] = MappingProxyType({})


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
        self._http = urllib3.PoolManager(maxsize=PARALLEL, ca_certs=os.environ.get("AWS_CA_BUNDLE"))

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
