"""Tiers: what moves rows from hot to warm, keeps the levels in order, and balances the books."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import aws_cdk as cdk
from aws_cdk import aws_cloudwatch, aws_iam, aws_scheduler
from aws_cdk import aws_scheduler_targets as targets
from aws_cdk import aws_stepfunctions as sfn
from constructs import Construct

from kit.constructs import Function
from kit.constructs.acknowledge import (
    acknowledge,
    acknowledge_grants,
    acknowledge_no_dead_letters,
    acknowledge_objects,
)
from kit.constructs.logs import log_group
from stacks.balance import add_balance
from stacks.base import LakeStack
from stacks.catalog import CatalogStack
from stacks.config import Config
from stacks.erase import add_erase
from stacks.glue import add_job
from stacks.layers import WARM
from stacks.promotion import Promotion
from stacks.replay import add_replay
from stacks.storage import StorageStack
from stacks.tables import on_tables
from stacks.upkeep import add_upkeep
from thermocline.layout import HOT, IDS, warm_table
from thermocline.layout import WARM as WARM_LEVEL
from thermocline.promote.settings import PromoteSettings
from thermocline.streams import QUARANTINE, load_streams

# A lease outlives the function that took it.
_LEASE_MARGIN_SECONDS = 60
# What Python, Arrow and pyiceberg take beside DuckDB.
_OWN_MB = 600
_MIB = 1024**2


class TiersStack(LakeStack):
    """Promotion, with its state machine and alarms; the functions of upkeep and balance."""

    def __init__(
        self,
        scope: Construct,
        *,
        config: Config,
        storage: StorageStack,
        catalog: CatalogStack,
        packages: Path | None,
    ) -> None:
        super().__init__(scope, "tiers", config=config, description="Thermocline: promotion, upkeep, balance")
        self._storage = storage
        self._database = catalog.database_name
        layers = [self.layer("Warm", packages)] if packages else []
        self.set_default_function_props({"packages": WARM, "layers": layers})
        if config.offline:
            self.set_default_function_props({"reserved_concurrency": 1})
        self._promote = self._promote_function()
        if not config.offline:
            self._add_job()
        machine = self._state_machine()
        self._schedule(machine)
        self._alarms(machine)
        add_upkeep(self, storage=storage, database=self._database, storage_class=config.promote.storage_class)
        add_replay(self, storage=storage, database=self._database)
        add_erase(self, storage=storage, database=self._database, storage_class=config.promote.storage_class)
        add_balance(self, storage=storage, database=self._database)
        self.output("Promotion", machine.state_machine_arn)

    def _promote_function(self) -> Function:
        promote = self.config.promote
        function = Function(
            self,
            "Promote",
            handler="lambdas/promote/handler.handler",
            function_name=self.name("promote"),
            description="Moves closed generations from hot to warm",
            memory_size=promote.memory_mb,
            timeout=promote.timeout_seconds,
            disk_mb=promote.disk_mb,
            reserved_concurrency=promote.reserved_concurrency,
            settings=PromoteSettings(
                lake_bucket=self._storage.lake.cdk.bucket_name,
                ledger_table=self._storage.ledger.table_name,
                database=self._database,
                subject_key_secret=self._storage.subject_key.secret_arn,
                memory_mb=promote.memory_mb - _OWN_MB,
                lease_seconds=promote.timeout_seconds + _LEASE_MARGIN_SECONDS,
                lambda_max_bytes=promote.lambda_max_mb * _MIB,
                stalled_hours=promote.stalled_hours,
                storage_class=promote.storage_class,
                cold_storage_class=self.config.upkeep.cold_storage_class,
                spark_job="" if self.config.offline else self.name("promote"),
                job_seconds=promote.glue.timeout_minutes * 60,
            ),
            permissions=[*self._objects(), self._tables(), self._storage.read_subject_key()],
        )
        self._storage.ledger.grant(
            function, "dynamodb:BatchGetItem", "dynamodb:GetItem", "dynamodb:Query", "dynamodb:UpdateItem"
        )
        self._storage.key.grant_encrypt_decrypt(function)
        acknowledge_grants(function, "kms:GenerateDataKey*", "kms:ReEncrypt*")
        acknowledge_no_dead_letters(function, "the state machine calls it, and waits for its answer")
        why = {
            HOT: "reads any table",
            QUARANTINE: "reads the rows that were refused",
            WARM_LEVEL: "commits to any table",
            IDS: "keeps identities of any table",
        }
        acknowledge_objects(function, self._storage.lake.cdk, {f"{prefix}/*": reason for prefix, reason in why.items()})
        return function

    def _add_job(self) -> None:
        """Add the job for what is too large for the function, which may start it."""
        add_job(
            self,
            storage=self._storage,
            database=self._database,
            function=self._promote,
            permissions=[*self._objects(), self._tables(), self._storage.read_subject_key()],
        )

    def _objects(self) -> list[aws_iam.PolicyStatement]:
        lake, read = self._storage.lake.cdk, (HOT, QUARANTINE, WARM_LEVEL, IDS)
        keys = [f"{prefix}/*" for prefix in read]
        return [
            aws_iam.PolicyStatement(actions=["s3:GetObject"], resources=[lake.arn_for_objects(key) for key in keys]),
            aws_iam.PolicyStatement(
                actions=["s3:PutObject"],
                resources=[lake.arn_for_objects(f"{prefix}/*") for prefix in (WARM_LEVEL, IDS)],
            ),
            # Without it S3 answers "access denied" for a file that is missing. A read names no prefix, hence IfExists.
            aws_iam.PolicyStatement(
                actions=["s3:ListBucket"],
                resources=[lake.bucket_arn],
                conditions={"StringLikeIfExists": {"s3:prefix": keys}},
            ),
        ]

    def _tables(self) -> aws_iam.PolicyStatement:
        """Allow to commit to the warm tables, and to publish the views."""
        names = [name for contract in load_streams().values() for name in (contract.table, warm_table(contract.table))]
        return on_tables(["glue:CreateTable", "glue:GetTable", "glue:UpdateTable"], self._database, names)

    def _state_machine(self) -> sfn.StateMachine:
        promotion = Promotion(
            self,
            "Promotion",
            promote=self._promote,
            max_concurrency=self.config.promote.max_concurrency,
            job_minutes=self.config.promote.glue.timeout_minutes,
        )
        name = self.name("promotion")
        logs = log_group(
            self,
            "PromotionLogs",
            name=f"/aws/vendedlogs/states/{name}",
            retention_days=self.config.log_retention_days,
            encryption_key=self._storage.key,
        )
        machine = sfn.StateMachine(
            self,
            "StateMachine",
            state_machine_name=name,
            comment="Closed generations move from hot to warm",
            definition_body=promotion.body,
            timeout=promotion.timeout,
            tracing_enabled=True,
            logs=sfn.LogOptions(destination=logs, level=sfn.LogLevel.ALL, include_execution_data=True),
        )
        self._acknowledge_rights(machine)
        return machine

    def _acknowledge_rights(self, machine: sfn.StateMachine) -> None:
        function = self.get_logical_id(cast(cdk.CfnElement, self._promote.node.default_child))
        acknowledge(
            machine.role,
            {
                "AwsSolutions-IAM5[Resource::*]": "X-Ray and the delivery of logs know no resource",
                f"AwsSolutions-IAM5[Resource::<{function}.Arn>:*]": "versions of the one function, by CDK's grant",
            },
        )

    def _schedule(self, machine: sfn.StateMachine) -> None:
        aws_scheduler.Schedule(
            self,
            "Hourly",
            schedule_name=self.name("promotion"),
            description="Closed generations move from hot to warm every hour",
            schedule=aws_scheduler.ScheduleExpression.expression(f"cron({self.config.promote.minute} * * * ? *)"),
            target=targets.StepFunctionsStartExecution(machine),
        )

    def _alarms(self, machine: sfn.StateMachine) -> None:
        for what, metric in (("failed", machine.metric_failed()), ("timed-out", machine.metric_timed_out())):
            metric.create_alarm(
                self,
                f"Alarm{what.title().replace('-', '')}",
                alarm_name=self.name(f"promotion-{what}"),
                alarm_description=f"An execution of promotion {what.replace('-', ' ')}: its output names the tables",
                threshold=1,
                evaluation_periods=1,
                treat_missing_data=aws_cloudwatch.TreatMissingData.NOT_BREACHING,
            )
