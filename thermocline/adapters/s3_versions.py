"""A bucket's objects with all their versions: what an erasure searches, writes again and deletes for good."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from botocore.exceptions import ClientError

from thermocline.adapters.s3_answers import is_missing
from thermocline.adapters.s3_parquet import opened
from thermocline.erase.ports import Version
from thermocline.errors import DeletionFailed, ObjectChanged

_KEYS_PER_CALL: Final = 1000
_CHANGED: Final = frozenset({"PreconditionFailed", "ConditionalRequestConflict", "412", "409"})
_KEPT: Final = ("ContentType", "ContentEncoding", "Metadata")


class S3Versions:
    """Implements `thermocline.erase.ports.Objects`.

    Parameters
    ----------
    client
        A boto3 S3 client.
    bucket
        The bucket's name; without versioning each object has one version, ``null``.
    """

    def __init__(self, client: Any, bucket: str) -> None:
        self.bucket = bucket
        self._client = client

    def versions(self, prefix: str, *, after: str = "") -> Iterator[Version]:
        """Yield all versions and markers below a prefix whose key is behind `after`, by key."""
        start = {"KeyMarker": after} if after else {}
        pages = self._client.get_paginator("list_object_versions").paginate(Bucket=self.bucket, Prefix=prefix, **start)
        for page in pages:
            versions = [_version(item) for item in page.get("Versions", [])]
            versions += [_version(item, marker=True) for item in page.get("DeleteMarkers", [])]
            yield from sorted((each for each in versions if each.key > after), key=lambda each: each.key)

    def read(self, key: str, version: str | None = None) -> bytes:
        """Return the bytes of an object, or of one of its versions (see `Objects.read` for errors)."""
        body: bytes = self._get(key, version)["Body"].read()
        return body

    def opened(self, key: str, version: str | None = None) -> Any:
        """Return an object as a file that is read in ranges (see `read` for errors)."""
        return opened(self._client, self.bucket, key, version)

    def put(self, key: str, body: bytes) -> None:
        """Write an object, replacing what is there."""
        self._client.put_object(Bucket=self.bucket, Key=key, Body=body)

    def replace(self, version: Version, body: bytes) -> None:
        """Write an object again, if the version is still its current one (see `Objects.replace` for errors)."""
        try:
            head = self._client.head_object(Bucket=self.bucket, Key=version.key)
            self._client.put_object(
                Bucket=self.bucket,
                Key=version.key,
                Body=body,
                StorageClass=version.storage_class,
                IfMatch=f'"{version.etag}"',
                **{name: head[name] for name in _KEPT if head.get(name)},
            )
        except ClientError as error:
            if is_missing(error) or error.response["Error"]["Code"] in _CHANGED:
                raise ObjectChanged(f"{version.key}: it changed between a read and a write") from error
            raise

    def delete(self, key: str, versions: Sequence[str]) -> None:
        """Delete versions for good; one that is gone already is no failure (see `Objects.delete` for errors)."""
        errors: list[dict[str, str]] = []
        for start in range(0, len(versions), _KEYS_PER_CALL):
            some = [{"Key": key, "VersionId": version} for version in versions[start : start + _KEYS_PER_CALL]]
            answer = self._client.delete_objects(Bucket=self.bucket, Delete={"Objects": some, "Quiet": True})
            errors += [each for each in answer.get("Errors", []) if each.get("Code") != "NoSuchVersion"]
        if errors:
            raise DeletionFailed(len(errors), errors[0]["Code"])

    def _get(self, key: str, version: str | None) -> Any:
        which = {"VersionId": version} if version else {}
        try:
            return self._client.get_object(Bucket=self.bucket, Key=key, **which)
        except ClientError as error:
            if is_missing(error):
                raise FileNotFoundError(key) from error
            raise


def _version(item: dict[str, Any], *, marker: bool = False) -> Version:
    return Version(
        key=item["Key"],
        id=item["VersionId"],
        latest=item["IsLatest"],
        marker=marker,
        etag=item.get("ETag", "").strip('"'),
        last_modified=item["LastModified"],
        storage_class=item.get("StorageClass", "STANDARD"),
    )
