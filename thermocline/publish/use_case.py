"""Publish a table: bring its view to the watermark in one optimistic update (ADR 36)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

from thermocline.contracts import Contract
from thermocline.errors import ViewChanged
from thermocline.publish.ports import MarksLedger, StoredView, Views, WarmTables
from thermocline.publish.since import first_sure_generation, noted
from thermocline.streams import QUARANTINE

_MAX_TRIES = 8

Since = Mapping[str, str]


class Publish:
    """Writes a table's view for the watermark that the ledger has.

    Parameters
    ----------
    pause
        Waits before the given retry, for a time that differs from that of others in the same race.
    """

    def __init__(
        self,
        *,
        views: Views,
        marks: MarksLedger,
        contracts: Mapping[str, Contract],
        pause: Callable[[int], None],
    ) -> None:
        self._views = views
        self._marks = marks
        self._contracts = contracts
        self._pause = pause

    def __call__(self, table: str, note: Callable[[Since], Since] = lambda since: since) -> str:
        """Bring a table's view to its watermark, and return the watermark.

        The view's version is read before the watermark. So whoever writes a later watermark in between changes the
        version, and this view, which would go back, is refused.

        Parameters
        ----------
        note
            Changes what the view notes of typed columns.

        Raises
        ------
        ViewChanged
            The view changed between each read and the write that followed it.
        """
        for retry in range(1, _MAX_TRIES + 1):
            view = self._views.read(self._contracts[table].table)
            watermark = self._marks.marks(table).watermark
            try:
                self._write(table, view, watermark, note)
            except ViewChanged:
                if retry == _MAX_TRIES:
                    raise
                self._pause(retry)
            else:
                break
        return watermark

    def _write(self, table: str, view: StoredView | None, watermark: str, note: Callable[[Since], Since]) -> None:
        since = note(view.since if view else {})
        version = view.version if view else None
        self._views.write(self._contracts[table], watermark=watermark, since=since, version=version)


class EndDeploy:
    """What a deploy ends with: every warm table has its contract's columns, then its view has them, too.

    The watermark stays what it is. Typed columns that are new are noted, so that those of later generations are not
    computed from the text; only here, because nobody else knows that the convert function writes them by now.
    """

    def __init__(
        self,
        *,
        publish: Publish,
        warm: WarmTables,
        marks: MarksLedger,
        contracts: Mapping[str, Contract],
        clock: Callable[[], dt.datetime],
    ) -> None:
        self._publish = publish
        self._warm = warm
        self._marks = marks
        self._contracts = contracts
        self._clock = clock

    def __call__(self) -> dict[str, str]:
        """Bring the warm tables and the views to the contracts, and return each table's watermark."""
        for table in self._contracts:
            self._warm.ensure(table)
        return {table: self._publish(table, self._noting(contract)) for table, contract in self._contracts.items()}

    def _noting(self, contract: Contract) -> Callable[[Since], Since]:
        marks = (self._marks.marks(contract.name), self._marks.marks(QUARANTINE))
        first = first_sure_generation(self._clock(), *marks)
        return lambda since: noted(contract, since, first=first)
