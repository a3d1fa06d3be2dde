"""Processing: raw arrivals become Parquet, and a sweeper finds those that were missed."""

from __future__ import annotations

from pathlib import Path

import aws_cdk as cdk
from aws_cdk import aws_cloudwatch, aws_iam, aws_s3
from constructs import Construct

from kit.constructs import Cron, Function
from kit.constructs.acknowledge import (
    acknowledge,
    acknowledge_grants,
    acknowledge_no_dead_letters,
    acknowledge_objects,
)
from stacks.base import LakeStack
from stacks.config import Config
from stacks.layers import COLUMNAR
from stacks.storage import StorageStack
from thermocline.convert.settings import ConvertSettings
from thermocline.layout import HOT, RAW, SUBJECTS
from thermocline.streams import QUARANTINE
from thermocline.sweep.settings import SweepSettings

_NAMESPACE = "Thermocline"
# A transaction needs the right to each of its writes, and to each item that it only checks.
_ATTEMPTS = (
    "dynamodb:GetItem",
    "dynamodb:Query",
    "dynamodb:PutItem",
    "dynamodb:UpdateItem",
    "dynamodb:DeleteItem",
    "dynamodb:ConditionCheckItem",
)
_SWEEPS = (
    "dynamodb:BatchGetItem",
    "dynamodb:GetItem",
    "dynamodb:Query",
    "dynamodb:PutItem",
    "dynamodb:UpdateItem",
    "dynamodb:DeleteItem",
)


class ProcessingStack(LakeStack):
    """The convert function on the queue of arrivals, and the sweeper on a schedule."""

    def __init__(self, scope: Construct, *, config: Config, storage: StorageStack, packages: Path | None) -> None:
        super().__init__(scope, "processing", config=config, description="Thermocline: conversion of raw to Parquet")
        layers = [self.layer("Columnar", packages)] if packages else []
        self.set_default_function_props({"packages": COLUMNAR, "layers": layers})
        function = self._function(storage)
        function.attach_permissions([_objects(storage.lake.cdk, "s3:GetObject", RAW)])
        function.attach_permissions([_objects(storage.lake.cdk, "s3:PutObject", HOT, QUARANTINE, SUBJECTS)])
        function.attach_permissions([storage.read_subject_key()])
        storage.key.grant_encrypt_decrypt(function)
        storage.ledger.grant(function, *_ATTEMPTS)
        convert = config.convert
        storage.arrivals.add_consumer(
            self,
            {
                "function": function,
                "batch_size": convert.batch_size,
                "batch_window": convert.batch_window_seconds,
                "max_concurrency": convert.max_concurrency,
            },
        )
        self._acknowledge_rights(function, storage.lake.cdk)
        self._schedule(self._sweeper(storage))
        self._alarm_of_parked_objects()

    def _function(self, storage: StorageStack) -> Function:
        convert = self.config.convert
        return Function(
            self,
            "Function",
            handler="lambdas/convert/handler.handler",
            function_name=self.name("convert"),
            memory_size=convert.memory_mb,
            timeout=convert.timeout_seconds,
            reserved_concurrency=convert.reserved_concurrency,
            settings=ConvertSettings(
                lake_bucket=storage.lake.cdk.bucket_name,
                ledger_table=storage.ledger.table_name,
                arrivals_queue_url=storage.arrivals.cdk.queue_url,
                subject_key_secret=storage.subject_key.secret_arn,
                first_retry_seconds=convert.first_retry_seconds,
                longest_retry_seconds=convert.longest_retry_seconds,
            ),
        )

    def _sweeper(self, storage: StorageStack) -> Function:
        sweep = self.config.sweep
        function = Function(
            self,
            "Sweeper",
            handler="lambdas/sweep/handler.handler",
            function_name=self.name("sweep"),
            description="Queues again the raw objects that convert missed",
            memory_size=512,
            timeout=300,
            reserved_concurrency=sweep.reserved_concurrency,
            settings=SweepSettings(
                lake_bucket=storage.lake.cdk.bucket_name,
                ledger_table=storage.ledger.table_name,
                arrivals_queue_url=storage.arrivals.cdk.queue_url,
                settle_minutes=sweep.settle_minutes,
                look_back_hours=sweep.look_back_hours,
            ),
            permissions=[_list_raw(storage.lake.cdk), storage.arrivals.grant_send_messages],
        )
        storage.ledger.grant(function, *_SWEEPS)
        storage.key.grant_encrypt_decrypt(function)
        acknowledge_grants(function, "kms:GenerateDataKey*", "kms:ReEncrypt*")
        acknowledge_no_dead_letters(function, "the next hour's run does what a failed one left")
        return function

    def _acknowledge_rights(self, convert: Function, lake: aws_s3.IBucket) -> None:
        acknowledge_no_dead_letters(convert, "only its queue invokes it, which has dead letters")
        acknowledge_grants(convert, "kms:GenerateDataKey*", "kms:ReEncrypt*")
        keys = {f"{RAW}/*": "reads any arrival", f"{HOT}/*": "writes any table", f"{QUARANTINE}/*": "writes bad rows"}
        keys[f"{SUBJECTS}/*"] = "writes the digests of any object's subjects"
        acknowledge_objects(convert, lake, keys)

    def _schedule(self, sweeper: Function) -> None:
        description = "Raw objects that convert missed are queued again every hour"
        name = self.name("sweep")
        cron = Cron(
            self, "SweepSchedule", rule_name=name, description=description, schedule="rate(1 hour)", job=sweeper
        )
        acknowledge(cron.cdk, {"Serverless-EventBusDLQ": "a lost call is made good by the next hour's"})

    def _alarm_of_parked_objects(self) -> None:
        aws_cloudwatch.Alarm(
            self,
            "Parked",
            alarm_name=self.name("parked"),
            alarm_description="Raw objects that convert cannot finish: see its log, then `lake redrive`",
            metric=aws_cloudwatch.Metric(
                namespace=_NAMESPACE, metric_name="ParkedObjects", statistic="Maximum", period=cdk.Duration.hours(1)
            ),
            threshold=1,
            evaluation_periods=1,
            comparison_operator=aws_cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
            treat_missing_data=aws_cloudwatch.TreatMissingData.IGNORE,
        )


def _objects(lake: aws_s3.IBucket, action: str, *prefixes: str) -> aws_iam.PolicyStatement:
    """Allow one action on objects below prefixes; CDK's grants bring six more actions that convert never takes."""
    resources = [lake.arn_for_objects(f"{prefix}/*") for prefix in prefixes]
    return aws_iam.PolicyStatement(actions=[action], resources=resources)


def _list_raw(lake: aws_s3.IBucket) -> aws_iam.PolicyStatement:
    """Allow to list raw/ and nothing beside it; CDK's own grant would reach the whole bucket's keys."""
    return aws_iam.PolicyStatement(
        actions=["s3:ListBucket"],
        resources=[lake.bucket_arn],
        conditions={"StringLike": {"s3:prefix": f"{RAW}/*"}},
    )
