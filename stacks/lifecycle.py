"""How long objects stay, and where."""

from __future__ import annotations

from typing import Final

import aws_cdk as cdk
from aws_cdk import aws_s3

from stacks.config import Lake
from thermocline.layout import FIREHOSE_ERRORS, HOT, RAW, RECOVERIES, REPLAY
from thermocline.streams import QUARANTINE

SMALLEST_WORTH_ARCHIVING: Final = 128 * 1024
_OLD_VERSIONS_DAYS: Final = 30
_UNFINISHED_UPLOAD_DAYS: Final = 7
_REPLAY_DAYS: Final = 7


def lake_rules(lake: Lake) -> list[aws_s3.LifecycleRule]:
    """Return the lake bucket's rules: raw is archived and expires, hot has a backstop, the rest stays.

    What is deleted, by a rule or by the lake's own functions, leaves an old version that stays for another month.
    """
    return [
        aws_s3.LifecycleRule(
            id="archive-raw",
            prefix=f"{RAW}/",
            # A transition costs more than it saves below this size.
            object_size_greater_than=SMALLEST_WORTH_ARCHIVING,
            transitions=[
                aws_s3.Transition(
                    storage_class=aws_s3.StorageClass.GLACIER_INSTANT_RETRIEVAL,
                    transition_after=cdk.Duration.days(lake.raw_glacier_ir_after_days),
                )
            ],
        ),
        *(
            aws_s3.LifecycleRule(
                id=f"expire-{prefix}", prefix=f"{prefix}/", expiration=cdk.Duration.days(lake.raw_expire_after_days)
            )
            for prefix in (RAW, RECOVERIES, FIREHOSE_ERRORS)
        ),
        # Cleaning deletes them when they are settled. This only ends what it left: long after the alarms of a promotion
        # that stands still, and while raw is there to make them again.
        *(
            aws_s3.LifecycleRule(
                id=f"backstop-{prefix}", prefix=f"{prefix}/", expiration=cdk.Duration.days(lake.hot_expire_after_days)
            )
            for prefix in (HOT, QUARANTINE)
        ),
        # A replay removes them when it ends; one that nobody brings to its end leaves them.
        aws_s3.LifecycleRule(id=f"backstop-{REPLAY}", prefix=f"{REPLAY}/", expiration=cdk.Duration.days(_REPLAY_DAYS)),
        aws_s3.LifecycleRule(
            id="remove-old-versions",
            noncurrent_version_expiration=cdk.Duration.days(_OLD_VERSIONS_DAYS),
            expired_object_delete_marker=True,
        ),
        _abort_unfinished_uploads(),
    ]


def expiring_rules(days: int) -> list[aws_s3.LifecycleRule]:
    """Return the rules of a bucket whose objects all expire."""
    return [aws_s3.LifecycleRule(id="expire", expiration=cdk.Duration.days(days)), _abort_unfinished_uploads()]


def _abort_unfinished_uploads() -> aws_s3.LifecycleRule:
    return aws_s3.LifecycleRule(
        id="abort-unfinished-uploads",
        abort_incomplete_multipart_upload_after=cdk.Duration.days(_UNFINISHED_UPLOAD_DAYS),
    )
