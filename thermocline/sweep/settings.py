"""Settings of the sweep function."""

from __future__ import annotations

from thermocline.settings import Settings


class SweepSettings(Settings, frozen=True, kw_only=True):
    """Settings of the sweep function.

    Attributes
    ----------
    lake_bucket, ledger_table
        As of the convert function.
    arrivals_queue_url
        URL of the queue that convert reads.
    settle_minutes
        A raw object younger than this is left out: its message may be on its way.
    look_back_hours
        Raw objects of this many hours are compared with the ledger.
    """

    lake_bucket: str
    ledger_table: str
    arrivals_queue_url: str
    settle_minutes: int
    look_back_hours: int
