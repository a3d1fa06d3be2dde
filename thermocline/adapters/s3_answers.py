"""What S3 answers, as several adapters read it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from botocore.exceptions import ClientError

_MISSING: Final = frozenset({"404", "NoSuchKey", "NoSuchVersion", "NotFound"})


def is_missing(error: ClientError) -> bool:
    """Tell whether an answer says that there is no such object, and nothing else."""
    return error.response["Error"]["Code"] in _MISSING


def listed(client: Any, bucket: str, prefix: str, *, after: str = "") -> Iterator[dict[str, Any]]:
    """Yield what a listing says of each object below a prefix whose key is behind `after`, in the order of keys."""
    start = {"StartAfter": after} if after else {}
    for page in client.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix, **start):
        yield from page.get("Contents", [])
