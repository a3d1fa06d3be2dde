"""Objects of the lake bucket as files of this machine."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from botocore.exceptions import ClientError

from thermocline.adapters.s3_answers import is_missing
from thermocline.layout import is_sealed


class S3Files:
    """Copies objects of one bucket into files, and files into objects.

    Parameters
    ----------
    client
        A boto3 S3 client.
    bucket
        The bucket's name.
    storage_class
        Of the objects that it stores.
    cold_storage_class
        Of sealed files; None: the same.
    """

    def __init__(
        self, client: Any, bucket: str, *, storage_class: str = "STANDARD", cold_storage_class: str | None = None
    ) -> None:
        self._client = client
        self._bucket = bucket
        self._storage_class = storage_class
        self._cold_storage_class = cold_storage_class or storage_class

    def fetch(self, key: str, path: Path) -> None:
        """Copy an object into a file; botocore raises when the connection ends before its last byte.

        Raises
        ------
        FileNotFoundError
            There is no such object; the text is its key.
        """
        try:
            body = self._client.get_object(Bucket=self._bucket, Key=key)["Body"]
        except ClientError as error:
            if is_missing(error):
                raise FileNotFoundError(key) from error
            raise
        with path.open("wb") as file:
            shutil.copyfileobj(body, file, 1024 * 1024)

    def store(self, path: Path, key: str) -> str:
        """Copy a file of less than 5 GiB into an object, and return the object's address, ``s3://bucket/key``."""
        kept_as = self._cold_storage_class if is_sealed(key) else self._storage_class
        with path.open("rb") as file:
            self._client.put_object(Bucket=self._bucket, Key=key, Body=file, StorageClass=kept_as)
        return f"s3://{self._bucket}/{key}"

    def key_of(self, address: str) -> str:
        """Return the key in an address.

        Raises
        ------
        ValueError
            It is the address of another bucket.
        """
        prefix = f"s3://{self._bucket}/"
        if not address.startswith(prefix):
            raise ValueError(f"{address} is not in the bucket {self._bucket}")
        return address.removeprefix(prefix)
