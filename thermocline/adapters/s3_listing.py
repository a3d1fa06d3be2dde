"""Listings of the lake bucket, with sizes and storage classes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from thermocline.balance.ports import ListedFile


class S3Listing:
    """Lists objects of one bucket.

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

    def list(self, prefix: str, *, after: str = "") -> Iterator[ListedFile]:
        """Yield the objects below a prefix whose key is behind `after`, by key."""
        start = {"StartAfter": after} if after else {}
        pages = self._client.get_paginator("list_objects_v2").paginate(Bucket=self._bucket, Prefix=prefix, **start)
        for page in pages:
            for item in page.get("Contents", []):
                yield ListedFile(
                    key=item["Key"],
                    bytes=item["Size"],
                    storage_class=item.get("StorageClass", "STANDARD"),
                    last_modified=item["LastModified"],
                )
