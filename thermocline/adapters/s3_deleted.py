"""Objects of the lake bucket that were deleted, and whose versions are still there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any


class S3Deleted:
    """Finds deleted objects of one bucket that has versions, and brings them back.

    Parameters
    ----------
    client
        A boto3 S3 client.
    bucket
        The bucket's name.
    """

    def __init__(self, client: Any, bucket: str) -> None:
        self._client = client
        self._bucket = bucket

    def deleted(self, prefix: str, after: dt.datetime) -> Iterator[tuple[str, str]]:
        """Yield key and marker of the objects below a prefix that were deleted after a time and have a version."""
        pages = self._client.get_paginator("list_object_versions").paginate(Bucket=self._bucket, Prefix=prefix)
        for page in pages:
            for marker in page.get("DeleteMarkers", []):
                if marker["IsLatest"] and marker["LastModified"] >= after and self._has_version(marker["Key"]):
                    yield marker["Key"], marker["VersionId"]

    def bring_back(self, key: str, marker: str) -> None:
        """Take a marker away, so that the version before it is current; nothing happens if it is gone."""
        self._client.delete_object(Bucket=self._bucket, Key=key, VersionId=marker)

    def _has_version(self, key: str) -> bool:
        answer = self._client.list_object_versions(Bucket=self._bucket, Prefix=key)
        return any(version["Key"] == key for version in answer.get("Versions", []))
