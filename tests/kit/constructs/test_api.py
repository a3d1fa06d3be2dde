from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

import aws_cdk as cdk
import pytest
from aws_cdk import aws_logs
from aws_cdk.assertions import Template

from kit.constructs import ALL, Api, Function, Route
from kit.constructs.api import RouteDefinition, route_key
from kit.errors import DefinitionError

CONVERT = "lambdas/convert/handler.handler"
INGEST = "lambdas/ingest/handler.handler"


def properties_of(stack: cdk.Stack, resource_type: str) -> list[dict[str, Any]]:
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
    assert len(properties_of(stack, "AWS::ApiGatewayV2::Route")) == 6
    assert len(properties_of(stack, "AWS::Lambda::Function")) == 4
    kinds = sorted(each["IntegrationType"] for each in properties_of(stack, "AWS::ApiGatewayV2::Integration"))
    assert kinds == ["AWS_PROXY"] * 4 + ["HTTP_PROXY"] * 2
    assert api.get_function("get /instance") is function
    assert api.get_function("GET /url") is None


def test_function_of_many_routes_has_one_integration_and_one_permission(stack: cdk.Stack) -> None:
    Api(stack, "Api", routes=dict.fromkeys(["GET /a", "POST /a", "$default"], Function(stack, "F", handler=CONVERT)))
    integrations = properties_of(stack, "AWS::ApiGatewayV2::Integration")
    assert [integration["PayloadFormatVersion"] for integration in integrations] == ["2.0"]
    assert len(properties_of(stack, "AWS::Lambda::Permission")) == 1


def test_same_route_twice_is_refused(stack: cdk.Stack) -> None:
    with pytest.raises(DefinitionError, match="route 'GET /a' exists already"):
        Api(stack, "Api", routes={"GET /a": CONVERT, "get  /a": CONVERT})


@pytest.mark.parametrize(
    ("definition", "message"),
    [
        (7, "not 7"),
        ({"function": CONVERT, "authoriser": None}, "did you mean 'authorizer'"),
        ({"authorizer": None}, "route 'GET /a' needs a function"),
        ({"handler": CONVERT, "timeoutt": 1}, "did you mean 'timeout'"),
        (Route(function=cast(Any, 7)), "not int"),
        (Route(function=CONVERT, body=7), "body is a dataclass"),
    ],
)
def test_wrong_route_definition_is_refused(stack: cdk.Stack, definition: object, message: str) -> None:
    with pytest.raises(DefinitionError, match=message):
        Api(stack, "Api", routes={"GET /a": cast(RouteDefinition, definition)})


def test_cors_is_on_unless_it_is_turned_off(stack: cdk.Stack) -> None:
    Api(stack, "On", routes={})
    Api(stack, "Off", routes={}, cors=False)
    origins = [
        api.get("CorsConfiguration", {}).get("AllowOrigins") for api in properties_of(stack, "AWS::ApiGatewayV2::Api")
    ]
    assert origins == [["*"], None]


def test_stage_throttles_and_logs(stack: cdk.Stack) -> None:
    logs = aws_logs.LogGroup(stack, "Logs")
    Api(stack, "Api", routes={}, throttle=(10, 20), access_logs=logs)
    (stage,) = properties_of(stack, "AWS::ApiGatewayV2::Stage")
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


def test_route_object_is_as_good_as_its_mapping(stack: cdk.Stack) -> None:
    Api(stack, "Api", default_function_props={"timeout": 5, "memory_size": 256}, routes={
        "GET /a": Route(function={"handler": CONVERT, "timeout": 30}),
        "GET /b": {"function": {"handler": CONVERT, "timeout": 30}},
    })  # fmt: skip
    assert [(f["Timeout"], f["MemorySize"]) for f in properties_of(stack, "AWS::Lambda::Function")] == [(30, 256)] * 2


@dataclass(frozen=True)
class Note:
    text: str


def test_body_is_in_the_apis_own_description(stack: cdk.Stack) -> None:
    api = Api(stack, "Api", routes={"POST /notes": Route(function=CONVERT, body=Note), "GET /notes": CONVERT})
    document = api.openapi()
    assert document["components"]["schemas"].keys() == {"Note"}
    assert document["paths"]["/notes"].keys() == {"post", "get"}


def test_functions_are_named_by_their_route(stack: cdk.Stack) -> None:
    Api(stack, "Api", routes={"GET /notes/{id}": CONVERT, "$default": INGEST})
    names = {f["FunctionName"] for f in properties_of(stack, "AWS::Lambda::Function")}
    assert names == {"test-app-Api-GET_notes_id_", "test-app-Api-_default"}


def test_routes_that_differ_only_in_signs_stay_apart(stack: cdk.Stack) -> None:
    Api(stack, "Api", routes={"GET /a-b": CONVERT, "GET /a_b": CONVERT, "GET /a.b": "https://example.com"})
    assert len({route["RouteKey"] for route in properties_of(stack, "AWS::ApiGatewayV2::Route")}) == 3
    assert len({f["FunctionName"] for f in properties_of(stack, "AWS::Lambda::Function")}) == 2


def test_function_that_exists_takes_no_defaults(stack: cdk.Stack) -> None:
    function = Function(stack, "F", handler=CONVERT)
    with pytest.raises(DefinitionError, match="exists already"):
        Api(stack, "Api", default_function_props={"timeout": 3}, routes={"GET /a": function})


def test_permissions_come_once_to_a_function_of_many_routes(stack: cdk.Stack) -> None:
    function = Function(stack, "F", handler=CONVERT)
    api = Api(stack, "Api", routes={"GET /a": function})
    api.attach_permissions(["sqs:SendMessage"])
    api.add_routes({"GET /b": function})
    assert str(actions_by_function(stack)).count("sqs:SendMessage") == 1


def test_everything_absorbs_what_was_attached(stack: cdk.Stack) -> None:
    api = Api(stack, "Api", routes={})
    api.attach_permissions(["sqs:SendMessage"])
    api.attach_permissions(ALL)
    api.add_routes({"GET /late": CONVERT})
    assert "sqs:SendMessage" not in str(actions_by_function(stack))
    assert "'*'" in str(actions_by_function(stack))
