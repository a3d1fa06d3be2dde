"""What compaction needs from the outside, beside the warm ports. Adapters implement it; tests bring fakes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Protocol

from thermocline.warm.ports import Catalog


class ExpiringCatalog(Catalog, Protocol):
    """The warm tables, which can also forget what they were."""

    def expire(self, table: str, older_than: dt.datetime) -> Sequence[str]:
        """Forget the snapshots that others had replaced before a time, and return the keys of what only they named.

        Raises
        ------
        CommitFailed
            It may have landed or not; the next run does it again.
        """


class Objects(Protocol):
    """The objects of the lake bucket."""

    def delete(self, keys: Sequence[str]) -> None:
        """Delete objects; the bucket keeps their versions for a while."""
