"""Send the invocations of deployed functions to the Lambda runner; their stacks identify them, not their names."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal

import boto3
from botocore.exceptions import ClientError

from offline.environment import AUTHORITY_VARIABLE
from offline.roles import let_root_assume
from offline.runner.functions import PROXY_VARIABLE


def hand_over(prefix: str, runner_url: str, aws: Mapping[str, str], stacks: Iterable[str] = ()) -> list[str]:
    """Send invocations of functions to the runner: those of stacks in `stacks` or with names that start with `prefix`.

    Return the functions' names. A deployment resets a function's environment, so do this after each one.
    """
    client = aws_client("lambda", aws)
    names = []
    for name in function_names(aws_client("cloudformation", aws), prefix, stacks):
        function = client.get_function_configuration(FunctionName=name)
        variables = {**function.get("Environment", {}).get("Variables", {}), PROXY_VARIABLE: runner_url}
        client.update_function_configuration(FunctionName=name, Environment={"Variables": variables})
        if AUTHORITY_VARIABLE in aws:
            let_root_assume(aws_client("iam", aws), function["Role"].rsplit("/", 1)[-1])
        names.append(name)
    return names


def function_names(client: Any, prefix: str, stacks: Iterable[str] = ()) -> list[str]:
    """Return the names of the functions of stacks in `stacks` or with names that start with `prefix`.

    `client` is a boto3 client of CloudFormation.
    """
    wanted = dict.fromkeys((*stacks, *(stack["StackName"] for stack in _stacks(client, prefix))))
    names = (physical for stack in wanted for _, physical in stack_resources(client, stack, "AWS::Lambda::Function"))
    return list(dict.fromkeys(names))


def stack_resources(client: Any, stack: str, resource_type: str) -> Iterator[tuple[str, str]]:
    """Yield logical and physical id of a stack's resources of a type, including those of its nested stacks."""
    try:
        pages = list(client.get_paginator("list_stack_resources").paginate(StackName=stack))
    except ClientError as error:
        if error.response["Error"]["Code"] == "ValidationError":  # it was not deployed
            return
        raise
    for resource in (resource for page in pages for resource in page["StackResourceSummaries"]):
        physical = resource.get("PhysicalResourceId", "")
        if resource["ResourceType"] == resource_type and physical:
            yield resource["LogicalResourceId"], physical
        elif resource["ResourceType"] == "AWS::CloudFormation::Stack" and physical:
            yield from stack_resources(client, physical, resource_type)


def stack_outputs(prefix: str, aws: Mapping[str, str]) -> dict[str, str]:
    """Return the outputs, by name, of every stack of the offline environment whose name starts with `prefix`."""
    return {
        output["OutputKey"]: output["OutputValue"]
        for stack in _stacks(aws_client("cloudformation", aws), prefix)
        for output in stack.get("Outputs", [])
    }


def _stacks(client: Any, prefix: str) -> Iterator[dict[str, Any]]:
    for page in client.get_paginator("describe_stacks").paginate():
        yield from (stack for stack in page["Stacks"] if stack["StackName"].startswith(prefix))


def aws_client(
    service: Literal["apigatewayv2", "cloudformation", "iam", "lambda", "secretsmanager"],
    aws: Mapping[str, str],
) -> Any:
    """Return a boto3 client of the offline environment."""
    return boto3.client(
        service,
        endpoint_url=aws["AWS_ENDPOINT_URL"],
        aws_access_key_id=aws["AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=aws["AWS_SECRET_ACCESS_KEY"],
        region_name=aws["AWS_REGION"],
        verify=aws.get(AUTHORITY_VARIABLE),
    )
