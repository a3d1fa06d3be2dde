"""Stages side by side in one account: every name that a template gives is its stage's own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from kit.constructs import App
from stacks.base import LakeStack
from stacks.config import personal_config
from tests.infra.assembly import LAYERS, Stage, synthesise

# One stage's name begins with the other's.
OWN = ("ada", "adab")

# Named within something else, whose name is its stage's.
WITHIN = {
    ("AWS::ApiGatewayV2::Stage", "StageName"): "the API",
    ("AWS::Athena::NamedQuery", "Name"): "the workgroup",
    ("AWS::CloudWatch::Alarm", "MetricName"): "the state machine, by the alarm's dimensions",
    ("AWS::IAM::Policy", "PolicyName"): "the role",
    ("AWS::Logs::LogStream", "LogStreamName"): "the log group",
}

# Properties that hold the name one level deeper.
DEEPER = {"AWS::Glue::Database": "DatabaseInput"}


def names(stage: Stage) -> Iterator[tuple[str, str, str]]:
    """Type, property and value of every name that a template gives."""
    for _, resource in stage.resources():
        properties = resource.get("Properties", {})
        properties = properties | properties.get(DEEPER.get(resource["Type"], ""), {})
        for key, value in properties.items():
            if key.endswith("Name") and (resource["Type"], key) not in WITHIN and (text := given(value)) is not None:
                yield resource["Type"], key, text


def given(value: Any) -> str | None:
    """A name as the template writes it; None if it is that of another resource."""
    if isinstance(value, str):
        return value
    if list(value) == ["Fn::Join"]:
        separator, parts = value["Fn::Join"]
        return str(separator).join(part if isinstance(part, str) else "*" for part in parts)
    return None


@pytest.mark.parametrize("stage", [*OWN, "dev"])
def test_every_name_carries_its_stage(stage: str) -> None:
    found = list(names(synthesise(stage)))
    own = re.compile(rf"(.*/)?{stage}[-_]thermocline($|-.*)")
    assert [name for name in found if not own.fullmatch(name[2])] == []
    assert {"AWS::S3::Bucket", "AWS::Glue::Database", "AWS::Lambda::Function"} <= {kind for kind, _, _ in found}


def test_two_stages_share_no_name() -> None:
    first, second = (set(names(synthesise(stage))) for stage in OWN)
    assert len(first) == len(second)
    assert first & second == set()


def test_ones_own_stage_has_devs_resources_and_can_be_thrown_away() -> None:
    own, dev = synthesise("ada"), synthesise("dev")
    for layer in LAYERS:
        own_types = [r["Type"] for r in own.stacks[f"ada-thermocline-{layer}"]["Resources"].values()]
        assert own_types == [r["Type"] for r in dev.stacks[f"dev-thermocline-{layer}"]["Resources"].values()]
    assert not any(own.termination_protection.values())
    assert not [key for key, resource in own.resources() if resource.get("DeletionPolicy") == "Retain"]


def test_bucket_names_fit_into_what_s3_allows() -> None:
    longest_stage, longest_region = "a" * 11, "ap-northeast-1"
    buckets = [name for kind, key, name in names(synthesise("ada")) if (kind, key) == ("AWS::S3::Bucket", "BucketName")]
    assert len(buckets) == 3
    for name in buckets:
        assert name.count("*") == 2
        full = name.replace("ada", longest_stage, 1).replace("*", "0" * 12, 1).replace("*", longest_region, 1)
        assert len(full) <= 63


def test_bucket_names_of_the_longest_app_fit_and_stay_apart() -> None:
    config = personal_config("a" * 11)
    app = App(name="n" * 20, stage=config.stage)
    stack = LakeStack(app, "storage", config=config, description="names")
    roles = ("lake", "results", "access-logs")
    own = [stack.global_name(role).removesuffix(f"-{stack.account}-{stack.region}") for role in roles]
    assert len(set(own)) == len(roles)
    for name in own:
        assert name.startswith(f"{config.stage}-n")
        assert len(f"{name}-{'0' * 12}-ap-northeast-1") <= 63
