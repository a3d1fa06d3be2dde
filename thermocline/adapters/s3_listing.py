"""Listings of the lake bucket, with sizes and storage classes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from thermocline.adapters.s3_answers import listed
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
        for item in listed(self._client, self._bucket, prefix, after=after):
            yield ListedFile(
                key=item["Key"],
                bytes=item["Size"],
                storage_class=item.get("StorageClass", "STANDARD"),
                last_modified=item["LastModified"],
            )
