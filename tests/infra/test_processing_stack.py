from __future__ import annotations

from typing import Any

import pytest

from tests.infra.assembly import Stage
from thermocline.convert.settings import ConvertSettings
from thermocline.sweep.settings import SweepSettings

VARIABLES = {
    "convert": ConvertSettings(lake_bucket="b", ledger_table="t", arrivals_queue_url="u", subject_key_secret="s"),
    "sweep": SweepSettings(
        lake_bucket="b", ledger_table="t", arrivals_queue_url="q", settle_minutes=1, look_back_hours=1
    ),
}


def resources(stage: Stage, resource_type: str) -> dict[str, dict[str, Any]]:
    """The processing stack's resources of a type, by logical id."""
    template = stage.stacks[f"{stage.config.stage}-thermocline-processing"]
    return {key: r["Properties"] for key, r in template["Resources"].items() if r["Type"] == resource_type}


def function(stage: Stage, name: str) -> tuple[str, dict[str, Any]]:
    """Logical id and properties of a function."""
    ((logical_id, properties),) = [
        (key, f)
        for key, f in resources(stage, "AWS::Lambda::Function").items()
        if f["FunctionName"] == f"{stage.config.stage}-thermocline-{name}"
    ]
    return logical_id, properties


def statements(stage: Stage, name: str) -> list[dict[str, Any]]:
    """What a function's role allows."""
    role = function(stage, name)[1]["Role"]["Fn::GetAtt"][0]
    return [
        statement
        for policy in resources(stage, "AWS::IAM::Policy").values()
        if {"Ref": role} in policy["Roles"]
        for statement in policy["PolicyDocument"]["Statement"]
    ]


def granted(stage: Stage, name: str, action: str) -> dict[str, Any]:
    """The one statement that allows an action."""
    (statement,) = [s for s in statements(stage, name) if action in s["Action"]]
    return statement


def suffixes(statement: dict[str, Any]) -> set[str]:
    resources = statement["Resource"] if isinstance(statement["Resource"], list) else [statement["Resource"]]
    return {resource["Fn::Join"][1][-1] for resource in resources if "Fn::Join" in resource}


def test_a_bad_message_does_not_return_its_batch(stage: Stage) -> None:
    mapping = stage.one("processing", "AWS::Lambda::EventSourceMapping")
    assert mapping["FunctionName"] == {"Ref": function(stage, "convert")[0]}
    assert mapping["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
    assert mapping["BatchSize"] >= 10
    assert mapping["ScalingConfig"] == {"MaximumConcurrency": stage.config.convert.max_concurrency}


@pytest.mark.parametrize("name", VARIABLES)
def test_settings_are_those_that_the_function_reads(stage: Stage, name: str) -> None:
    assert function(stage, name)[1]["Environment"]["Variables"].keys() == VARIABLES[name].to_env().keys()


@pytest.mark.parametrize(
    ("action", "prefixes"), [("s3:GetObject", {"/raw/*"}), ("s3:PutObject", {"/hot/*", "/quarantine/*", "/subjects/*"})]
)
def test_reads_raw_and_writes_tables_only(stage: Stage, action: str, prefixes: set[str]) -> None:
    statement = granted(stage, "convert", action)
    assert (statement["Action"], suffixes(statement)) == (action, prefixes)


def test_ledger_rights_are_those_of_a_ledger(stage: Stage) -> None:
    statement = granted(stage, "convert", "dynamodb:PutItem")
    assert set(statement["Action"]) == {
        "dynamodb:GetItem",
        "dynamodb:Query",
        "dynamodb:PutItem",
        "dynamodb:UpdateItem",
        "dynamodb:DeleteItem",
        "dynamodb:ConditionCheckItem",
    }


def test_the_sweeper_runs_every_hour(stage: Stage) -> None:
    rule = stage.one("processing", "AWS::Events::Rule")
    assert rule["ScheduleExpression"] == "rate(1 hour)"
    assert rule["State"] == "ENABLED"
    (target,) = rule["Targets"]
    assert target["Arn"] == {"Fn::GetAtt": [function(stage, "sweep")[0], "Arn"]}
    permission = stage.one("processing", "AWS::Lambda::Permission")
    assert (permission["FunctionName"], permission["Principal"]) == (target["Arn"], "events.amazonaws.com")


def test_the_sweeper_lists_raw_and_reads_no_object(stage: Stage) -> None:
    statement = granted(stage, "sweep", "s3:ListBucket")
    assert statement["Condition"] == {"StringLike": {"s3:prefix": "raw/*"}}
    allowed = {action for s in statements(stage, "sweep") for action in [s["Action"]] if isinstance(action, str)}
    allowed |= {action for s in statements(stage, "sweep") if isinstance(s["Action"], list) for action in s["Action"]}
    assert {action for action in allowed if action.startswith("s3:")} == {"s3:ListBucket"}
    assert {action for action in allowed if action.startswith("dynamodb:")} == {
        "dynamodb:BatchGetItem",
        "dynamodb:GetItem",
        "dynamodb:Query",
        "dynamodb:PutItem",
        "dynamodb:UpdateItem",
        "dynamodb:DeleteItem",
    }
    assert {action for action in allowed if action.startswith("sqs:")} == {
        "sqs:GetQueueAttributes",
        "sqs:GetQueueUrl",
        "sqs:SendMessage",
    }


def test_the_sweeper_looks_back_further_than_firehose_may_hold_records(stage: Stage) -> None:
    assert int(function(stage, "sweep")[1]["Environment"]["Variables"]["LAKE_LOOK_BACK_HOURS"]) > 24


def test_convert_may_hide_its_messages_and_no_others(stage: Stage) -> None:
    actions = [
        (action, statement["Resource"])
        for statement in statements(stage, "convert")
        for action in ([statement["Action"]] if isinstance(statement["Action"], str) else statement["Action"])
        if action == "sqs:ChangeMessageVisibility"
    ]
    assert len(actions) == 1
    assert "*" not in str(actions[0][1])


def test_parked_objects_are_an_alarm(stage: Stage) -> None:
    alarm = stage.one("processing", "AWS::CloudWatch::Alarm")
    assert (alarm["Namespace"], alarm["MetricName"]) == ("Thermocline", "ParkedObjects")
    assert (alarm["Statistic"], alarm["Threshold"]) == ("Maximum", 1)
    assert alarm["ComparisonOperator"] == "GreaterThanOrEqualToThreshold"


def test_convert_knows_a_new_column_before_ingest_writes_it(stage: Stage) -> None:
    name = f"{stage.config.stage}-thermocline"
    assert f"{name}-processing" in stage.after[f"{name}-ingest"]
