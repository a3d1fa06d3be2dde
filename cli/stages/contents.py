"""What buckets and tables hold, and emptying a bucket."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from botocore.exceptions import ClientError

from cli.errors import CliError
from cli.stages.deployed import Holder

# As many as one call lists and one call deletes.
PAGE: Final = 1_000

_MISSING: Final = ("NoSuchBucket", "ResourceNotFoundException")


def holds_data(holder: Holder, client: Callable[[str], Any]) -> bool:
    """Tell whether a bucket has a version or a delete marker, or a table an item; what is gone holds nothing."""
    try:
        if holder.kind == "bucket":
            return bool(_first_versions(client("s3"), holder.name, 1))
        return bool(client("dynamodb").scan(TableName=holder.name, Limit=1)["Items"])
    except ClientError as error:
        if error.response["Error"]["Code"] in _MISSING:
            return False
        raise


def empty_bucket(s3: Any, bucket: str, *, progress: Callable[[int], None]) -> int:
    """Delete every version and delete marker of a bucket, and return how many there were.

    It deletes page by page. After an interruption, the next call goes on with the rest.

    Raises
    ------
    CliError
        S3 refuses to delete an object.
    """
    deleted = 0
    while page := _first_versions(s3, bucket, PAGE):
        answer = s3.delete_objects(Bucket=bucket, Delete={"Objects": page, "Quiet": True})
        for error in answer.get("Errors", []):
            raise CliError(f"S3 does not delete {error['Key']} of {bucket}: {error.get('Message') or error['Code']}")
        deleted += len(page)
        progress(deleted)
    return deleted


def _first_versions(s3: Any, bucket: str, most: int) -> list[dict[str, str]]:
    """Return the first versions of a bucket. A marker of a later page would name a version that is deleted by then."""
    answer = s3.list_object_versions(Bucket=bucket, MaxKeys=most)
    versions = [*answer.get("Versions", []), *answer.get("DeleteMarkers", [])]
    return [{"Key": version["Key"], "VersionId": version["VersionId"]} for version in versions]
