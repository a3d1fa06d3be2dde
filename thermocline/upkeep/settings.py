"""Settings of the upkeep function."""

from __future__ import annotations

from thermocline.settings import Settings


class UpkeepSettings(Settings, frozen=True, kw_only=True):
    """Settings of the upkeep function.

    Attributes
    ----------
    lake_bucket, ledger_table
        As of the convert function.
    database
        The lake's database in the catalog.
    subject_key_secret
        As of the convert function.
    lease_seconds
        How long a lease of a warm table is held at most: longer than the function's timeout.
    memory_mb
        What a merge may take.
    storage_class
        Of the files that it writes.
    cold_storage_class
        Of sealed files.
    late_days
        A partition is sealed so many days after its last date.
    target_mib
        Size of a warm file; files below half of it are merged.
    least_files
        Fewer small files than this are not merged.
    most_mib
        One merge reads at most so much: with what is sorted it takes twelve times as much of the disk (ADR 42).
    clean_margin_hours
        How long the published view must have been past a generation before its hot files are deleted.
    orphan_age_days
        A younger object is no orphan: longer than the longest promoter, which is a Glue job of hours.
    raw_expire_after_days
        When raw objects expire: identities that are older serve no replay.
    """

    lake_bucket: str
    ledger_table: str
    database: str
    subject_key_secret: str
    lease_seconds: int
    memory_mb: int
    storage_class: str
    cold_storage_class: str
    late_days: int = 30
    target_mib: int = 128
    least_files: int = 4
    most_mib: int = 512
    clean_margin_hours: int = 24
    orphan_age_days: int = 3
    raw_expire_after_days: int = 180
