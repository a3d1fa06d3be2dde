"""The erase function, in a stack of its own: what it is given, what it may do, and when it runs."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import msgspec
import pytest
from aws_cdk.assertions import Template

from checks.templates import built, config_of
from lambdas.erase.handler import _Action
from stacks.base import LakeStack
from stacks.erase import add_erase, settle_seconds
from stacks.storage import StorageStack
from tests.infra.assembly import STAGES, synthesise
from tests.infra.test_processing_stack import suffixes
from thermocline.erase.proof import PREFIXES
from thermocline.erase.settings import EraseSettings
from thermocline.streams import load_streams

ROWS = {"/raw/*", "/hot/*", "/quarantine/*", "/warm/*", "/ids/*", "/subjects/*", "/firehose-errors/*", "/erasure/*"}


@cache
def template() -> Template:
    with built("dev") as app:
        [storage] = [child for child in app.node.children if isinstance(child, StorageStack)]
        stack = LakeStack(app, "erase", config=config_of("dev"), description="")
        add_erase(stack, storage=storage, database="lake", storage_class="INTELLIGENT_TIERING")
        return Template.from_stack(stack)


def resources(resource_type: str) -> list[dict[str, Any]]:
    return [resource["Properties"] for resource in template().find_resources(resource_type).values()]


def function() -> dict[str, Any]:
    [erase] = [each for each in resources("AWS::Lambda::Function") if "erase" in str(each.get("FunctionName"))]
    return erase


def statements(action: str) -> list[dict[str, Any]]:
    policies = resources("AWS::IAM::Policy")
    all_ = [statement for policy in policies for statement in policy["PolicyDocument"]["Statement"]]
    return [
        each for each in all_ if action in ([each["Action"]] if isinstance(each["Action"], str) else each["Action"])
    ]


def of_the_lake(action: str) -> dict[str, Any]:
    [statement] = [each for each in statements(action) if "results" not in json.dumps(each["Resource"]).lower()]
    return statement


def test_settings_are_those_that_the_function_reads() -> None:
    variables, config = function()["Environment"]["Variables"], config_of("dev")
    assert {f"LAKE_{name.upper()}" for name in EraseSettings.__struct_fields__} <= variables.keys()
    assert int(variables["LAKE_LEASE_SECONDS"]) > function()["Timeout"]
    assert int(variables["LAKE_LONGEST_ATTEMPT_SECONDS"]) > config.convert.timeout_seconds
    assert int(variables["LAKE_SETTLE_SECONDS"]) == settle_seconds(config)


@pytest.mark.parametrize("stage", STAGES)
def test_the_second_pass_comes_after_all_that_was_under_way(stage: str) -> None:
    config = config_of(stage)
    under_way = (config.firehose.buffer_seconds, config.promote.timeout_seconds, config.convert.timeout_seconds)
    assert settle_seconds(config) > max(under_way)


def test_reads_and_deletes_versions_wherever_rows_are() -> None:
    assert suffixes(of_the_lake("s3:GetObjectVersion")) == ROWS | {"/replay/*"}
    assert suffixes(of_the_lake("s3:DeleteObjectVersion")) == ROWS | {"/replay/*"}
    assert suffixes(of_the_lake("s3:PutObject")) == ROWS


def test_puts_no_delete_markers() -> None:
    assert all("results" in json.dumps(each["Resource"]).lower() for each in statements("s3:DeleteObject"))


def test_lists_all_that_the_proof_covers() -> None:
    (prefixes,) = of_the_lake("s3:ListBucketVersions")["Condition"]["StringLikeIfExists"].values()
    assert {f"{prefix}/*" for prefix in PREFIXES} <= {*prefixes}


def test_deletes_results_and_writes_none() -> None:
    [results] = [
        each for each in statements("s3:DeleteObjectVersion") if each not in [of_the_lake("s3:DeleteObjectVersion")]
    ]
    assert "s3:PutObject" not in results["Action"]


@pytest.mark.parametrize("stage", STAGES)
def test_no_other_function_may_delete_a_version(stage: str) -> None:
    policies = {key: json.dumps(policy) for key, policy in synthesise(stage).resources("AWS::IAM::Policy")}
    allowed = [key for key, text in policies.items() if "s3:DeleteObjectVersion" in text]
    assert len(allowed) == 1
    assert "Erase" in allowed[0]


def test_commits_to_warm_tables_and_reads_nothing_else_of_the_catalog() -> None:
    [update] = statements("glue:UpdateTable")
    arns = [each["Fn::Sub"].rpartition(":")[2] for each in update["Resource"]]
    tables = {arn.rpartition("/")[2] for arn in arns if arn.startswith("table/")}
    assert tables == {f"warm_{contract.table}" for contract in load_streams().values()}


def test_the_schedule_asks_for_what_the_function_understands() -> None:
    [rule] = resources("AWS::Events::Rule")
    [target] = rule["Targets"]
    assert type(msgspec.json.decode(target["Input"], type=_Action)).__name__ == "_Due"
    assert (rule["State"], rule["ScheduleExpression"]) == ("ENABLED", "cron(50 * * * ? *)")


def test_a_failure_that_lasts_raises_an_alarm() -> None:
    (alarm,) = resources("AWS::CloudWatch::Alarm")
    assert (alarm["MetricName"], alarm["Threshold"], alarm["TreatMissingData"]) == ("Errors", 3, "notBreaching")
