"""What tests look for in a stack's template."""

from __future__ import annotations

from typing import Any

import aws_cdk as cdk
from aws_cdk.assertions import Template

HANDLER = "lambdas/convert/handler.handler"
OTHER = "lambdas/sweep/handler.handler"


def properties_of(stack: cdk.Stack, resource_type: str) -> list[dict[str, Any]]:
    """Properties of every resource of a type."""
    resources = Template.from_stack(stack).find_resources(resource_type).values()
    return [dict(resource.get("Properties", {})) for resource in resources]


def one(stack: cdk.Stack, resource_type: str) -> dict[str, Any]:
    """Properties of the only resource of a type."""
    (properties,) = properties_of(stack, resource_type)
    return properties


def allowed(stack: cdk.Stack, function: str) -> str:
    """What the role of a function (by the end of its name) allows, as text."""
    (name,) = [
        properties["Role"]["Fn::GetAtt"][0]
        for properties in properties_of(stack, "AWS::Lambda::Function")
        if properties["FunctionName"].endswith(function)
    ]
    policies = properties_of(stack, "AWS::IAM::Policy")
    return str([policy["PolicyDocument"] for policy in policies if {"Ref": name} in policy["Roles"]])
