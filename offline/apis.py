"""The HTTP APIs of a deployed app: their constructs, and the ids that CloudFormation gave them."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from offline.cors import CorsConfiguration
from offline.deployment import DeployedApi, DeployedRoute
from offline.errors import OfflineError
from offline.functions import stack_resources

_API = "AWS::ApiGatewayV2::Api"
_PATH = "aws:cdk:path"
_FUNCTION = re.compile(r":function:([^/]+)")


def ingest_url(outputs: Mapping[str, str]) -> str:
    """Return the URL of the deployed API."""
    try:
        return outputs["IngestUrl"]
    except KeyError:
        raise OfflineError("the ingest stack has no output IngestUrl, so the front door can't find the API") from None


def stacks_of(assembly: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the name and the template of each stack in a cloud assembly."""
    artifacts = json.loads((assembly / "manifest.json").read_text()).get("artifacts", {})
    for artifact_id, artifact in artifacts.items():
        properties = artifact.get("properties", {})
        if artifact["type"] == "aws:cloudformation:stack":
            yield (
                properties.get("stackName", artifact_id),
                json.loads((assembly / properties["templateFile"]).read_text()),
            )
        elif artifact["type"] == "cdk:cloud-assembly":
            yield from stacks_of(assembly / properties["directoryName"])


def deployed_apis(assembly: Path, cloudformation: Any, gateway: Any) -> list[DeployedApi]:
    """Return every HTTP API of the app, without WebSocket APIs.

    The CORS configurations come from the templates, because the emulator drops them.

    Parameters
    ----------
    cloudformation, gateway
        boto3 clients of CloudFormation and of API Gateway (v2).
    """
    apis = []
    for stack, template in stacks_of(assembly):
        declared = {k: r for k, r in template.get("Resources", {}).items() if r["Type"] == _API}
        ids = dict(stack_resources(cloudformation, stack, _API)) if declared else {}
        for logical_id, resource in declared.items():
            if logical_id in ids and resource["Properties"].get("ProtocolType", "HTTP") == "HTTP":
                apis.append(_api(gateway, ids[logical_id], f"{stack}/{logical_id}", resource))
    return _with_different_names(apis)


def _api(gateway: Any, api_id: str, where: str, resource: Mapping[str, Any]) -> DeployedApi:
    api, properties = gateway.get_api(ApiId=api_id), resource["Properties"]
    parts = urlsplit(api["ApiEndpoint"])
    return DeployedApi(
        construct=str(resource.get("Metadata", {}).get(_PATH, where)),
        name=str(api["Name"]),
        api_id=api_id,
        host=parts.netloc,
        path=parts.path.rstrip("/"),
        cors=CorsConfiguration.from_properties(properties.get("CorsConfiguration", {})),
        routes=tuple(_routes(gateway, api_id)),
    )


def _routes(gateway: Any, api_id: str) -> Iterator[DeployedRoute]:
    integrations = {i["IntegrationId"]: i for i in _items(gateway, "get_integrations", api_id)}
    for route in _items(gateway, "get_routes", api_id):
        target = integrations.get(route.get("Target", "").rsplit("/", 1)[-1], {})
        is_open = route.get("AuthorizationType", "NONE") == "NONE"
        yield DeployedRoute(key=route["RouteKey"], function=_function_of(target) if is_open else "")


def _items(gateway: Any, operation: str, api_id: str) -> list[dict[str, Any]]:
    pages = gateway.get_paginator(operation).paginate(ApiId=api_id)
    return [item for page in pages for item in page["Items"]]


def _function_of(integration: Mapping[str, Any]) -> str:
    match = _FUNCTION.search(integration.get("IntegrationUri", ""))
    ours = integration.get("IntegrationType") == "AWS_PROXY" and integration.get("PayloadFormatVersion") == "2.0"
    return match[1] if match and ours else ""


def _with_different_names(apis: Sequence[DeployedApi]) -> list[DeployedApi]:
    """Return the APIs; where two have the same name, their constructs replace it."""
    count = Counter(api.name for api in apis)
    return [api if count[api.name] == 1 else replace(api, name=_short(api.construct)) for api in apis]


def _short(construct: str) -> str:
    """Return a construct's path as a name, without the two parts that CDK adds at its end."""
    return re.sub(r"(/Api)?/Resource$", "", construct).replace("/", "-")
