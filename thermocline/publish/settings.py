"""Settings of the publish function."""

from __future__ import annotations

from thermocline.settings import Settings


class PublishSettings(Settings, frozen=True, kw_only=True):
    """Settings of the publish function.

    Attributes
    ----------
    lake_bucket, ledger_table
        As of the convert function.
    database
        The lake's database in Glue.
    """

    lake_bucket: str
    ledger_table: str
    database: str
