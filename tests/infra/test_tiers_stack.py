from __future__ import annotations

import json
from typing import Any

from tests.infra.assembly import Stage
from tests.infra.test_processing_stack import suffixes
from thermocline.promote.settings import PromoteSettings
from thermocline.streams import load_streams


def resources(stage: Stage, resource_type: str) -> list[dict[str, Any]]:
    """Properties of the stack's resources of a type."""
    template = stage.stacks[f"{stage.config.stage}-thermocline-tiers"]
    return [r["Properties"] for r in template["Resources"].values() if r["Type"] == resource_type]


def statements(stage: Stage) -> list[dict[str, Any]]:
    """What the promote function's role allows."""
    role = stage.function("promote")["Role"]["Fn::GetAtt"][0]
    policies = [policy for policy in resources(stage, "AWS::IAM::Policy") if {"Ref": role} in policy["Roles"]]
    return [statement for policy in policies for statement in policy["PolicyDocument"]["Statement"]]


def granted(stage: Stage, action: str) -> dict[str, Any]:
    (statement,) = [s for s in statements(stage) if action in s["Action"]]
    return statement


def test_settings_are_those_that_the_function_reads(stage: Stage) -> None:
    variables = stage.function("promote")["Environment"]["Variables"]
    assert variables.keys() == {f"LAKE_{name.upper()}" for name in PromoteSettings.__struct_fields__}
    assert variables["LAKE_STORAGE_CLASS"] == stage.config.promote.storage_class


def test_a_lease_outlives_the_function_that_took_it(stage: Stage) -> None:
    function = stage.function("promote")
    assert int(function["Environment"]["Variables"]["LAKE_LEASE_SECONDS"]) > function["Timeout"]
    assert int(function["Environment"]["Variables"]["LAKE_MEMORY_MB"]) < function["MemorySize"]


def test_reads_tables_and_writes_warm_only(stage: Stage) -> None:
    assert suffixes(granted(stage, "s3:GetObject")) == {"/hot/*", "/quarantine/*", "/warm/*", "/ids/*"}
    assert suffixes(granted(stage, "s3:PutObject")) == {"/warm/*", "/ids/*"}


def test_deletes_nothing(stage: Stage) -> None:
    assert "Delete" not in json.dumps(statements(stage))


def test_lists_no_other_prefixes_than_it_reads(stage: Stage) -> None:
    (prefixes,) = granted(stage, "s3:ListBucket")["Condition"]["StringLikeIfExists"].values()
    assert {*prefixes} == {"hot/*", "quarantine/*", "warm/*", "ids/*"}


def test_changes_warm_tables_and_views_and_no_hot_table(stage: Stage) -> None:
    arns = [each["Fn::Sub"].rpartition(":")[2] for each in granted(stage, "glue:UpdateTable")["Resource"]]
    tables = {contract.table for contract in load_streams().values()}
    names = {arn.rpartition("/")[2] for arn in arns if arn.startswith("table/")}
    assert names == tables | {f"warm_{table}" for table in tables}


def test_promotion_starts_every_hour_at_the_stages_minute(stage: Stage) -> None:
    schedules = {schedule["Name"]: schedule for schedule in resources(stage, "AWS::Scheduler::Schedule")}
    schedule = schedules[f"{stage.config.stage}-thermocline-promotion"]
    assert schedule["ScheduleExpression"] == f"cron({stage.config.promote.minute} * * * ? *)"
    assert schedule["State"] == "ENABLED"


def test_executions_are_logged_and_traced(stage: Stage) -> None:
    (machine,) = resources(stage, "AWS::StepFunctions::StateMachine")
    assert machine["LoggingConfiguration"]["Level"] == "ALL"
    assert machine["TracingConfiguration"] == {"Enabled": True}


def test_an_execution_that_fails_or_hangs_raises_an_alarm(stage: Stage) -> None:
    alarms = {
        alarm["MetricName"]: alarm
        for alarm in resources(stage, "AWS::CloudWatch::Alarm")
        if alarm["Namespace"] == "AWS/States"
    }
    assert alarms.keys() == {"ExecutionsFailed", "ExecutionsTimedOut"}
    for alarm in alarms.values():
        assert (alarm["Threshold"], alarm["ComparisonOperator"]) == (1, "GreaterThanOrEqualToThreshold")
        assert alarm["TreatMissingData"] == "notBreaching"
