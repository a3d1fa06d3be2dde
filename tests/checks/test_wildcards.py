from __future__ import annotations

from typing import Any

import pytest

from checks.wildcards import problems


def template(**statement: Any) -> dict[str, Any]:
    statement = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::lake/raw/1"} | statement
    policy = {
        "Type": "AWS::IAM::Policy",
        "Metadata": {"aws:cdk:path": "prod/Function/Policy"},
        "Properties": {"PolicyDocument": {"Statement": [statement]}},
    }
    return {"Resources": {"Policy1": policy}}


@pytest.mark.parametrize(
    "statement",
    [
        {},
        {"Action": ["kms:ReEncrypt*"]},  # one of the grants that are explained
        {"Action": "xray:PutTraceSegments", "Resource": "*"},
        {"Effect": "Deny", "Action": "*", "Resource": "*"},
    ],
)
def test_what_is_named_or_explained_passes(statement: dict[str, Any]) -> None:
    assert list(problems(template(**statement))) == []


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ({"Action": "s3:*"}, "s3:*: name the actions"),
        ({"Action": ["s3:GetObject", "*"]}, "*: name the actions"),
        ({"Resource": "*"}, "s3:GetObject on *: name the resource"),
        ({"Resource": ["arn:a", "*"]}, "s3:GetObject on *: name the resource"),
    ],
)
def test_an_unexplained_wildcard_is_told_with_its_place(statement: dict[str, Any], told: str) -> None:
    (problem,) = problems(template(**statement))
    assert problem.startswith(f"prod/Function/Policy: {told}")


def test_a_policy_inside_a_role_is_looked_at_too() -> None:
    document = {"Statement": [{"Effect": "Allow", "Action": "*", "Resource": "arn:a"}]}
    role = {"Type": "AWS::IAM::Role", "Properties": {"Policies": [{"PolicyName": "p", "PolicyDocument": document}]}}
    assert list(problems({"Resources": {"Role1": role}})) == [
        "Role1: *: name the actions, or explain it in GRANTED_FAMILIES"
    ]
