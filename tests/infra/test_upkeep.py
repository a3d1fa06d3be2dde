"""The upkeep function, in a stack of its own: what it is given, what it may do, and when it runs."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import msgspec
from aws_cdk.assertions import Template

from checks.templates import built, config_of
from lambdas.upkeep.handler import Task
from stacks.base import LakeStack
from stacks.storage import StorageStack
from stacks.upkeep import add_upkeep
from tests.infra.test_processing_stack import suffixes
from thermocline.streams import load_streams
from thermocline.upkeep.settings import UpkeepSettings


@cache
def template() -> Template:
    with built("dev") as app:
        [storage] = [child for child in app.node.children if isinstance(child, StorageStack)]
        stack = LakeStack(app, "upkeep", config=config_of("dev"), description="")
        add_upkeep(stack, storage=storage, database="lake", storage_class="INTELLIGENT_TIERING")
        return Template.from_stack(stack)


def resources(resource_type: str) -> list[dict[str, Any]]:
    return [resource["Properties"] for resource in template().find_resources(resource_type).values()]


def function() -> dict[str, Any]:
    [upkeep] = [each for each in resources("AWS::Lambda::Function") if "upkeep" in str(each.get("FunctionName"))]
    return upkeep


def granted(action: str) -> dict[str, Any]:
    """The one statement that allows an action."""
    policies = resources("AWS::IAM::Policy")
    statements = [statement for policy in policies for statement in policy["PolicyDocument"]["Statement"]]
    [allowed] = [each for each in statements if action in each["Action"]]
    statement: dict[str, Any] = allowed
    return statement


def tables(statement: dict[str, Any]) -> set[str]:
    """Names of the tables that a statement reaches."""
    arns = [each["Fn::Sub"].rpartition(":")[2] for each in statement["Resource"]]
    return {arn.rpartition("/")[2] for arn in arns if arn.startswith("table/")}


def test_settings_are_those_that_the_function_reads() -> None:
    variables = function()["Environment"]["Variables"]
    assert {f"LAKE_{name.upper()}" for name in UpkeepSettings.__struct_fields__} <= variables.keys()
    assert int(variables["LAKE_LEASE_SECONDS"]) > function()["Timeout"]
    assert int(variables["LAKE_MEMORY_MB"]) < function()["MemorySize"]
    assert int(variables["LAKE_MOST_MIB"]) * 13 < config_of("dev").upkeep.disk_mb
    assert function()["EphemeralStorage"] == {"Size": config_of("dev").upkeep.disk_mb}
    assert variables["LAKE_COLD_STORAGE_CLASS"] == config_of("dev").upkeep.cold_storage_class
    assert int(variables["LAKE_LATE_DAYS"]) == config_of("dev").upkeep.late_days
    assert int(variables["LAKE_RAW_EXPIRE_AFTER_DAYS"]) == config_of("dev").lake.raw_expire_after_days


def test_deletes_what_can_be_made_again_and_never_raw() -> None:
    assert suffixes(granted("s3:DeleteObject")) == {"/hot/*", "/quarantine/*", "/warm/*", "/ids/*"}
    assert suffixes(granted("s3:PutObject")) == suffixes(granted("s3:GetObject")) == {"/warm/*", "/ids/*"}
    assert "DeleteObjectVersion" not in json.dumps(resources("AWS::IAM::Policy"))


def test_lists_no_other_prefixes_than_it_deletes_from() -> None:
    (prefixes,) = granted("s3:ListBucket")["Condition"]["StringLikeIfExists"].values()
    assert {*prefixes} == {"hot/*", "quarantine/*", "warm/*", "ids/*"}


def test_commits_to_warm_tables_and_only_reads_views() -> None:
    views = {contract.table for contract in load_streams().values()}
    warm = {f"warm_{view}" for view in views}
    assert tables(granted("glue:UpdateTable")) == warm
    assert tables(granted("glue:GetTable")) == warm | views


def test_each_schedule_asks_for_what_the_function_understands() -> None:
    rules = resources("AWS::Events::Rule")
    inputs = [target["Input"] for rule in rules for target in rule["Targets"]]
    tasks = [msgspec.json.decode(each, type=Task) for each in inputs]
    assert sorted((task.do, task.table, task.dry_run) for task in tasks) == [
        ("clean", None, True),
        ("compact", None, True),
        ("orphans", None, False),
        ("retain", None, True),
        ("seal", None, True),
    ]
    assert {rule["State"] for rule in rules} == {"ENABLED"}


def test_a_failure_that_lasts_raises_an_alarm() -> None:
    (alarm,) = resources("AWS::CloudWatch::Alarm")
    assert (alarm["MetricName"], alarm["Threshold"], alarm["TreatMissingData"]) == ("Errors", 3, "notBreaching")
