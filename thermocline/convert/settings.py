"""Settings of the convert function."""

from __future__ import annotations

from thermocline.settings import Settings


class ConvertSettings(Settings, frozen=True, kw_only=True):
    """Settings of the convert function.

    Attributes
    ----------
    lake_bucket
        Name of the bucket that holds raw/, hot/ and quarantine/.
    ledger_table
        Name of the DynamoDB table that holds the ledger.
    arrivals_queue_url
        URL of the queue whose messages it works on.
    subject_key_secret
        Name or ARN of the secret that subjects' digests are made with.
    first_retry_seconds, longest_retry_seconds
        How long a message that failed waits at first, and at most.
    """

    lake_bucket: str
    ledger_table: str
    arrivals_queue_url: str
    subject_key_secret: str
    first_retry_seconds: int = 30
    longest_retry_seconds: int = 1_920
