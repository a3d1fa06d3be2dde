"""What buckets and tables hold, and emptying a bucket."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, Final

from botocore.exceptions import ClientError

from cli.errors import CliError
from cli.stages.deployed import Holder
from thermocline.layout import WARM

# As many as one call lists and one call deletes.
PAGE: Final = 1_000

_MISSING: Final = ("NoSuchBucket", "ResourceNotFoundException")

# What a stage makes before anybody sends anything: tables without rows, and how far promotion has looked.
_TABLE_METADATA: Final = re.compile(rf"{WARM}/[^/]+/metadata/.+")
_NOTES: Final = ("lease#", "marks#", "seen#", "since#")


def holds_data(holder: Holder, client: Callable[[str], Any]) -> bool:
    """Tell whether a bucket or a table holds more than what each stage makes; what is gone holds nothing.

    Deleted and overwritten objects are data while their versions are there.
    """
    try:
        if holder.kind == "bucket":
            versions = _versions(client("s3"), holder.name)
            return any(not _TABLE_METADATA.fullmatch(version["Key"]) for version in versions)
        pages = client("dynamodb").get_paginator("scan").paginate(TableName=holder.name)
        return any(not item["pk"]["S"].startswith(_NOTES) for page in pages for item in page["Items"])
    except ClientError as error:
        if error.response["Error"]["Code"] in _MISSING:
            return False
        raise


def delete_table_metadata(s3: Any, bucket: str) -> None:
    """Delete the metadata of warm tables from a bucket that holds nothing else (see `empty_bucket` for errors)."""
    metadata = [version for version in _versions(s3, bucket) if _TABLE_METADATA.fullmatch(version["Key"])]
    for start in range(0, len(metadata), PAGE):
        _delete(s3, bucket, metadata[start : start + PAGE])


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
        _delete(s3, bucket, page)
        deleted += len(page)
        progress(deleted)
    return deleted


def _delete(s3: Any, bucket: str, versions: list[dict[str, str]]) -> None:
    answer = s3.delete_objects(Bucket=bucket, Delete={"Objects": versions, "Quiet": True})
    for error in answer.get("Errors", []):
        raise CliError(f"S3 does not delete {error['Key']} of {bucket}: {error.get('Message') or error['Code']}")


def _versions(s3: Any, bucket: str) -> Iterator[dict[str, str]]:
    """Yield every version and delete marker of a bucket."""
    for page in s3.get_paginator("list_object_versions").paginate(Bucket=bucket):
        yield from _named(page)


def _first_versions(s3: Any, bucket: str, most: int) -> list[dict[str, str]]:
    """Return the first versions of a bucket. A marker of a later page would name a version that is deleted by then."""
    return _named(s3.list_object_versions(Bucket=bucket, MaxKeys=most))


def _named(page: dict[str, Any]) -> list[dict[str, str]]:
    versions = [*page.get("Versions", []), *page.get("DeleteMarkers", [])]
    return [{"Key": version["Key"], "VersionId": version["VersionId"]} for version in versions]
