"""The balance function, in a stack of its own."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
from aws_cdk.assertions import Match, Template

from checks.templates import built, config_of
from stacks.balance import add_alarms, add_balance
from stacks.base import LakeStack
from stacks.storage import StorageStack
from thermocline.balance.settings import BalanceSettings
from thermocline.streams import load_streams


@cache
def template() -> Template:
    with built("local") as app:
        [storage] = [child for child in app.node.children if isinstance(child, StorageStack)]
        stack = LakeStack(app, "books", config=config_of("local"), description="")
        add_balance(stack, storage=storage, database="lake")
        return Template.from_stack(stack)


def test_its_settings_are_those_that_the_function_reads() -> None:
    [function] = [
        found["Properties"]
        for found in template().find_resources("AWS::Lambda::Function").values()
        if found["Properties"]["FunctionName"] == "local-thermocline-balance"
    ]
    variables = function["Environment"]["Variables"]
    settings = BalanceSettings(lake_bucket="b", ledger_table="t", database="d", look_back_hours=1)
    assert settings.to_env().keys() <= variables.keys()
    assert int(variables["LAKE_LOOK_BACK_HOURS"]) > 24


def test_it_runs_every_hour() -> None:
    template().has_resource_properties("AWS::Events::Rule", {"ScheduleExpression": "rate(1 hour)"})


def statements() -> list[dict[str, Any]]:
    policies = template().find_resources("AWS::IAM::Policy").values()
    return [statement for policy in policies for statement in policy["Properties"]["PolicyDocument"]["Statement"]]


def test_it_writes_its_own_table_and_nothing_else() -> None:
    [put] = [statement for statement in statements() if "s3:PutObject" in statement["Action"]]
    assert put["Action"] == "s3:PutObject"
    assert str(put["Resource"]).endswith("'/balance/*']]}")
    actions = {
        action
        for statement in statements()
        for action in ([statement["Action"]] if isinstance(statement["Action"], str) else statement["Action"])
    }
    of_the_lake = {action for action in actions if action.startswith(("s3:", "glue:", "dynamodb:"))}
    reads = ("s3:GetObject", "s3:ListBucket", "glue:Get", "dynamodb:GetItem", "dynamodb:BatchGet", "dynamodb:Query")
    assert {action for action in of_the_lake if not action.startswith(reads)} == {"s3:PutObject"}


@pytest.mark.parametrize("stream", load_streams())
def test_every_stream_has_an_alarm(stream: str) -> None:
    template().has_resource_properties(
        "AWS::CloudWatch::Alarm",
        {
            "MetricName": "Unbalanced",
            "Dimensions": [{"Name": "Stream", "Value": stream}],
            "Threshold": 1,
            "ComparisonOperator": "GreaterThanOrEqualToThreshold",
            "AlarmName": Match.string_like_regexp(f"unbalanced-{stream}$"),
        },
    )


def test_streams_may_be_named_alike() -> None:
    with built("local") as app:
        stack = LakeStack(app, "alike", config=config_of("local"), description="")
        add_alarms(stack, ["orders2", "orders_2"])
        Template.from_stack(stack).resource_count_is("AWS::CloudWatch::Alarm", 2)
