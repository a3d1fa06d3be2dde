"""Objects of the lake bucket, listed and read whole."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from botocore.exceptions import ClientError

from thermocline.adapters.s3_answers import is_missing, listed
from thermocline.trace.model import RawObject


class S3RawObjects:
    """Objects of one bucket.

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

    def list(self, prefix: str) -> Iterator[RawObject]:
        """Yield the objects below a prefix."""
        for item in listed(self._client, self._bucket, prefix):
            yield RawObject(key=item["Key"], bytes=item["Size"], last_modified=item["LastModified"])

    def read(self, key: str) -> tuple[RawObject, bytes] | None:
        """Return an object and its bytes, or None if there is none."""
        try:
            answer = self._client.get_object(Bucket=self._bucket, Key=key)
        except ClientError as error:
            if is_missing(error):
                return None
            raise
        found = RawObject(key=key, bytes=answer["ContentLength"], last_modified=answer["LastModified"])
        return found, answer["Body"].read()
