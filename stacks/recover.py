"""Recovery from quarantine: a function that reads refused events again, as ingest and convert do today."""

from __future__ import annotations

from pathlib import Path
from typing import Final, cast

from aws_cdk import aws_iam, aws_lambda

from kit.constructs import Function
from kit.constructs.acknowledge import acknowledge_grants, acknowledge_no_dead_letters, acknowledge_objects
from stacks.base import LakeStack
from stacks.layers import READING, WARM
from stacks.storage import StorageStack
from stacks.tables import on_tables
from thermocline.layout import IDS, RAW, RECOVERIES, warm_prefix, warm_table
from thermocline.recover.settings import RecoverSettings
from thermocline.streams import QUARANTINE

# A lease outlives the function that took it.
_LEASE_MARGIN_SECONDS: Final = 60
# What Python, Arrow and pyiceberg take beside DuckDB.
_OWN_MB: Final = 800
# After the last object: a minute for convert to begin, and the commit.
_LAST_SECONDS: Final = 300
_ITEMS: Final = ("GetItem", "BatchGetItem", "Query", "UpdateItem")
_QUARANTINE_FILES: Final = (warm_prefix(QUARANTINE), f"{IDS}/{QUARANTINE}/")


def add_recover(
    stack: LakeStack, *, storage: StorageStack, database: str, write_keys: str, packages: Path | None
) -> Function:
    """Add the function to a stack.

    Parameters
    ----------
    database
        Name of the Glue database of the lake's tables.
    write_keys
        Name of the secret that write keys are derived from: private sources' pseudonyms are, too.
    packages
        Folder of the layer that it has beside the stack's own; None: offline there are no layers.
    """
    replay = stack.config.replay
    function = Function(
        stack,
        "Recover",
        handler="lambdas/recover/handler.handler",
        function_name=stack.name("recover"),
        description="Brings events that are good by the contracts of today back from quarantine",
        memory_size=replay.memory_mb,
        timeout=replay.timeout_seconds,
        reserved_concurrency=replay.reserved_concurrency,
        packages=[*WARM, *READING],
        layers=[stack.layer("Reading", packages)] if packages else [],
        settings=RecoverSettings(
            lake_bucket=storage.lake.cdk.bucket_name,
            ledger_table=storage.ledger.table_name,
            arrivals_queue_url=storage.arrivals.cdk.queue_url,
            sources_file=stack.config.file,
            write_key_secret=write_keys,
            epochs_table=storage.epochs.table_name,
            database=database,
            memory_mb=replay.memory_mb - _OWN_MB,
            lease_seconds=replay.timeout_seconds + _LEASE_MARGIN_SECONDS,
            storage_class=stack.config.promote.storage_class,
            cold_storage_class=stack.config.upkeep.cold_storage_class,
            recover_seconds=max(1, replay.timeout_seconds - _LAST_SECONDS),
        ),
        permissions=[
            *_objects(storage),
            *_tables(database),
            aws_iam.PolicyStatement(actions=["dynamodb:GetItem"], resources=[storage.epochs.cdk.table_arn]),
            stack.read_secret(write_keys),
            storage.arrivals.grant_send_messages,
        ],
    )
    resource = cast(aws_lambda.CfnFunction, function.node.default_child)
    resource.ephemeral_storage = aws_lambda.CfnFunction.EphemeralStorageProperty(size=replay.disk_mb)
    storage.ledger.grant(function, *(f"dynamodb:{action}" for action in _ITEMS))
    storage.key.grant_encrypt_decrypt(function)
    acknowledge_grants(function, "kms:GenerateDataKey*", "kms:ReEncrypt*")
    acknowledge_no_dead_letters(function, "`lake replay --from-quarantine` calls it, and waits for its answer")
    why = dict.fromkeys(_QUARANTINE_FILES, "reads and writes any file of quarantine")
    why |= {f"{RAW}/": "writes recovered objects of any stream", f"{RECOVERIES}/": "keeps any object's list of rows"}
    acknowledge_objects(function, storage.lake.cdk, {f"{prefix}*": reason for prefix, reason in why.items()})
    return function


def _objects(storage: StorageStack) -> list[aws_iam.PolicyStatement]:
    lake, both = storage.lake.cdk, (*_QUARANTINE_FILES, f"{RAW}/", f"{RECOVERIES}/")
    resources = [lake.arn_for_objects(f"{prefix}*") for prefix in both]
    return [
        aws_iam.PolicyStatement(actions=["s3:GetObject", "s3:PutObject"], resources=resources),
        # Without it S3 answers "access denied" for what is missing. A read names no prefix, hence IfExists.
        aws_iam.PolicyStatement(
            actions=["s3:ListBucket"],
            resources=[lake.bucket_arn],
            conditions={"StringLikeIfExists": {"s3:prefix": [f"{prefix}*" for prefix in both]}},
        ),
    ]


def _tables(database: str) -> list[aws_iam.PolicyStatement]:
    """Allow to commit to quarantine."""
    return [on_tables(["glue:GetTable", "glue:UpdateTable"], database, [warm_table(QUARANTINE)])]
