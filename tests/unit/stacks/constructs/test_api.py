from __future__ import annotations

from typing import Any, cast

import aws_cdk as cdk
import pytest
from aws_cdk import aws_logs
from aws_cdk.assertions import Template

from stacks.constructs import Api, DefinitionError, Function
from stacks.constructs.api import RouteDefinition, route_key

CONVERT = "lambdas/convert/handler.handler"
INGEST = "lambdas/ingest/handler.handler"


def found(stack: cdk.Stack, resource_type: str) -> list[dict[str, Any]]:
    return [dict(r["Properties"]) for r in Template.from_stack(stack).find_resources(resource_type).values()]


@pytest.mark.parametrize(
    ("key", "normal"),
    [("get   /a", "GET /a"), (" POST /a/{b+} ", "POST /a/{b+}"), ("any /", "ANY /"), ("$default", "$default")],
)
def test_route_key_has_one_form(key: str, normal: str) -> None:
    assert route_key(key) == normal


@pytest.mark.parametrize(
    ("key", "message"),
    [("/a", "invalid route"), ("GET a", "invalid route"), ("GET /a b", "invalid route"), ("", "invalid route"),
     ("FETCH /a", "invalid method 'FETCH'")],
)  # fmt: skip
def test_wrong_route_key_is_refused(key: str, message: str) -> None:
    with pytest.raises(DefinitionError, match=message):
        route_key(key)


def test_route_forms(stack: cdk.Stack) -> None:
    function = Function(stack, "Own", handler=CONVERT)
    api = Api(
        stack,
        "Api",
        routes={
            "GET /string": INGEST,
            "GET /props": {"handler": INGEST, "timeout": 5},
            "GET /route": {"function": {"handler": INGEST}},
            "GET /instance": function,
            "GET /url": "https://example.com/",
            "$default": "http://example.com/",
        },
    )
    assert len(found(stack, "AWS::ApiGatewayV2::Route")) == 6
    assert len(found(stack, "AWS::Lambda::Function")) == 4
    kinds = sorted(integration["IntegrationType"] for integration in found(stack, "AWS::ApiGatewayV2::Integration"))
    assert kinds == ["AWS_PROXY"] * 4 + ["HTTP_PROXY"] * 2
    assert api.get_function("get /instance") is function
    assert api.get_function("GET /url") is None


def test_function_of_many_routes_has_one_integration_and_one_permission(stack: cdk.Stack) -> None:
    Api(stack, "Api", routes=dict.fromkeys(["GET /a", "POST /a", "$default"], Function(stack, "F", handler=CONVERT)))
    integrations = found(stack, "AWS::ApiGatewayV2::Integration")
    assert [integration["PayloadFormatVersion"] for integration in integrations] == ["2.0"]
    assert len(found(stack, "AWS::Lambda::Permission")) == 1


def test_same_route_twice_is_refused(stack: cdk.Stack) -> None:
    with pytest.raises(DefinitionError, match="route 'GET /a' exists already"):
        Api(stack, "Api", routes={"GET /a": CONVERT, "get  /a": CONVERT})


@pytest.mark.parametrize(
    ("definition", "message"),
    [(7, "not 7"), ({"function": CONVERT, "authoriser": None}, "did you mean 'authorizer'")],
)
def test_wrong_route_definition_is_refused(stack: cdk.Stack, definition: object, message: str) -> None:
    with pytest.raises(DefinitionError, match=message):
        Api(stack, "Api", routes={"GET /a": cast(RouteDefinition, definition)})


def test_cors_is_on_unless_it_is_turned_off(stack: cdk.Stack) -> None:
    Api(stack, "On", routes={})
    Api(stack, "Off", routes={}, cors=False)
    origins = [api.get("CorsConfiguration", {}).get("AllowOrigins") for api in found(stack, "AWS::ApiGatewayV2::Api")]
    assert origins == [["*"], None]


def test_stage_throttles_and_logs(stack: cdk.Stack) -> None:
    logs = aws_logs.LogGroup(stack, "Logs")
    Api(stack, "Api", routes={}, throttle=(10, 20), access_logs=logs)
    (stage,) = found(stack, "AWS::ApiGatewayV2::Stage")
    assert stage["DefaultRouteSettings"] == {"ThrottlingRateLimit": 10, "ThrottlingBurstLimit": 20}
    assert stage["AccessLogSettings"]["DestinationArn"] == stack.resolve(logs.log_group_arn)


def actions_by_function(stack: cdk.Stack) -> dict[str, str]:
    policies = Template.from_stack(stack).find_resources("AWS::IAM::Policy")
    return {name: str(policy["Properties"]["PolicyDocument"]) for name, policy in policies.items()}


def test_permissions_hold_for_routes_added_later(stack: cdk.Stack) -> None:
    api = Api(stack, "Api", routes={"GET /early": CONVERT})
    api.attach_permissions(["sqs:SendMessage"])
    api.add_routes({"GET /late": CONVERT})
    policies = actions_by_function(stack)
    assert len(policies) == 2
    assert all("sqs:SendMessage" in policy for policy in policies.values())


def test_permissions_of_one_route_are_its_own(stack: cdk.Stack) -> None:
    api = Api(stack, "Api", routes={"GET /a": CONVERT, "GET /b": CONVERT})
    api.attach_permissions_to_route("get /b", ["sqs:SendMessage"])
    assert ["sqs:SendMessage" in policy for _, policy in sorted(actions_by_function(stack).items())] == [False, True]


def test_unknown_route_and_url_take_no_permissions(stack: cdk.Stack) -> None:
    api = Api(stack, "Api", routes={"GET /url": "https://example.com"})
    with pytest.raises(DefinitionError, match="no route 'GET /other'; there are GET /url"):
        api.attach_permissions_to_route("GET /other", ["s3"])
    with pytest.raises(DefinitionError, match="leads to a URL"):
        api.attach_permissions_to_route("GET /url", ["s3"])
