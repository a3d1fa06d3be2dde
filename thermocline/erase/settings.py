"""Settings of the erase function."""

from __future__ import annotations

from thermocline.settings import Settings


class EraseSettings(Settings, frozen=True, kw_only=True):
    """Settings of the erase function.

    Attributes
    ----------
    lake_bucket
        Name of the bucket that holds everything but results.
    results_bucket
        Name of the bucket of Athena's results; "" if the stage has none.
    ledger_table
        Name of the DynamoDB table that holds entries, marks, leases, the suppression list and the runs.
    database
        Name of the Glue database of the lake's tables.
    subject_key_secret
        Name or ARN of the secret that subjects' digests are made with.
    lease_seconds
        How long a lease holds; longer than the function runs.
    longest_attempt_seconds
        How long an attempt of convert lives at most, with a margin.
    settle_seconds
        The second pass begins so long after the first: longer than Firehose buffers, and than any promotion or attempt.
    storage_class
        Of the files of warm tables.
    cold_storage_class
        Of those that are sealed; "": the same.
    """

    lake_bucket: str
    results_bucket: str
    ledger_table: str
    database: str
    subject_key_secret: str
    lease_seconds: int
    longest_attempt_seconds: int
    settle_seconds: int
    storage_class: str
    cold_storage_class: str = ""
