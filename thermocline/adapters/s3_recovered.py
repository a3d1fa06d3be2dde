"""Raw objects that take rows back from quarantine, and the lists of the rows that each of them was to take."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final

import msgspec
from botocore.exceptions import ClientError

from thermocline.adapters.s3_answers import is_missing
from thermocline.layout import recovery_key

_IS_THERE: Final = frozenset({"412", "PreconditionFailed"})


class S3Recovered:
    """Implements `thermocline.recover.ports.RecoveredObjects` in one bucket.

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

    def intend(self, recovered: str, event_ids: Collection[str]) -> None:
        """Keep the list of an object, before the first of its rows is claimed."""
        body = msgspec.json.encode(sorted(event_ids))
        self._client.put_object(Bucket=self._bucket, Key=recovery_key(recovered), Body=body)

    def intended(self, recovered: str) -> frozenset[str] | None:
        """Return the list of an object; None: there is none."""
        try:
            body = self._client.get_object(Bucket=self._bucket, Key=recovery_key(recovered))["Body"].read()
        except ClientError as error:
            if is_missing(error):
                return None
            raise
        return msgspec.json.decode(body, type=frozenset[str])

    def is_there(self, recovered: str) -> bool:
        """Tell whether an object was written."""
        try:
            self._client.head_object(Bucket=self._bucket, Key=recovered)
        except ClientError as error:
            if is_missing(error):
                return False
            raise
        return True

    def write(self, recovered: str, body: bytes) -> None:
        """Write an object; one that is there stays as it is: convert may have read it."""
        try:
            self._client.put_object(Bucket=self._bucket, Key=recovered, Body=body, IfNoneMatch="*")
        except ClientError as error:
            if error.response["Error"]["Code"] not in _IS_THERE:
                raise
