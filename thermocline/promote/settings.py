"""Settings of the promote function."""

from __future__ import annotations

from thermocline.settings import Settings


class PromoteSettings(Settings, frozen=True, kw_only=True):
    """Settings of the promote function.

    Attributes
    ----------
    lake_bucket
        Name of the bucket that holds hot/, quarantine/, warm/ and ids/.
    ledger_table
        Name of the DynamoDB table that holds entries, marks and leases.
    database
        Name of the Glue database of the lake's tables.
    subject_key_secret
        Name or ARN of the secret that subjects' digests are made with.
    memory_mb
        What sorting and deduplicating may take; more spills to the disk.
    lease_seconds
        How long a lease holds; longer than the function runs, or two could work at the same table.
    lambda_max_bytes
        A generation with more bytes in its hot files is too large for the function.
    stalled_hours
        How long a generation may wait for its entries before an execution is reported as failed.
    storage_class
        Of the files of warm tables.
    cold_storage_class
        Of sealed files, which a generation that is promoted anew may cut.
    spark_job
        Name of the Glue job for larger generations; "": it runs on this machine.
    job_seconds
        After which that job is ended.
    """

    lake_bucket: str
    ledger_table: str
    database: str
    subject_key_secret: str
    memory_mb: int
    lease_seconds: int
    lambda_max_bytes: int
    stalled_hours: int
    storage_class: str
    cold_storage_class: str
    spark_job: str = ""
    job_seconds: int = 10_800
