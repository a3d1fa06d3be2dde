"""Bring back objects that were deleted by mistake: the bucket keeps their versions for a while."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Protocol


class DeletedObjects(Protocol):
    """What was deleted from the lake bucket."""

    def deleted(self, prefix: str, after: dt.datetime) -> Iterator[tuple[str, str]]:
        """Yield key and marker of the objects below a prefix that were deleted after a time and have a version."""

    def bring_back(self, key: str, marker: str) -> None:
        """Take a marker away, so that the version before it is current."""


def restore_objects(objects: DeletedObjects, prefix: str, *, after: dt.datetime, dry_run: bool) -> list[str]:
    """Bring back what was deleted below a prefix after a time, and return the keys.

    What cleaning deleted comes back, too, and is cleaned or swept again. What was erased does not: its versions are
    gone.
    """
    deleted = sorted(objects.deleted(prefix, after))
    for key, marker in () if dry_run else deleted:
        objects.bring_back(key, marker)
    return [key for key, _ in deleted]
