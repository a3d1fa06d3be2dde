"""Settings of the balance function."""

from __future__ import annotations

from thermocline.settings import Settings


class BalanceSettings(Settings, frozen=True, kw_only=True):
    """Settings of the balance function.

    Attributes
    ----------
    lake_bucket, ledger_table
        As of the convert function.
    database
        The Glue database of the warm tables.
    look_back_hours
        The generations of so many hours are balanced.
    """

    lake_bucket: str
    ledger_table: str
    database: str
    look_back_hours: int
