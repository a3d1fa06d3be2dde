"""Processing: raw arrivals become Parquet."""

from __future__ import annotations

from aws_cdk import aws_lambda
from constructs import Construct

from stacks.base import LakeStack
from stacks.config import Config
from stacks.constructs import Function
from stacks.storage import StorageStack
from thermocline.settings import ConvertSettings
from thermocline.tiers.layout import HOT, QUARANTINE, RAW


class ProcessingStack(LakeStack):
    """The convert function on the queue of arrivals."""

    def __init__(
        self, scope: Construct, *, config: Config, storage: StorageStack, packages: aws_lambda.Code | None
    ) -> None:
        super().__init__(scope, "processing", config=config, description="Thermocline: conversion of raw to Parquet")
        function = self._function(storage, packages)
        storage.lake.grant_read(function, f"{RAW}/*")
        for prefix in (HOT, QUARANTINE):
            storage.lake.grant_put(function, f"{prefix}/*")
        storage.ledger.grant(function, "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem")
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

    def _function(self, storage: StorageStack, packages: aws_lambda.Code | None) -> Function:
        convert = self.config.convert
        return Function(
            self,
            "Function",
            handler="lambdas/convert/handler.handler",
            function_name=self.name("convert"),
            memory_size=convert.memory_mb,
            timeout=convert.timeout_seconds,
            reserved_concurrency=convert.reserved_concurrency,
            settings=ConvertSettings(lake_bucket=storage.lake.bucket_name, ledger_table=storage.ledger.table_name),
            layers=[self.layer("Columnar", packages)] if packages else [],
        )
