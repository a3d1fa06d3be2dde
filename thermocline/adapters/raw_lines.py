"""Raw objects of the lake bucket, read only to count their lines."""

from __future__ import annotations

import zlib
from typing import Any

from botocore.exceptions import ClientError

from thermocline.convert.raw import read_raw
from thermocline.errors import DamagedObject


class S3RawLines:
    """Counts lines as convert reads them: a damaged frame is one.

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

    def lines(self, raw_key: str) -> int | None:
        """Return how many lines a raw object has (see `RawLines.lines`)."""
        try:
            body = self._client.get_object(Bucket=self._bucket, Key=raw_key)["Body"]
        except ClientError as error:
            if error.response["Error"]["Code"] == "NoSuchKey":
                raise FileNotFoundError(raw_key) from error
            raise
        try:
            return _count(body)
        except (DamagedObject, zlib.error):
            return None


def _count(body: Any) -> int:
    lines, in_line = 0, False
    for part in read_raw(body):
        if isinstance(part, bytes):
            lines += part.count(b"\n")
            in_line = not part.endswith(b"\n") if part else in_line
        else:
            lines += 1 + in_line
            in_line = False
    return lines + in_line
