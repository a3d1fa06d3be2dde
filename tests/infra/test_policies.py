"""Least privilege, over every policy of every stack."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from kit.constructs.acknowledge import GRANTED_FAMILIES, WITHOUT_RESOURCE
from tests.infra.assembly import Stage


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def allowing(stage: Stage, resource_type: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for key, resource in stage.resources(resource_type):
        for statement in resource["Properties"]["PolicyDocument"]["Statement"]:
            if statement["Effect"] == "Allow":
                yield key, statement


def test_no_action_is_a_wildcard_but_those_of_grants(stage: Stage) -> None:
    wild = {
        (key, action)
        for resource_type in ("AWS::IAM::Policy", "AWS::S3::BucketPolicy", "AWS::SQS::QueuePolicy")
        for key, statement in allowing(stage, resource_type)
        for action in listed(statement["Action"])
        if "*" in action and action not in GRANTED_FAMILIES
    }
    assert not wild


def test_no_resource_is_a_wildcard_where_a_resource_can_be_named(stage: Stage) -> None:
    wild = {
        (key, json.dumps(statement["Action"]))
        for key, statement in allowing(stage, "AWS::IAM::Policy")
        if "*" in listed(statement["Resource"]) and not WITHOUT_RESOURCE.keys() >= {*listed(statement["Action"])}
    }
    assert not wild


def test_no_right_reaches_a_whole_bucket_but_that_of_an_erasure_over_results(stage: Stage) -> None:
    everything = {
        ("Erase" in key, "Results" in json.dumps(resource))
        for key, statement in allowing(stage, "AWS::IAM::Policy")
        for resource in listed(statement["Resource"])
        if isinstance(resource, dict) and "Fn::Join" in resource and resource["Fn::Join"][1][-1] == "/*"
    }
    assert everything == {(True, True)}


def test_roles_have_no_policies_of_aws_making_and_one_service_each(stage: Stage) -> None:
    for key, role in stage.resources("AWS::IAM::Role"):
        assert "ManagedPolicyArns" not in role["Properties"], key
        (statement,) = role["Properties"]["AssumeRolePolicyDocument"]["Statement"]
        assert statement["Principal"].keys() == {"Service"}
