"""Tell of the books: a metric per stream, the table that analysts query, and a line in the log for what is wrong."""

from __future__ import annotations

import datetime as dt
import logging

from thermocline.balance.model import Books, Range
from thermocline.balance.ports import BalanceMetrics, BalanceTable
from thermocline.balance.use_case import Balance
from thermocline.clock import Clock
from thermocline.generations import hour_of

logger = logging.getLogger(__name__)


class HourlyBalance:
    """Balances the generations of the last hours, and tells of it.

    Parameters
    ----------
    look_back
        How far back it balances.
    """

    def __init__(
        self,
        *,
        balance: Balance,
        metrics: BalanceMetrics,
        table: BalanceTable,
        clock: Clock,
        look_back: dt.timedelta,
    ) -> None:
        self._balance = balance
        self._metrics = metrics
        self._table = table
        self._clock = clock
        self._look_back = look_back

    def __call__(self, *, first: str | None = None, last: str | None = None) -> Books:
        """Balance a range of generations, by default the last ones."""
        now = self._clock()
        among = Range(first=first or hour_of(now - self._look_back), last=last)
        books = self._balance(among)
        self._table.replace(books.pages, among, checked_at=now)
        for stream in sorted(books.streams):
            self._metrics.unbalanced(stream, books.unbalanced_of(stream))
        for finding in books.findings():
            logger.error("unbalanced: %s", finding)
        return books
