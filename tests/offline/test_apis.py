"""What CloudFormation says an app's APIs and functions are, whatever they are called."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from botocore.exceptions import ClientError

from offline.apis import deployed_apis, ingest_url, stacks_of
from offline.deployment import DeployedRoute
from offline.errors import OfflineError
from offline.functions import function_names, stack_resources

FUNCTION_URI = (
    "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:0:function:{}/invocations"
)


def api(construct: str, *, protocol: str = "HTTP", **properties: Any) -> dict[str, Any]:
    return {
        "Type": "AWS::ApiGatewayV2::Api",
        "Properties": {"Name": "Api", "ProtocolType": protocol, **properties},
        "Metadata": {"aws:cdk:path": construct},
    }


class Paginator(NamedTuple):
    page: Callable[..., dict[str, Any]]

    def paginate(self, **arguments: str) -> list[dict[str, Any]]:
        return [self.page(**arguments)]


class FakeClient:
    """Answers paginated and plain calls from what it is given."""

    def __init__(self, **answers: Callable[..., dict[str, Any]]) -> None:
        self._answers = answers

    def get_paginator(self, operation: str) -> Any:
        return Paginator(self._answers[operation])

    def get_api(self, **arguments: str) -> dict[str, Any]:
        return self._answers["get_api"](**arguments)


def cloudformation(stacks: Mapping[str, Mapping[str, tuple[str, str]]]) -> FakeClient:
    """Return a client that knows stacks: type and physical id by logical id."""

    def resources(StackName: str) -> dict[str, Any]:
        if StackName not in stacks:
            raise ClientError({"Error": {"Code": "ValidationError", "Message": "no"}}, "ListStackResources")
        return {
            "StackResourceSummaries": [
                {"LogicalResourceId": logical, "ResourceType": kind, "PhysicalResourceId": physical}
                for logical, (kind, physical) in stacks[StackName].items()
            ]
        }

    return FakeClient(
        list_stack_resources=resources,
        describe_stacks=lambda: {"Stacks": [{"StackName": name} for name in stacks]},
    )


def gateway() -> FakeClient:
    integrations = [
        {"IntegrationId": "i1", "IntegrationType": "AWS_PROXY", "PayloadFormatVersion": "2.0",
         "IntegrationUri": FUNCTION_URI.format("own-name")},
        {"IntegrationId": "i2", "IntegrationType": "AWS_PROXY", "PayloadFormatVersion": "2.0",
         "IntegrationUri": "arn:aws:lambda:us-east-1:0:function:plain"},
        {"IntegrationId": "i3", "IntegrationType": "HTTP_PROXY", "IntegrationUri": "https://example.com"},
        {"IntegrationId": "i4", "IntegrationType": "AWS_PROXY", "PayloadFormatVersion": "1.0",
         "IntegrationUri": FUNCTION_URI.format("old")},
    ]  # fmt: skip
    routes = [
        {"RouteKey": "GET /a", "Target": "integrations/i1", "AuthorizationType": "NONE"},
        {"RouteKey": "GET /b", "Target": "integrations/i2"},
        {"RouteKey": "GET /url", "Target": "integrations/i3"},
        {"RouteKey": "GET /old", "Target": "integrations/i4"},
        {"RouteKey": "GET /guarded", "Target": "integrations/i1", "AuthorizationType": "JWT"},
        {"RouteKey": "$default"},
    ]
    return FakeClient(
        get_api=lambda ApiId: {"Name": "Api", "ApiEndpoint": f"http://{ApiId}.execute-api.127.0.0.1:4566"},
        get_integrations=lambda ApiId: {"Items": integrations},
        get_routes=lambda ApiId: {"Items": routes},
    )


@pytest.fixture
def assembly(tmp_path: Path) -> Path:
    def template(name: str, resources: Mapping[str, Any]) -> None:
        (tmp_path / name).write_text(json.dumps({"Resources": resources}))

    cors = {"AllowOrigins": ["*"], "MaxAge": 60}
    template("one.template.json", {"A": api("one/Notes/Api/Resource", CorsConfiguration=cors), "Q": {"Type": "Q"}})
    template(
        "two.template.json",
        {"A": api("two/Notes/Api/Resource"), "W": api("two/Live/Resource", protocol="WEBSOCKET"), "N": api("two/New")},
    )
    (tmp_path / "empty.template.json").write_text("{}")
    stack = "aws:cloudformation:stack"
    nested = tmp_path / "assembly-inner"
    nested.mkdir()
    inner = {"in": {"type": stack, "properties": {"templateFile": "in.template.json", "stackName": "inner"}}}
    (nested / "manifest.json").write_text(json.dumps({"artifacts": inner}))
    (nested / "in.template.json").write_text("{}")
    artifacts = {
        "one": {"type": stack, "properties": {"templateFile": "one.template.json", "stackName": "my-stack"}},
        "two": {"type": stack, "properties": {"templateFile": "two.template.json"}},
        "empty": {"type": stack, "properties": {"templateFile": "empty.template.json"}},
        "tree": {"type": "cdk:tree", "properties": {"file": "tree.json"}},
        "inner": {"type": "cdk:cloud-assembly", "properties": {"directoryName": "assembly-inner"}},
    }
    (tmp_path / "manifest.json").write_text(json.dumps({"artifacts": artifacts}))
    return tmp_path


API, FUNCTION = "AWS::ApiGatewayV2::Api", "AWS::Lambda::Function"
STACKS = {
    "my-stack": {"A": (API, "aaaa"), "F": (FUNCTION, "own-name"), "I": ("AWS::CloudFormation::Stack", "inside")},
    "inside": {"F": (FUNCTION, "nested")},
    "local-app-two": {"F": (FUNCTION, "local-app-two-f"), "G": (FUNCTION, "Legacy.Name")},
    "other": {"F": (FUNCTION, "local-app-of-somebody-else")},
    "two": {"A": (API, "bbbb"), "W": (API, "cccc"), "N": (API, "")},
}


def test_stacks_are_those_of_the_assembly_and_of_what_is_in_it(assembly: Path) -> None:
    assert [name for name, _ in stacks_of(assembly)] == ["my-stack", "two", "empty", "inner"]


def test_two_apis_of_one_name_are_two_and_a_websocket_api_is_none(assembly: Path) -> None:
    found = deployed_apis(assembly, cloudformation(STACKS), gateway())
    assert [(a.construct, a.api_id, a.name) for a in found] == [
        ("one/Notes/Api/Resource", "aaaa", "one-Notes"),
        ("two/Notes/Api/Resource", "bbbb", "two-Notes"),
    ]
    assert found[0].host == "aaaa.execute-api.127.0.0.1:4566"
    assert (found[0].cors.allow_origins, found[0].cors.max_age) == (("*",), 60)
    assert not found[1].cors.is_configured


def test_routes_lead_to_functions_by_arn_and_the_rest_to_the_emulator(assembly: Path) -> None:
    first, _ = deployed_apis(assembly, cloudformation(STACKS), gateway())
    assert first.routes == (
        DeployedRoute(key="GET /a", function="own-name"),
        DeployedRoute(key="GET /b", function="plain"),
        DeployedRoute(key="GET /url"),
        DeployedRoute(key="GET /old"),
        DeployedRoute(key="GET /guarded"),
        DeployedRoute(key="$default"),
    )


def test_functions_are_those_of_the_stacks_whatever_they_are_called() -> None:
    client = cloudformation(STACKS)
    assert function_names(client, "local-app-") == ["local-app-two-f", "Legacy.Name"]
    assert function_names(client, "local-app-", ["my-stack"]) == [
        "own-name",
        "nested",
        "local-app-two-f",
        "Legacy.Name",
    ]


def test_a_stack_that_was_not_deployed_has_no_resources() -> None:
    assert list(stack_resources(cloudformation({}), "none", FUNCTION)) == []


def test_without_the_output_the_front_door_says_what_is_missing() -> None:
    assert ingest_url({"IngestUrl": "http://a"}) == "http://a"
    with pytest.raises(OfflineError, match="IngestUrl"):
        ingest_url({})
