"""Hands the deployed functions over to the Lambda runner, and finds the deployed API."""

from collections.abc import Mapping
from typing import Any, Literal

import boto3

from offline.environment import AUTHORITY_VARIABLE
from offline.errors import LakeError
from offline.roles import let_root_assume
from offline.runner.functions import PROXY_VARIABLE


def hand_over(prefix: str, runner_url: str, aws: Mapping[str, str]) -> list[str]:
    """Point every function whose name starts with `prefix` at the runner; returns their names.

    A deployment resets a function's environment, so this follows each one.
    """
    client = _client("lambda", aws)
    names = []
    for page in client.get_paginator("list_functions").paginate():
        for function in page["Functions"]:
            if (name := function["FunctionName"]).startswith(prefix):
                variables = {**function.get("Environment", {}).get("Variables", {}), PROXY_VARIABLE: runner_url}
                client.update_function_configuration(FunctionName=name, Environment={"Variables": variables})
                if AUTHORITY_VARIABLE in aws:
                    let_root_assume(_client("iam", aws), function["Role"].rsplit("/", 1)[-1])
                names.append(name)
    return names


def stack_outputs(prefix: str, aws: Mapping[str, str] | None) -> dict[str, str]:
    """The outputs, by name, of every stack whose name starts with `prefix`; without `aws`, on AWS itself."""
    client = _client("cloudformation", aws)
    return {
        output["OutputKey"]: output["OutputValue"]
        for page in client.get_paginator("describe_stacks").paginate()
        for stack in page["Stacks"]
        if stack["StackName"].startswith(prefix)
        for output in stack.get("Outputs", [])
    }


def api_urls(aws: Mapping[str, str]) -> dict[str, str]:
    """The URL, by name, of every HTTP API."""
    pages = _client("apigatewayv2", aws).get_paginator("get_apis").paginate()
    return {api["Name"]: api["ApiEndpoint"] for page in pages for api in page["Items"]}


def ingest_url(outputs: Mapping[str, str]) -> str:
    """The deployed API's URL."""
    try:
        return outputs["IngestUrl"]
    except KeyError:
        raise LakeError("the ingest stack has no output IngestUrl, so the front door can't find the API") from None


def _client(service: Literal["apigatewayv2", "cloudformation", "iam", "lambda"], aws: Mapping[str, str] | None) -> Any:
    if aws is None:
        return boto3.client(service)
    return boto3.client(
        service,
        endpoint_url=aws["AWS_ENDPOINT_URL"],
        aws_access_key_id=aws["AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=aws["AWS_SECRET_ACCESS_KEY"],
        region_name=aws["AWS_REGION"],
        verify=aws.get(AUTHORITY_VARIABLE),
    )
