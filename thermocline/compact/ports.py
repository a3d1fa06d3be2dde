"""What compaction needs from the outside, beside the warm ports. Adapters implement it; tests bring fakes."""

from __future__ import annotations

import datetime as dt
from typing import Protocol

from thermocline.warm.ports import Catalog


class ExpiringCatalog(Catalog, Protocol):
    """The warm tables, which can also forget what they were."""

    def expire(self, table: str, older_than: dt.datetime) -> None:
        """Forget the snapshots before a time, but never the current one; no file is deleted.

        Raises
        ------
        CommitFailed
            It may have landed or not; the next run does it again.
        """
