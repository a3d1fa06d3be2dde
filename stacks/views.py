"""Views: what a deployment ends with brings the warm tables and the views to their contracts (ADR 36)."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import cast

import aws_cdk as cdk
import msgspec
from aws_cdk import aws_iam, aws_lambda
from constructs import Construct

from kit.constructs import Function
from kit.constructs.acknowledge import acknowledge_grants, acknowledge_no_dead_letters, acknowledge_objects
from stacks.base import LakeStack
from stacks.catalog import CatalogStack
from stacks.config import Config
from stacks.layers import WARM
from stacks.storage import StorageStack
from stacks.tables import on_tables
from thermocline.layout import WARM as WARM_LEVEL
from thermocline.layout import metadata_prefix, warm_table
from thermocline.publish.settings import PublishSettings
from thermocline.streams import load_streams

# A function that is killed answers nothing: the deployment waits no longer than it.
_LONGEST = cdk.Duration.minutes(5)


class ViewsStack(LakeStack):
    """The publish function, and its call at the end of each deployment that changes contracts or code.

    CloudFormation knows no view and no warm table: it would set them back to what it made. They go with their database.
    """

    def __init__(
        self, scope: Construct, *, config: Config, storage: StorageStack, catalog: CatalogStack, packages: Path | None
    ) -> None:
        super().__init__(scope, "views", config=config, description="Thermocline: warm tables and views")
        self.add_stack_dependency(catalog)
        layers = [self.layer("Warm", packages)] if packages else []
        function = Function(
            self,
            "Publish",
            handler="lambdas/publish/handler.handler",
            function_name=self.name("publish"),
            description="Brings warm tables and views to their contracts, and views to their watermarks",
            packages=WARM,
            layers=layers,
            memory_size=1024,
            timeout=_LONGEST,
            reserved_concurrency=2 if config.offline else None,
            settings=PublishSettings(
                lake_bucket=storage.lake.cdk.bucket_name,
                ledger_table=storage.ledger.table_name,
                database=catalog.database_name,
            ),
            permissions=[_tables(catalog.database_name), *_objects(storage)],
        )
        storage.ledger.grant(function, "dynamodb:GetItem", "dynamodb:Query", "dynamodb:UpdateItem")
        storage.key.grant_encrypt_decrypt(function)
        acknowledge_grants(function, "kms:GenerateDataKey*", "kms:ReEncrypt*")
        acknowledge_no_dead_letters(function, "the deployment that calls it fails with it")
        acknowledge_objects(function, storage.lake.cdk, {f"{WARM_LEVEL}/*": "makes and changes any warm table"})
        self._at_the_end(function)

    def _at_the_end(self, function: Function) -> None:
        """Let CloudFormation call the function itself, after everything else and when contracts or code are new."""
        code = cast(aws_lambda.CfnFunction, function.node.default_child).code
        ended = cdk.CustomResource(
            self,
            "Deployed",
            service_token=function.function_arn,
            service_timeout=_LONGEST,
            resource_type="Custom::Views",
            properties={"Contracts": _hash(list(load_streams().values())), "Code": _hash(self.resolve(code))},
        )
        ended.node.add_dependency(cast(aws_iam.Role, function.role))


def _hash(value: object) -> str:
    return hashlib.sha256(msgspec.json.encode(value)).hexdigest()[:16]


def _tables(database: str) -> aws_iam.PolicyStatement:
    """Allow to read, make and change the warm tables and the views, and no hot table."""
    names = [name for contract in load_streams().values() for name in (contract.table, warm_table(contract.table))]
    return on_tables(["glue:CreateTable", "glue:GetTable", "glue:UpdateTable"], database, names)


def _objects(storage: StorageStack) -> list[aws_iam.PolicyStatement]:
    """Allow to read and write the warm tables' metadata, and to see whether a table that is not there had some."""
    lake = storage.lake.cdk
    prefixes = [metadata_prefix(stream) for stream in load_streams()]
    return [
        aws_iam.PolicyStatement(
            actions=["s3:GetObject", "s3:PutObject"], resources=[lake.arn_for_objects(f"{WARM_LEVEL}/*")]
        ),
        aws_iam.PolicyStatement(
            actions=["s3:ListBucket"],
            resources=[lake.bucket_arn],
            conditions={"StringEquals": {"s3:prefix": prefixes}},
        ),
    ]
