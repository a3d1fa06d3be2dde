"""The upkeep function: it cleans every hour, compacts, seals and retains every day, and sweeps orphans every week."""

from __future__ import annotations

from typing import Any, Final

import aws_cdk as cdk
from aws_cdk import aws_cloudwatch, aws_iam

from kit.constructs import Cron, Function
from kit.constructs.acknowledge import (
    acknowledge,
    acknowledge_grants,
    acknowledge_no_dead_letters,
    acknowledge_objects,
)
from stacks.base import LakeStack
from stacks.storage import StorageStack
from stacks.tables import commit_to_warm
from thermocline.layout import HOT, IDS, WARM
from thermocline.streams import QUARANTINE
from thermocline.upkeep.settings import UpkeepSettings

# A lease outlives the function that took it.
_LEASE_MARGIN_SECONDS: Final = 60
# What Python, Arrow and pyiceberg take beside DuckDB.
_OWN_MB: Final = 600

# The disk takes a merge's files, and ten times their size while they are sorted (measured), and the new ones.
_DISK_PER_MERGED: Final = 16

_DELETED_FROM: Final = {
    HOT: "cleans any table",
    QUARANTINE: "cleans bad rows",
    WARM: "rewrites any table",
    IDS: "sweeps any table",
}
_WRITTEN: Final = (WARM, IDS)

# Promotion runs at the beginning of an hour; the two exclude each other only while they commit to one table.
_SCHEDULES: Final[dict[str, tuple[str, dict[str, Any]]]] = {
    "clean": ("cron(40 * * * ? *)", {"do": "clean"}),
    "compact": ("cron(25 2 * * ? *)", {"do": "compact"}),
    "seal": ("cron(45 2 * * ? *)", {"do": "seal"}),
    "retain": ("cron(25 3 * * ? *)", {"do": "retain"}),
    "orphans": ("cron(25 4 ? * SUN *)", {"do": "orphans", "dry_run": False}),
}


def add_upkeep(stack: LakeStack, *, storage: StorageStack, database: str, storage_class: str) -> Function:
    """Add the function, its schedules and its alarm to a stack whose functions have pyiceberg's packages.

    Parameters
    ----------
    database
        The lake's database in Glue.
    storage_class
        Of the files of warm tables.
    """
    upkeep = stack.config.upkeep
    function = Function(
        stack,
        "Upkeep",
        handler="lambdas/upkeep/handler.handler",
        function_name=stack.name("upkeep"),
        description="Cleans, compacts, seals, retains, and sweeps orphans",
        memory_size=upkeep.memory_mb,
        timeout=upkeep.timeout_seconds,
        disk_mb=upkeep.disk_mb,
        reserved_concurrency=upkeep.reserved_concurrency,
        settings=UpkeepSettings(
            lake_bucket=storage.lake.cdk.bucket_name,
            ledger_table=storage.ledger.table_name,
            database=database,
            subject_key_secret=storage.subject_key.secret_arn,
            lease_seconds=upkeep.timeout_seconds + _LEASE_MARGIN_SECONDS,
            memory_mb=upkeep.memory_mb - _OWN_MB,
            storage_class=storage_class,
            cold_storage_class=upkeep.cold_storage_class,
            late_days=upkeep.late_days,
            most_mib=upkeep.disk_mb // _DISK_PER_MERGED,
            clean_margin_hours=upkeep.clean_margin_hours,
            orphan_age_days=upkeep.orphan_age_days,
            raw_expire_after_days=stack.config.lake.raw_expire_after_days,
        ),
        permissions=[*_objects(storage), *commit_to_warm(database), storage.read_subject_key()],
    )
    ledger = ("BatchGetItem", "GetItem", "PutItem", "Query", "UpdateItem")
    storage.ledger.grant(function, *(f"dynamodb:{action}" for action in ledger))
    storage.key.grant_encrypt_decrypt(function)
    acknowledge_grants(function, "kms:GenerateDataKey*", "kms:ReEncrypt*")
    acknowledge_no_dead_letters(function, "the next run of the schedule does what a failed one left")
    acknowledge_objects(function, storage.lake.cdk, {f"{prefix}/*": why for prefix, why in _DELETED_FROM.items()})
    for name in _SCHEDULES:
        _schedule(stack, function, name)
    _alarm(stack, function)
    return function


def _objects(storage: StorageStack) -> list[aws_iam.PolicyStatement]:
    """Allow to read and write warm files, and to delete current versions: old ones end by the bucket's rule."""
    lake = storage.lake.cdk
    rights = {"s3:GetObject": _WRITTEN, "s3:PutObject": _WRITTEN, "s3:DeleteObject": tuple(_DELETED_FROM)}
    return [
        *(
            aws_iam.PolicyStatement(
                actions=[action], resources=[lake.arn_for_objects(f"{each}/*") for each in prefixes]
            )
            for action, prefixes in rights.items()
        ),
        # Without it S3 answers "access denied" for a file that is missing. A read names no prefix, hence IfExists.
        aws_iam.PolicyStatement(
            actions=["s3:ListBucket"],
            resources=[lake.bucket_arn],
            conditions={"StringLikeIfExists": {"s3:prefix": [f"{prefix}/*" for prefix in _DELETED_FROM]}},
        ),
    ]


def _schedule(stack: LakeStack, function: Function, name: str) -> None:
    expression, event = _SCHEDULES[name]
    cron = Cron(
        stack,
        f"Upkeep{name.title()}",
        rule_name=stack.name(f"upkeep-{name}"),
        description=f"Upkeep of the levels: {name}",
        schedule=expression,
        job={"function": function, "job_props": {"event": event}},
    )
    acknowledge(cron.cdk, {"Serverless-EventBusDLQ": "a lost call is made good by the next one"})


def _alarm(stack: LakeStack, function: Function) -> None:
    """Add the alarm: a failed call is made twice more, so that a lease that was taken raises none."""
    function.metric_errors(period=cdk.Duration.hours(1)).create_alarm(
        stack,
        "UpkeepFailed",
        alarm_name=stack.name("upkeep-failed"),
        alarm_description="Upkeep of a table failed three times: the function's log names the table and the reason",
        threshold=3,
        evaluation_periods=1,
        treat_missing_data=aws_cloudwatch.TreatMissingData.NOT_BREACHING,
    )
