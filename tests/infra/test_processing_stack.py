from __future__ import annotations

from typing import Any

import pytest

from tests.infra.assembly import Stage
from thermocline.settings import ConvertSettings


def statements(stage: Stage) -> list[dict[str, Any]]:
    return list(stage.one("processing", "AWS::IAM::Policy")["PolicyDocument"]["Statement"])


def suffixes(statement: dict[str, Any]) -> set[str]:
    return {resource["Fn::Join"][1][-1] for resource in statement["Resource"] if "Fn::Join" in resource}


def test_a_bad_message_does_not_return_its_batch(stage: Stage) -> None:
    mapping = stage.one("processing", "AWS::Lambda::EventSourceMapping")
    assert mapping["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
    assert mapping["BatchSize"] >= 10
    assert mapping["ScalingConfig"] == {"MaximumConcurrency": stage.config.convert.max_concurrency}


def test_settings_name_the_bucket_and_the_ledger(stage: Stage) -> None:
    variables = stage.one("processing", "AWS::Lambda::Function")["Environment"]["Variables"]
    assert variables.keys() == ConvertSettings(lake_bucket="b", ledger_table="t").to_env().keys()


@pytest.mark.parametrize(
    ("action", "prefixes"), [("s3:GetObject*", {"/raw/*"}), ("s3:PutObject", {"/hot/*", "/quarantine/*"})]
)
def test_reads_raw_and_writes_tables_only(stage: Stage, action: str, prefixes: set[str]) -> None:
    (granted,) = [statement for statement in statements(stage) if action in statement["Action"]]
    assert suffixes(granted) == prefixes


def test_ledger_rights_are_those_of_a_ledger(stage: Stage) -> None:
    (granted,) = [statement for statement in statements(stage) if "dynamodb:PutItem" in statement["Action"]]
    assert set(granted["Action"]) == {"dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem"}
