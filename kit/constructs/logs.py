"""Log groups: always with a retention, encrypted when there is a key."""

from __future__ import annotations

from typing import Final

import aws_cdk as cdk
from aws_cdk import aws_kms, aws_logs
from constructs import Construct

from kit.errors import DefinitionError

_RETENTION: Final = {
    1: aws_logs.RetentionDays.ONE_DAY,
    3: aws_logs.RetentionDays.THREE_DAYS,
    7: aws_logs.RetentionDays.ONE_WEEK,
    14: aws_logs.RetentionDays.TWO_WEEKS,
    30: aws_logs.RetentionDays.ONE_MONTH,
    60: aws_logs.RetentionDays.TWO_MONTHS,
    90: aws_logs.RetentionDays.THREE_MONTHS,
    180: aws_logs.RetentionDays.SIX_MONTHS,
    365: aws_logs.RetentionDays.ONE_YEAR,
    731: aws_logs.RetentionDays.TWO_YEARS,
    1827: aws_logs.RetentionDays.FIVE_YEARS,
}


def log_group(
    scope: Construct, construct_id: str, *, name: str | None, retention_days: int, encryption_key: aws_kms.IKey | None
) -> aws_logs.LogGroup:
    """Make a log group that is deleted with its stack: logs are not data to keep.

    Raises
    ------
    DefinitionError
        CloudWatch Logs cannot keep logs for that number of days.
    """
    if retention_days not in _RETENTION:
        known = ", ".join(map(str, _RETENTION))
        raise DefinitionError(f"logs cannot be kept {retention_days} days; use one of {known}")
    return aws_logs.LogGroup(
        scope,
        construct_id,
        log_group_name=name,
        retention=_RETENTION[retention_days],
        encryption_key=encryption_key,
        removal_policy=cdk.RemovalPolicy.DESTROY,
    )
