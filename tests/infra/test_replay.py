"""The functions of a replay, in a stack of their own: what they are given, and what they may do."""

from __future__ import annotations

from functools import cache
from typing import Any

from aws_cdk.assertions import Template

from checks.templates import built, config_of
from stacks.base import LakeStack
from stacks.replay import add_replay
from stacks.storage import StorageStack
from tests.infra.test_processing_stack import suffixes
from tests.infra.test_upkeep import tables
from thermocline.replay.settings import BackfillSettings, ReplaySettings
from thermocline.streams import load_streams


@cache
def template() -> Template:
    with built("dev") as app:
        [storage] = [child for child in app.node.children if isinstance(child, StorageStack)]
        stack = LakeStack(app, "replay", config=config_of("dev"), description="")
        add_replay(stack, storage=storage, database="lake")
        return Template.from_stack(stack)


def resources(resource_type: str) -> list[dict[str, Any]]:
    return [resource["Properties"] for resource in template().find_resources(resource_type).values()]


def function(name: str) -> dict[str, Any]:
    [found] = [each for each in resources("AWS::Lambda::Function") if str(each.get("FunctionName")).endswith(name)]
    return found


def granted(name: str, action: str) -> dict[str, Any]:
    """The one statement that allows a function an action."""
    policies = [each for each in resources("AWS::IAM::Policy") if each["PolicyName"].startswith(f"{name}Role")]
    statements = [statement for policy in policies for statement in policy["PolicyDocument"]["Statement"]]
    [allowed] = [each for each in statements if action in each["Action"]]
    statement: dict[str, Any] = allowed
    return statement


def test_settings_are_those_that_the_functions_read() -> None:
    for name, settings in (("replay", ReplaySettings), ("backfill", BackfillSettings)):
        variables = function(name)["Environment"]["Variables"]
        assert {f"LAKE_{field.upper()}" for field in settings.__struct_fields__} <= variables.keys()
    replay = function("replay")
    assert int(replay["Environment"]["Variables"]["LAKE_LEASE_SECONDS"]) > replay["Timeout"]
    assert int(replay["Environment"]["Variables"]["LAKE_MEMORY_MB"]) < replay["MemorySize"]
    assert replay["Environment"]["Variables"]["LAKE_COLD_STORAGE_CLASS"] == config_of("dev").upkeep.cold_storage_class


def test_raw_is_read_and_never_changed() -> None:
    assert suffixes(granted("Backfill", "s3:GetObject")) == {"/raw/*"}
    assert suffixes(granted("Backfill", "s3:PutObject")) == {"/replay/*"}
    assert suffixes(granted("Replay", "s3:GetObject")) == {"/replay/*", "/warm/*", "/ids/*"}
    assert suffixes(granted("Replay", "s3:PutObject")) == {"/replay/*", "/warm/*", "/ids/*"}


def test_only_what_a_run_converted_is_deleted() -> None:
    assert suffixes(granted("Replay", "s3:DeleteObject")) == {"/replay/*"}


def test_warm_tables_are_committed_to_and_views_only_read() -> None:
    views = {contract.table for contract in load_streams().values()}
    warm = {f"warm_{view}" for view in views}
    assert tables(granted("Replay", "glue:UpdateTable")) == warm
    assert tables(granted("Replay", "glue:GetTable")) == warm | views


def test_conversions_have_a_queue_and_a_limit_of_their_own() -> None:
    (source,) = resources("AWS::Lambda::EventSourceMapping")
    assert source["ScalingConfig"] == {"MaximumConcurrency": config_of("dev").replay.max_concurrency}
    assert (source["BatchSize"], source["FunctionResponseTypes"]) == (1, ["ReportBatchItemFailures"])
    (queue,) = [each for each in resources("AWS::SQS::Queue") if "RedrivePolicy" in each]
    assert queue["VisibilityTimeout"] >= 2 * function("backfill")["Timeout"]


def test_a_conversion_ends_when_an_erasure_takes_it_for_dead() -> None:
    assert function("backfill")["Timeout"] <= config_of("dev").convert.timeout_seconds
