"""Settings of the promotion job."""

from __future__ import annotations

from thermocline.settings import Settings


class SparkSettings(Settings, frozen=True, kw_only=True):
    """Settings of the promotion job.

    Attributes
    ----------
    lake_bucket, ledger_table, database, subject_key_secret, storage_class, cold_storage_class
        As of the promote function.
    job_seconds
        After which the job is ended.
    """

    lake_bucket: str
    ledger_table: str
    database: str
    subject_key_secret: str
    storage_class: str
    cold_storage_class: str
    job_seconds: int
