"""Settings of the two functions that replay."""

from __future__ import annotations

from thermocline.settings import Settings


class BackfillSettings(Settings, frozen=True, kw_only=True):
    """Settings of the function that converts again.

    Attributes
    ----------
    lake_bucket, ledger_table, subject_key_secret
        As of the convert function.
    """

    lake_bucket: str
    ledger_table: str
    subject_key_secret: str


class ReplaySettings(BackfillSettings, frozen=True, kw_only=True):
    """Settings of the function that decides and commits.

    Attributes
    ----------
    backfills_queue_url
        URL of the queue of objects to convert.
    database, memory_mb, lease_seconds, storage_class, cold_storage_class
        As of the promote function.
    settled_hours
        How long the published view must have been past a generation that is replayed: longer than any query runs.
    """

    backfills_queue_url: str
    database: str
    memory_mb: int
    lease_seconds: int
    storage_class: str
    cold_storage_class: str
    settled_hours: int = 24
