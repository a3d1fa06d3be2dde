"""A Lambda function with the defaults that this project wants everywhere."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, Unpack

import aws_cdk as cdk
from aws_cdk import aws_iam, aws_lambda
from constructs import Construct

from stacks.code import ROOT, function_code
from stacks.constructs.acknowledge import acknowledge
from stacks.constructs.defaults import default_props_of
from stacks.constructs.definition import DefinitionError, FunctionDefinition, FunctionProps, merge_props, to_props
from stacks.constructs.logs import log_group
from stacks.constructs.permissions import Permissions, attach_permissions

DEFAULTS: Final[FunctionProps] = {"memory_size": 1024, "timeout": 10, "runtime": "python3.14", "log_retention_days": 30}

_HANDLER = re.compile(r"(?P<file>[\w/]+)\.(?P<function>\w+)")
_RUNTIMES: Final = {
    "python3.12": aws_lambda.Runtime.PYTHON_3_12,
    "python3.13": aws_lambda.Runtime.PYTHON_3_13,
    "python3.14": aws_lambda.Runtime.PYTHON_3_14,
}


class Function(aws_lambda.Function):
    """A Lambda function on arm64, traced, with a log group of its own.

    Parameters
    ----------
    props
        See `FunctionProps`; they lie over the defaults of the stack, the app and this class.

    Raises
    ------
    DefinitionError
        There is no handler, its file is missing, or the runtime is not supported.
    """

    def __init__(self, scope: Construct, construct_id: str, **props: Unpack[FunctionProps]) -> None:
        merged = merge_props(merge_props(DEFAULTS, default_props_of(scope)), to_props(props))
        settings, name, key = merged.get("settings"), merged.get("function_name"), merged.get("encryption_key")
        logs = log_group(
            scope,
            f"{construct_id}Logs",
            name=f"/aws/lambda/{name}" if name else None,
            retention_days=merged["log_retention_days"],
            encryption_key=key,
        )
        # A role of its own, because the one that CDK makes may write to every log group of the account.
        role = aws_iam.Role(scope, f"{construct_id}Role", assumed_by=aws_iam.ServicePrincipal("lambda.amazonaws.com"))
        super().__init__(
            scope,
            construct_id,
            handler=_lambda_handler(merged.get("handler")),
            code=function_code(),
            runtime=_runtime(merged["runtime"]),
            architecture=aws_lambda.Architecture.ARM_64,
            tracing=aws_lambda.Tracing.ACTIVE,
            role=role,
            function_name=name,
            description=merged.get("description"),
            memory_size=merged["memory_size"],
            timeout=to_duration(merged["timeout"]),
            environment={**(settings.to_env() if settings else {}), **merged.get("environment", {})},
            environment_encryption=key,
            layers=list(merged.get("layers", [])),
            reserved_concurrent_executions=merged.get("reserved_concurrency"),
            log_group=logs,
        )
        logs.grant_write(self)
        acknowledge(role, {"AwsSolutions-IAM5[Resource::*]": "X-Ray's actions know no resource; tests find any other"})
        acknowledge(self, {"CKV_AWS_117": "it calls AWS's own services only; in a VPC each would need an endpoint"})
        if "reserved_concurrency" not in merged:
            acknowledge(self, {"CKV_AWS_115": "an option of the stage: a new account has 10 of concurrency in all"})
        if key:
            key.grant_decrypt(self)
        self.attach_permissions(merged.get("permissions", []))

    def attach_permissions(self, permissions: Permissions) -> None:
        """Give the function permissions (see `stacks.constructs.permissions.attach_permissions`)."""
        attach_permissions(self, permissions)


def to_function(
    scope: Construct, construct_id: str, definition: FunctionDefinition, defaults: FunctionProps | None = None
) -> Function:
    """Make a function from its definition, or pass on one that exists.

    Raises
    ------
    DefinitionError
        The definition has none of the forms, or defaults are given for a function that exists.
    """
    if isinstance(definition, Function):
        if defaults:
            raise DefinitionError(f"{definition.node.path} exists already: default_function_props cannot change it")
        return definition
    if isinstance(definition, aws_lambda.Function):
        raise DefinitionError("pass a stacks.constructs.Function, not an aws_lambda.Function")
    return Function(scope, construct_id, **merge_props(to_props(defaults or {}), to_props(definition)))


def to_duration(value: int | cdk.Duration) -> cdk.Duration:
    """Read a number as seconds."""
    return value if isinstance(value, cdk.Duration) else cdk.Duration.seconds(value)


def is_function_definition(value: Any) -> bool:
    """Tell whether a value has one of the forms of a function, in contrast to a mapping that wraps one."""
    return isinstance(value, str | aws_lambda.Function) or (isinstance(value, Mapping) and "function" not in value)


def _lambda_handler(handler: str | None, root: Path = ROOT) -> str:
    if not handler:
        raise DefinitionError("a function needs a handler, as in 'lambdas/ingest/handler.handler'")
    match = _HANDLER.fullmatch(handler)
    if not match:
        raise DefinitionError(f"handler {handler!r} is not of the form 'path/file.function'")
    if not (root / f"{match['file']}.py").is_file():
        raise DefinitionError(f"handler {handler!r}: there is no file {match['file']}.py")
    return handler.replace("/", ".")


def _runtime(name: str) -> aws_lambda.Runtime:
    if name not in _RUNTIMES:
        raise DefinitionError(f"runtime {name!r} is not supported; use {' or '.join(_RUNTIMES)}")
    return _RUNTIMES[name]
