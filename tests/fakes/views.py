"""Views in memory, with the versions that Glue gives them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from thermocline.contracts import Contract
from thermocline.errors import ViewChanged
from thermocline.publish.ports import StoredView


class FakeViews:
    """Keeps the views by their names, and each watermark that one was ever written with.

    Parameters
    ----------
    before
        Called before each read and each write, e.g. to let another publisher go first.
    """

    def __init__(self, before: Callable[[], None] = lambda: None) -> None:
        self.views: dict[str, StoredView] = {}
        self.watermarks: dict[str, list[str]] = {}
        self._before = before

    def read(self, table: str) -> StoredView | None:
        """Return a view."""
        self._before()
        return self.views.get(table)

    def write(self, contract: Contract, *, watermark: str, since: Mapping[str, str], version: str | None) -> None:
        """Write a view if it has the version."""
        self._before()
        view = self.views.get(contract.table)
        if (view.version if view else None) != version:
            raise ViewChanged(contract.table)
        following = str(int(version or 0) + 1)
        self.views[contract.table] = StoredView(version=following, watermark=watermark, since=dict(since))
        self.watermarks.setdefault(contract.table, []).append(watermark)
