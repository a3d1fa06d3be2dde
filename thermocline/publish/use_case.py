"""Publish a table: bring its view to the watermark in one optimistic update (ADR 36)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from thermocline.clock import Clock, jittered_pause
from thermocline.contracts import Contract
from thermocline.errors import LedgerBehind, ViewChanged
from thermocline.generations import BEGINNING
from thermocline.publish.ports import EnteredLedger, MarksLedger, StoredView, Views, WarmTables
from thermocline.publish.since import first_sure_generation, noted
from thermocline.streams import QUARANTINE

_MAX_TRIES = 8

Note = Callable[[StoredView | None], Mapping[str, str]]
"""Returns what a view is to note of typed columns, from the view that is there."""


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
        self.noting(table, lambda view: view.since if view else self._marks.since(table))

    def noting(self, table: str, note: Note) -> Mapping[str, str]:
        """Bring a table's view to its watermark, change what it notes of typed columns, and return these notes.

        The view's version is read before the watermark. So whoever writes a later watermark in between changes the
        version, and this view, which would go back, is refused.

        Raises
        ------
        ViewChanged
            The view changed between each read and the write that followed it.
        LedgerBehind
            The view would go back: the ledger was restored, and what is newer than it was not.
        """
        contract = self._contracts[table]
        retry = 0
        while True:
            view = self._views.read(contract.table)
            watermark = self._marks.marks(table).watermark
            if view and watermark < view.watermark:
                raise LedgerBehind(
                    f"the ledger's watermark of {table} is {watermark or 'lost'}, and its view's {view.watermark}: "
                    "run `lake restore ledger`"
                )
            version, since = view.version if view else None, note(view)
            try:
                self._views.write(contract, watermark=watermark, since=since, version=version)
            except ViewChanged:
                retry += 1
                if retry == _MAX_TRIES:
                    raise
                self._pause(retry)
            else:
                return since


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
        ledger: EnteredLedger,
        contracts: Mapping[str, Contract],
        clock: Clock,
    ) -> None:
        self._publish = publish
        self._warm = warm
        self._ledger = ledger
        self._contracts = contracts
        self._clock = clock

    def __call__(self) -> None:
        """Bring the warm tables to the contracts, then the views; the ledger keeps their notes, if one gets lost."""
        for table in self._contracts:
            self._warm.ensure(table)
        for table, contract in self._contracts.items():
            self._ledger.note(table, self._publish.noting(table, self._noting(contract)))

    def _noting(self, contract: Contract) -> Note:
        def note(view: StoredView | None) -> Mapping[str, str]:
            is_new = view is None and self._ledger.next_generation(contract.name, BEGINNING) is None
            before = view.since if view else self._ledger.since(contract.name)
            return noted(contract, before, first=BEGINNING if is_new else self._first(contract))

        return note

    def _first(self, contract: Contract) -> str:
        marks = (self._ledger.marks(contract.name), self._ledger.marks(QUARANTINE))
        return first_sure_generation(self._clock(), *marks)
