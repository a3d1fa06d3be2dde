"""The erase function: a command calls it, and an hourly schedule goes on with what is due.

No other function may delete versions of objects.
"""

from __future__ import annotations

from typing import Final, cast

import aws_cdk as cdk
from aws_cdk import aws_cloudwatch, aws_iam, aws_lambda, aws_s3

from kit.constructs import Cron, Function
from kit.constructs.acknowledge import (
    acknowledge,
    acknowledge_grants,
    acknowledge_no_dead_letters,
    acknowledge_objects,
)
from stacks.base import LakeStack
from stacks.config import Config
from stacks.storage import StorageStack
from stacks.tables import on_tables
from thermocline.erase.settings import EraseSettings
from thermocline.layout import (
    BALANCE,
    ERASURE,
    FIREHOSE_ERRORS,
    HOT,
    IDS,
    RAW,
    REPLAY,
    SUBJECTS,
    WARM,
    warm_table,
)
from thermocline.streams import QUARANTINE, load_streams

# A lease, and what it guards, outlives the function that took it.
_MARGIN_SECONDS: Final = 60

_REWRITTEN: Final = {
    RAW: "takes lines out of any raw object",
    HOT: "takes rows out of any hot file",
    QUARANTINE: "takes rows that were refused",
    WARM: "commits to any table",
    IDS: "takes identities of any table",
    SUBJECTS: "takes digests of any raw object",
    FIREHOSE_ERRORS: "takes lines that could not be delivered",
    ERASURE: "keeps findings and proofs",
}
_DELETED_FROM: Final = {**_REWRITTEN, REPLAY: "removes what replays left"}
_LISTED: Final = {**_DELETED_FROM, BALANCE: "counts objects for the proof"}
_RESULTS: Final = "any result of Athena may have the value of a subject"


def add_erase(stack: LakeStack, *, storage: StorageStack, database: str, storage_class: str) -> Function:
    """Add the function, its schedule and its alarm to a stack whose functions have pyiceberg's packages.

    Parameters
    ----------
    database
        The lake's database in Glue.
    storage_class
        Of the files of warm tables.
    """
    erase = stack.config.erase
    function = Function(
        stack,
        "Erase",
        handler="lambdas/erase/handler.handler",
        function_name=stack.name("erase"),
        description="Erases subjects, and proves it",
        memory_size=erase.memory_mb,
        timeout=erase.timeout_seconds,
        reserved_concurrency=erase.reserved_concurrency,
        settings=EraseSettings(
            lake_bucket=storage.lake.cdk.bucket_name,
            results_bucket=storage.results.cdk.bucket_name,
            ledger_table=storage.ledger.table_name,
            database=database,
            subject_key_secret=storage.subject_key.secret_arn,
            lease_seconds=erase.timeout_seconds + _MARGIN_SECONDS,
            longest_attempt_seconds=stack.config.convert.timeout_seconds + _MARGIN_SECONDS,
            settle_seconds=settle_seconds(stack.config),
            storage_class=storage_class,
            cold_storage_class=stack.config.upkeep.cold_storage_class,
        ),
        permissions=[
            *_objects(storage.lake.cdk, offline=stack.config.offline),
            *_results(storage.results.cdk),
            _tables(database),
            storage.read_subject_key(),
        ],
    )
    resource = cast(aws_lambda.CfnFunction, function.node.default_child)
    resource.ephemeral_storage = aws_lambda.CfnFunction.EphemeralStorageProperty(size=erase.disk_mb)
    ledger = ("BatchGetItem", "GetItem", "PutItem", "Query", "UpdateItem")
    storage.ledger.grant(function, *(f"dynamodb:{action}" for action in ledger))
    storage.key.grant_encrypt_decrypt(function)
    acknowledge_grants(function, "kms:GenerateDataKey*", "kms:ReEncrypt*")
    acknowledge_no_dead_letters(function, "the next call of the schedule goes on where a failed one stopped")
    acknowledge_objects(function, storage.lake.cdk, {f"{prefix}/*": why for prefix, why in _DELETED_FROM.items()})
    acknowledge_objects(function, storage.results.cdk, {"*": _RESULTS})
    _schedule(stack, function)
    _alarm(stack, function)
    return function


def settle_seconds(config: Config) -> int:
    """Return how long after the first pass nothing can arrive any more that was under way before it.

    A Glue job of hours is none of it: it holds the lease of its table, which the first pass has had since.
    """
    longest = (config.firehose.buffer_seconds, config.promote.timeout_seconds, config.convert.timeout_seconds,
               config.upkeep.timeout_seconds, config.replay.timeout_seconds)  # fmt: skip
    return max(longest) + _MARGIN_SECONDS


def _objects(lake: aws_s3.Bucket, *, offline: bool) -> list[aws_iam.PolicyStatement]:
    """Allow to read, to write again and to delete for good: all versions, because old ones have the values, too."""
    # The emulator takes the first version of a DeleteObjects for an object.
    deletion = ("s3:DeleteObject", "s3:DeleteObjectVersion") if offline else ("s3:DeleteObjectVersion",)
    rights = {
        ("s3:GetObject", "s3:GetObjectVersion"): _DELETED_FROM,
        ("s3:PutObject",): _REWRITTEN,
        deletion: _DELETED_FROM,
    }
    return [
        *(
            aws_iam.PolicyStatement(
                actions=[*actions], resources=[lake.arn_for_objects(f"{prefix}/*") for prefix in prefixes]
            )
            for actions, prefixes in rights.items()
        ),
        # Without it S3 answers "access denied" for a file that is missing. A read names no prefix, hence IfExists.
        aws_iam.PolicyStatement(
            actions=["s3:ListBucket", "s3:ListBucketVersions"],
            resources=[lake.bucket_arn],
            conditions={"StringLikeIfExists": {"s3:prefix": [f"{prefix}/*" for prefix in _LISTED]}},
        ),
    ]


def _results(results: aws_s3.Bucket) -> list[aws_iam.PolicyStatement]:
    """Allow to delete results of queries; the bucket has no versions, and each object has the version ``null``."""
    return [
        aws_iam.PolicyStatement(
            actions=["s3:GetObject", "s3:GetObjectVersion", "s3:DeleteObject", "s3:DeleteObjectVersion"],
            resources=[results.arn_for_objects("*")],
        ),
        aws_iam.PolicyStatement(actions=["s3:ListBucket", "s3:ListBucketVersions"], resources=[results.bucket_arn]),
    ]


def _tables(database: str) -> aws_iam.PolicyStatement:
    warm = [warm_table(contract.table) for contract in load_streams().values()]
    return on_tables(["glue:GetTable", "glue:UpdateTable"], database, warm)


def _schedule(stack: LakeStack, function: Function) -> None:
    cron = Cron(
        stack,
        "EraseDue",
        rule_name=stack.name("erase-due"),
        description="Goes on with erasures whose next turn is due",
        schedule="cron(50 * * * ? *)",
        job={"function": function, "job_props": {"event": {"action": "due"}}},
    )
    acknowledge(cron.cdk, {"Serverless-EventBusDLQ": "a lost call is made good by the next one"})


def _alarm(stack: LakeStack, function: Function) -> None:
    """Add the alarm: a failed call is made twice more, so that a lease that was taken raises none."""
    function.metric_errors(period=cdk.Duration.hours(1)).create_alarm(
        stack,
        "EraseFailed",
        alarm_name=stack.name("erase-failed"),
        alarm_description="An erasure failed three times: the function's log names the run and the reason",
        threshold=3,
        evaluation_periods=1,
        treat_missing_data=aws_cloudwatch.TreatMissingData.NOT_BREACHING,
    )
