from __future__ import annotations

from typing import Any, cast

import aws_cdk as cdk
import pytest
from aws_cdk import aws_dynamodb, aws_iam, aws_lambda, aws_s3, aws_sqs
from aws_cdk.assertions import Template

from kit.constructs import ALL, Queue
from kit.constructs.permissions import Permissions, attach_permissions
from kit.errors import DefinitionError


@pytest.fixture
def role(stack: cdk.Stack) -> aws_iam.Role:
    return aws_iam.Role(stack, "Role", assumed_by=aws_iam.ServicePrincipal("lambda.amazonaws.com"))


def statements(stack: cdk.Stack) -> list[tuple[Any, Any]]:
    policies = Template.from_stack(stack).find_resources("AWS::IAM::Policy").values()
    return [(s["Action"], s["Resource"]) for p in policies for s in p["Properties"]["PolicyDocument"]["Statement"]]


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def arn_of(stack: cdk.Stack, bucket: aws_s3.Bucket) -> object:
    return stack.resolve(bucket.bucket_arn)


@pytest.mark.parametrize(
    ("permissions", "action"),
    [(ALL, "*"), (["s3"], "s3:*"), (["dynamodb:GetItem"], "dynamodb:GetItem"), (["s3:Get*"], "s3:Get*")],
)
def test_texts(stack: cdk.Stack, role: aws_iam.Role, permissions: Permissions, action: str) -> None:
    attach_permissions(role, permissions)
    assert statements(stack) == [(action, "*")]


def test_statement_is_taken_as_it_is(stack: cdk.Stack, role: aws_iam.Role) -> None:
    attach_permissions(role, [aws_iam.PolicyStatement(actions=["sqs:SendMessage"], resources=["arn:aws:sqs:::q"])])
    assert statements(stack) == [("sqs:SendMessage", "arn:aws:sqs:::q")]


def test_construct_is_given_with_its_children(stack: cdk.Stack, role: aws_iam.Role) -> None:
    bucket = aws_s3.Bucket(stack, "Bucket")
    attach_permissions(role, [bucket])
    ((action, (whole, children)),) = statements(stack)
    assert action == "s3:*"
    assert whole == arn_of(stack, bucket)
    assert children == {"Fn::Join": ["", [whole, "/*"]]}


def test_own_construct_stands_for_the_resource_inside(stack: cdk.Stack, role: aws_iam.Role) -> None:
    queue = Queue(stack, "Queue")
    attach_permissions(role, [queue, (queue, "grant_purge")])
    (inner,) = Template.from_stack(stack).find_resources("AWS::SQS::Queue", {"Properties": {"RedrivePolicy": {}}})
    assert {resource["Fn::GetAtt"][0] for _, resource in statements(stack)} == {inner}
    assert {"sqs:*", "sqs:PurgeQueue"} <= {a for actions, _ in statements(stack) for a in _listed(actions)}


@pytest.mark.parametrize("name", ["grant_read_data", "grantReadData"])
def test_named_grant(stack: cdk.Stack, role: aws_iam.Role, name: str) -> None:
    key = aws_dynamodb.Attribute(name="pk", type=aws_dynamodb.AttributeType.STRING)
    attach_permissions(role, [(aws_dynamodb.Table(stack, "Table", partition_key=key), name)])
    assert "dynamodb:GetItem" in str(statements(stack))
    assert "dynamodb:PutItem" not in str(statements(stack))


def test_bound_grant(stack: cdk.Stack, role: aws_iam.Role) -> None:
    attach_permissions(role, [aws_sqs.Queue(stack, "Queue").grant_send_messages])
    assert "sqs:SendMessage" in str(statements(stack))


@pytest.mark.parametrize(
    ("permissions", "message"),
    [
        ("s3", r"permissions are a list: pass \['s3'\]"),
        (["dynamdb:GetItem"], "unknown service 'dynamdb'; did you mean 'dynamodb'"),
        (["nothinglikeit"], "unknown service 'nothinglikeit'$"),
        (["s3:Get Object"], "is not an action"),
        ([7], "7 is not a permission"),
        ([print], "is not a permission"),
        (["*"], "unknown service"),
    ],
)
def test_anything_else_is_refused(role: aws_iam.Role, permissions: object, message: str) -> None:
    with pytest.raises(DefinitionError, match=message):
        attach_permissions(role, cast(Permissions, permissions))


@pytest.mark.parametrize("name", ["grant_read_dta", "add_to_resource_policy", "node"])
def test_grant_that_does_not_exist_is_refused(stack: cdk.Stack, role: aws_iam.Role, name: str) -> None:
    with pytest.raises(DefinitionError, match="test-app-main/Bucket has no grant"):
        attach_permissions(role, [(aws_s3.Bucket(stack, "Bucket"), name)])


def test_other_bound_methods_are_no_permission(stack: cdk.Stack, role: aws_iam.Role) -> None:
    with pytest.raises(DefinitionError, match="is not a permission"):
        attach_permissions(role, cast(Permissions, [aws_s3.Bucket(stack, "Bucket").add_cors_rule]))


def test_role_that_cannot_change_is_refused_instead_of_skipped(stack: cdk.Stack) -> None:
    arn = "arn:aws:iam::123456789012:role/theirs"
    attach_permissions(aws_iam.Role.from_role_arn(stack, "Mutable", arn), ["s3"])
    with pytest.raises(DefinitionError, match="would silently lack"):
        attach_permissions(aws_iam.Role.from_role_arn(stack, "Immutable", arn, mutable=False), ["s3"])


def test_function_without_a_known_role_is_refused(stack: cdk.Stack) -> None:
    imported = aws_lambda.Function.from_function_arn(stack, "F", "arn:aws:lambda:us-east-1:123456789012:function:f")
    with pytest.raises(DefinitionError, match="would silently lack"):
        attach_permissions(imported, [aws_s3.Bucket(stack, "Bucket").grant_read])
