"""Replays from raw: the function that decides and commits, and the queue and function that convert again."""

from __future__ import annotations

from typing import Final, cast

from aws_cdk import aws_iam, aws_lambda

from kit.constructs import Function, Queue
from kit.constructs.acknowledge import (
    acknowledge_grants,
    acknowledge_no_dead_letters,
    acknowledge_objects,
)
from stacks.base import LakeStack
from stacks.storage import StorageStack
from stacks.tables import commit_to_warm
from thermocline.layout import IDS, RAW, REPLAY, WARM
from thermocline.replay.settings import BackfillSettings, ReplaySettings

# A lease outlives the function that took it.
_LEASE_MARGIN_SECONDS: Final = 60
# What Python, Arrow and pyiceberg take beside DuckDB.
_OWN_MB: Final = 600
# Longer than the function runs, as SQS asks for: a message that failed comes again after it.
_VISIBILITY: Final = 2

_KEYS_GRANTED: Final = ("kms:GenerateDataKey*", "kms:ReEncrypt*")
_ITEMS: Final = ("GetItem", "Query", "PutItem", "UpdateItem", "DeleteItem")


def add_replay(stack: LakeStack, *, storage: StorageStack, database: str) -> Function:
    """Add the functions and the queue to a stack whose functions have pyiceberg's packages.

    Parameters
    ----------
    database
        Name of the Glue database of the lake's tables.
    """
    queue = _backfills(stack, storage)
    replay = stack.config.replay
    function = Function(
        stack,
        "Replay",
        handler="lambdas/replay/handler.handler",
        function_name=stack.name("replay"),
        description="Replaces generations by what their raw objects are by the contracts of today",
        memory_size=replay.memory_mb,
        timeout=replay.timeout_seconds,
        reserved_concurrency=replay.reserved_concurrency,
        settings=ReplaySettings(
            lake_bucket=storage.lake.cdk.bucket_name,
            ledger_table=storage.ledger.table_name,
            subject_key_secret=storage.subject_key.secret_arn,
            backfills_queue_url=queue.cdk.queue_url,
            database=database,
            memory_mb=replay.memory_mb - _OWN_MB,
            lease_seconds=replay.timeout_seconds + _LEASE_MARGIN_SECONDS,
            storage_class=stack.config.promote.storage_class,
            cold_storage_class=stack.config.upkeep.cold_storage_class,
            settled_hours=stack.config.upkeep.clean_margin_hours,
        ),
        permissions=[
            _objects(storage, "s3:GetObject", REPLAY, WARM, IDS),
            _objects(storage, "s3:PutObject", REPLAY, WARM, IDS),
            _objects(storage, "s3:DeleteObject", REPLAY),
            _listing(storage, RAW, REPLAY, WARM, IDS),
            *commit_to_warm(database),
            storage.read_subject_key(),
            queue.grant_send_messages,
        ],
    )
    resource = cast(aws_lambda.CfnFunction, function.node.default_child)
    resource.ephemeral_storage = aws_lambda.CfnFunction.EphemeralStorageProperty(size=replay.disk_mb)
    storage.ledger.grant(function, *(f"dynamodb:{action}" for action in (*_ITEMS, "BatchGetItem")))
    storage.key.grant_encrypt_decrypt(function)
    acknowledge_grants(function, *_KEYS_GRANTED)
    acknowledge_no_dead_letters(function, "`lake replay` calls it, and waits for its answer")
    why = {REPLAY: "removes any run", WARM: "commits to any table", IDS: "decides any table"}
    acknowledge_objects(function, storage.lake.cdk, {f"{prefix}/*": reason for prefix, reason in why.items()})
    return function


def _backfills(stack: LakeStack, storage: StorageStack) -> Queue:
    """Add the queue of objects to convert again, apart from that of arrivals, and its consumer."""
    convert, replay = stack.config.convert, stack.config.replay
    queue = Queue(
        stack,
        "Backfills",
        queue_name=stack.name("backfills"),
        visibility_timeout=_VISIBILITY * convert.timeout_seconds,
        max_receive_count=replay.max_receive_count,
    )
    function = Function(
        stack,
        "Backfill",
        handler="lambdas/backfill/handler.handler",
        function_name=stack.name("backfill"),
        description="Converts raw objects again for a replay",
        memory_size=convert.memory_mb,
        timeout=convert.timeout_seconds,  # an erasure waits so long for an attempt that does not end
        reserved_concurrency=convert.reserved_concurrency,
        settings=BackfillSettings(
            lake_bucket=storage.lake.cdk.bucket_name,
            ledger_table=storage.ledger.table_name,
            subject_key_secret=storage.subject_key.secret_arn,
        ),
        permissions=[
            _objects(storage, "s3:GetObject", RAW),
            _objects(storage, "s3:PutObject", REPLAY),
            _listing(storage, RAW),
            storage.read_subject_key(),
        ],
    )
    queue.add_consumer(stack, {"function": function, "batch_size": 1, "max_concurrency": replay.max_concurrency})
    storage.ledger.grant(function, *(f"dynamodb:{action}" for action in (*_ITEMS, "ConditionCheckItem")))
    storage.key.grant_encrypt_decrypt(function)
    acknowledge_grants(function, *_KEYS_GRANTED)
    acknowledge_no_dead_letters(function, "only its queue invokes it, which has dead letters")
    acknowledge_objects(
        function, storage.lake.cdk, {f"{RAW}/*": "reads any object", f"{REPLAY}/*": "writes files of any run"}
    )
    return queue


def _objects(storage: StorageStack, action: str, *prefixes: str) -> aws_iam.PolicyStatement:
    resources = [storage.lake.cdk.arn_for_objects(f"{prefix}/*") for prefix in prefixes]
    return aws_iam.PolicyStatement(actions=[action], resources=resources)


def _listing(storage: StorageStack, *prefixes: str) -> aws_iam.PolicyStatement:
    """Allow to list prefixes: without it S3 answers "access denied" for a file that is missing.

    A read names no prefix, hence IfExists.
    """
    return aws_iam.PolicyStatement(
        actions=["s3:ListBucket"],
        resources=[storage.lake.cdk.bucket_arn],
        conditions={"StringLikeIfExists": {"s3:prefix": [f"{prefix}/*" for prefix in prefixes]}},
    )
