"""What buckets and tables hold, and emptying a bucket."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

from botocore.exceptions import ClientError

from cli.stages.deployed import Holder
from offline.errors import LakeError

# As many as one call lists and one call deletes.
PAGE: Final = 1_000

_MISSING: Final = ("NoSuchBucket", "ResourceNotFoundException")


def holds_data(holder: Holder, client: Callable[[str], Any]) -> bool:
    """Whether a bucket has any version or delete marker, or a table any item; what is gone holds nothing."""
    try:
        if holder.kind == "bucket":
            return any(_pages(client("s3"), holder.name, size=1))
        return bool(client("dynamodb").scan(TableName=holder.name, Limit=1)["Items"])
    except ClientError as error:
        if error.response["Error"]["Code"] in _MISSING:
            return False
        raise


def empty_bucket(s3: Any, bucket: str, *, progress: Callable[[int], None]) -> int:
    """Delete every version and delete marker of a bucket, and return how many there were.

    Interrupted, it has deleted whole pages; the next time it goes on with what is left.

    Raises
    ------
    LakeError
        S3 refuses to delete an object.
    """
    deleted = 0
    for page in _pages(s3, bucket, size=PAGE):
        answer = s3.delete_objects(Bucket=bucket, Delete={"Objects": page, "Quiet": True})
        for error in answer.get("Errors", []):
            raise LakeError(f"S3 does not delete {error['Key']} of {bucket}: {error.get('Message') or error['Code']}")
        deleted += len(page)
        progress(deleted)
    return deleted


def _pages(s3: Any, bucket: str, *, size: int) -> Iterator[list[dict[str, str]]]:
    paginator = s3.get_paginator("list_object_versions")
    for page in paginator.paginate(Bucket=bucket, PaginationConfig={"PageSize": size}):
        found = [*page.get("Versions", []), *page.get("DeleteMarkers", [])]
        if found:
            yield [{"Key": version["Key"], "VersionId": version["VersionId"]} for version in found]
