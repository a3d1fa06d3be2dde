"""The lake bucket."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Any

from botocore.exceptions import ClientError

from thermocline.adapters.s3_answers import is_missing, listed
from thermocline.convert.ports import StoredObject
from thermocline.sweep.ports import ListedObject


class S3Store:
    """Reads and writes objects of one bucket.

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

    def get(self, key: str) -> StoredObject:
        """Return an object, whose bytes are still to be read; botocore raises when the connection ends before them.

        Raises
        ------
        FileNotFoundError
            There is no such object; the text is its key.
        """
        try:
            answer = self._client.get_object(Bucket=self._bucket, Key=key)
        except ClientError as error:
            if is_missing(error):
                raise FileNotFoundError(key) from error
            raise
        return StoredObject(body=answer["Body"], size=answer["ContentLength"], last_modified=answer["LastModified"])

    def put(self, key: str, body: IO[bytes]) -> None:
        """Write an object from a file, replacing what is there."""
        self._client.put_object(Bucket=self._bucket, Key=key, Body=body)

    def list(self, prefix: str) -> Iterator[ListedObject]:
        """Yield the objects below a prefix."""
        for item in listed(self._client, self._bucket, prefix):
            yield ListedObject(key=item["Key"], last_modified=item["LastModified"])
