"""The balance function: every hour it balances the books, and an alarm tells when they do not."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

import aws_cdk as cdk
from aws_cdk import aws_cloudwatch, aws_iam
from constructs import Construct, IConstruct

from kit.constructs import Cron, Function
from kit.constructs.acknowledge import (
    acknowledge,
    acknowledge_grants,
    acknowledge_no_dead_letters,
    acknowledge_objects,
)
from stacks.base import LakeStack
from stacks.storage import StorageStack
from thermocline.balance.settings import BalanceSettings
from thermocline.layout import BALANCE, HOT, IDS, RAW, WARM, warm_table
from thermocline.streams import QUARANTINE, load_streams

_LOOK_BACK_HOURS = 72
_NAMESPACE = "Thermocline"
_READ = {
    RAW: "counts lines of what is not done",
    HOT: "counts rows of any table",
    QUARANTINE: "counts the rows that were refused",
    WARM: "counts rows of any table",
    IDS: "counts the twins of any table",
}


def add_balance(stack: LakeStack, *, storage: StorageStack, database: str) -> Function:
    """Add the function, its schedule and its alarm to a stack whose functions have pyiceberg's packages.

    Parameters
    ----------
    database
        The lake's database in Glue.
    """
    function = Function(
        stack,
        "Balance",
        handler="lambdas/balance/handler.handler",
        function_name=stack.name("balance"),
        description="Balances the books of the last days",
        memory_size=1024,
        timeout=600,
        settings=BalanceSettings(
            lake_bucket=storage.lake.cdk.bucket_name,
            ledger_table=storage.ledger.table_name,
            database=database,
            look_back_hours=_LOOK_BACK_HOURS,
        ),
        permissions=[*_objects(storage), _tables(database), _metrics()],
    )
    storage.ledger.grant(function, "dynamodb:BatchGetItem", "dynamodb:GetItem", "dynamodb:Query")
    storage.key.grant_encrypt_decrypt(function)
    acknowledge_grants(function, "kms:GenerateDataKey*", "kms:ReEncrypt*")
    acknowledge_no_dead_letters(function, "the next hour's run balances the same books")
    keys = {f"{prefix}/*": reason for prefix, reason in {**_READ, BALANCE: "keeps a table of its own"}.items()}
    acknowledge_objects(function, storage.lake.cdk, keys)
    _schedule(stack, function)
    add_alarms(stack, load_streams())
    return function


def _objects(storage: StorageStack) -> list[aws_iam.PolicyStatement]:
    lake, keys = storage.lake.cdk, [f"{prefix}/*" for prefix in (*_READ, BALANCE)]
    return [
        aws_iam.PolicyStatement(actions=["s3:GetObject"], resources=[lake.arn_for_objects(key) for key in keys]),
        aws_iam.PolicyStatement(actions=["s3:PutObject"], resources=[lake.arn_for_objects(f"{BALANCE}/*")]),
        # Without it S3 answers "access denied" for a file that is missing. A read names no prefix, hence IfExists.
        aws_iam.PolicyStatement(
            actions=["s3:ListBucket"],
            resources=[lake.bucket_arn],
            conditions={"StringLikeIfExists": {"s3:prefix": keys}},
        ),
    ]


def _tables(database: str) -> aws_iam.PolicyStatement:
    tables = [f"table/{database}/{warm_table(contract.table)}" for contract in load_streams().values()]
    return aws_iam.PolicyStatement(
        actions=["glue:GetTable"],
        resources=[
            cdk.Fn.sub(f"arn:${{AWS::Partition}}:glue:${{AWS::Region}}:${{AWS::AccountId}}:{resource}")
            for resource in ("catalog", f"database/{database}", *tables)
        ],
    )


def _metrics() -> aws_iam.PolicyStatement:
    return aws_iam.PolicyStatement(actions=["cloudwatch:GetMetricStatistics"], resources=["*"])


def _schedule(stack: LakeStack, function: Function) -> None:
    role = cast(IConstruct, function.grant_principal)
    acknowledge(role, {"AwsSolutions-IAM5[Resource::*]": "CloudWatch's metrics know no resource"})
    cron = Cron(
        stack,
        "BalanceSchedule",
        rule_name=stack.name("balance"),
        description="The books are balanced every hour",
        schedule="rate(1 hour)",
        job=function,
    )
    acknowledge(cron.cdk, {"Serverless-EventBusDLQ": "a lost call is made good by the next hour's"})


def add_alarms(stack: LakeStack, streams: Iterable[str]) -> None:
    """Add an alarm for each stream; while the function does not run, it stays as it is."""
    unbalanced = Construct(stack, "Unbalanced")  # a scope of their own: streams may be named alike but for a _
    for stream in streams:
        aws_cloudwatch.Alarm(
            unbalanced,
            stream,
            alarm_name=stack.name(f"unbalanced-{stream}"),
            alarm_description=f"`lake balance --stream {stream}` names the generations that do not balance",
            metric=aws_cloudwatch.Metric(
                namespace=_NAMESPACE,
                metric_name="Unbalanced",
                dimensions_map={"Stream": stream},
                statistic="Maximum",
                period=cdk.Duration.hours(1),
            ),
            threshold=1,
            evaluation_periods=1,
            comparison_operator=aws_cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
            treat_missing_data=aws_cloudwatch.TreatMissingData.IGNORE,
        )
