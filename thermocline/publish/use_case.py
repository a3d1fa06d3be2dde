"""Publish a table: bring its view to the watermark in one optimistic update (ADR 36)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from thermocline.clock import Clock, jittered_pause
from thermocline.contracts import Contract
from thermocline.errors import ViewChanged
from thermocline.publish.ports import MarksLedger, Views, WarmTables
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
        pause: Callable[[int], None] = jittered_pause,
    ) -> None:
        self._views = views
        self._marks = marks
        self._contracts = contracts
        self._pause = pause

    def __call__(self, table: str) -> None:
        """Bring a table's view to its watermark (see `noting`)."""
        self.noting(table, lambda since: since)

    def noting(self, table: str, note: Callable[[Since], Since]) -> None:
        """Bring a table's view to its watermark, and change what it notes of typed columns.

        The view's version is read before the watermark. So whoever writes a later watermark in between changes the
        version, and this view, which would go back, is refused.

        Raises
        ------
        ViewChanged
            The view changed between each read and the write that followed it.
        """
        contract = self._contracts[table]
        for retry in range(1, _MAX_TRIES + 1):
            view = self._views.read(contract.table)
            watermark = self._marks.marks(table).watermark
            since, version = (note(view.since), view.version) if view else (note({}), None)
            try:
                self._views.write(contract, watermark=watermark, since=since, version=version)
            except ViewChanged:
                if retry == _MAX_TRIES:
                    raise
                self._pause(retry)
            else:
                return


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
        clock: Clock,
    ) -> None:
        self._publish = publish
        self._warm = warm
        self._marks = marks
        self._contracts = contracts
        self._clock = clock

    def __call__(self) -> None:
        """Bring the warm tables to the contracts, then the views."""
        for table in self._contracts:
            self._warm.ensure(table)
        for table, contract in self._contracts.items():
            self._publish.noting(table, self._noting(contract))

    def _noting(self, contract: Contract) -> Callable[[Since], Since]:
        marks = (self._marks.marks(contract.name), self._marks.marks(QUARANTINE))
        first = first_sure_generation(self._clock(), *marks)
        return lambda since: noted(contract, since, first=first)
