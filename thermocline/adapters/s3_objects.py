"""The objects of the lake bucket as cleaning and the orphan sweep see them: keys, sizes, times, and their end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from thermocline.adapters.s3_answers import listed
from thermocline.errors import DeletionFailed
from thermocline.orphans.ports import FoundObject

_KEYS_PER_CALL = 1000


class S3Objects:
    """Lists and deletes objects of one bucket, which keeps the versions of what was deleted.

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

    def objects(self, prefix: str) -> Iterator[FoundObject]:
        """Yield the objects below a prefix, in the order of their keys."""
        for item in listed(self._client, self._bucket, prefix):
            yield FoundObject(key=item["Key"], bytes=item["Size"], last_modified=item["LastModified"])

    def keys(self, prefix: str) -> Iterator[str]:
        """Yield the keys below a prefix, in order."""
        return (found.key for found in self.objects(prefix))

    def delete(self, keys: Sequence[str]) -> None:
        """Delete objects; one that is gone already is no failure.

        Raises
        ------
        DeletionFailed
            Not all could be deleted.
        """
        errors: list[dict[str, str]] = []
        for start in range(0, len(keys), _KEYS_PER_CALL):
            some = [{"Key": key} for key in keys[start : start + _KEYS_PER_CALL]]
            answer = self._client.delete_objects(Bucket=self._bucket, Delete={"Objects": some, "Quiet": True})
            errors += answer.get("Errors", [])
        if errors:
            raise DeletionFailed(len(errors), errors[0]["Code"])
