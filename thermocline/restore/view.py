"""Tell what a view lacks: publish makes it again, from the contract, the ledger's watermark and the ledger's notes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import msgspec

from thermocline.contracts import Contract
from thermocline.restore.ports import EnteredLedger, Views
from thermocline.streams import contract_of


class ViewState(msgspec.Struct, frozen=True, kw_only=True):
    """A view as the catalog has it, and the watermark that it is to have.

    Attributes
    ----------
    state
        ``there``: it is at its watermark. ``behind``: it will be published again. ``ahead``: the ledger is behind it.
    """

    table: str
    state: Literal["there", "lost", "behind", "ahead"]
    watermark: str


class LookAtView:
    """Compares a view with the ledger."""

    def __init__(self, *, views: Views, ledger: EnteredLedger, contracts: Mapping[str, Contract]) -> None:
        self._views = views
        self._ledger = ledger
        self._contracts = contracts

    def __call__(self, table: str) -> ViewState:
        """Return what a table's view is.

        Raises
        ------
        UnknownStream
            No contract has this name.
        """
        view = self._views.read(contract_of(table, self._contracts).table)
        watermark = self._ledger.marks(table).watermark
        state: Literal["there", "lost", "behind", "ahead"] = "there"
        if view is None:
            state = "lost"
        elif view.watermark != watermark:
            state = "behind" if view.watermark < watermark else "ahead"
        return ViewState(table=table, state=state, watermark=watermark)
