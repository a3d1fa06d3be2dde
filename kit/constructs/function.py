"""A Lambda function with this project's defaults."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, Unpack

import aws_cdk as cdk
from aws_cdk import aws_iam, aws_lambda
from constructs import Construct

from kit.constructs.acknowledge import acknowledge
from kit.constructs.app import App, Stack
from kit.constructs.defaults import default_props_of
from kit.constructs.definition import FunctionDefinition, FunctionProps, Links, merge_props, to_props
from kit.constructs.layer import check_unpacked_size
from kit.constructs.links import attach_links
from kit.constructs.logs import log_group
from kit.constructs.permissions import Permissions, attach_permissions
from kit.errors import DefinitionError
from kit.packaging.code import SRC_VARIABLE, package
from kit.packaging.package import Package, Project

DEFAULTS: Final[FunctionProps] = {"memory_size": 1024, "timeout": 10, "runtime": "python3.14", "log_retention_days": 30}

_LONGEST_NAME: Final = 64


class Function(aws_lambda.Function):
    """A Lambda function on arm64, traced, with a log group of its own.

    Parameters
    ----------
    props
        See `FunctionProps`; they lie over the defaults of the stack, the app and this class.

    Attributes
    ----------
    props
        The function's properties, all defaults included; read-only.

    Raises
    ------
    DefinitionError
        The handler is missing or invalid, its code cannot be packaged, or a property is wrong.
    """

    def __init__(self, scope: Construct, construct_id: str, **props: Unpack[FunctionProps]) -> None:
        inherited = self.inherited(default_props_of(scope))
        merged = merge_props(merge_props(DEFAULTS, inherited), to_props(props))
        key = merged.get("encryption_key")
        name = merged.get("function_name") or default_name(scope, construct_id)
        packaged = _packaged(scope, merged)
        check_unpacked_size(f"{scope.node.path}/{construct_id}", packaged.folder, merged.get("layers", ()))
        logs = log_group(
            scope,
            f"{construct_id}Logs",
            name=f"/aws/lambda/{name}" if name else None,
            retention_days=merged["log_retention_days"],
            encryption_key=key,
        )
        # A role of its own, because CDK's default role may write to every log group of the account.
        role = aws_iam.Role(scope, f"{construct_id}Role", assumed_by=aws_iam.ServicePrincipal("lambda.amazonaws.com"))
        super().__init__(
            scope,
            construct_id,
            handler=packaged.handler,
            code=packaged.code,
            runtime=packaged.runtime,
            architecture=aws_lambda.Architecture.ARM_64,
            tracing=aws_lambda.Tracing.ACTIVE,
            role=role,
            function_name=name,
            description=merged.get("description"),
            memory_size=merged["memory_size"],
            timeout=to_duration(merged["timeout"]),
            ephemeral_storage_size=cdk.Size.mebibytes(merged["disk_mb"]) if "disk_mb" in merged else None,
            environment=_environment(merged, packaged),
            environment_encryption=key,
            layers=list(merged.get("layers", [])),
            reserved_concurrent_executions=merged.get("reserved_concurrency"),
            log_group=logs,
        )
        self.props: Mapping[str, Any] = MappingProxyType(dict(merged))
        logs.grant_write(self)
        _acknowledge(self, role, has_concurrency="reserved_concurrency" in merged)
        if key:
            key.grant_decrypt(self)
        self.attach_permissions(merged.get("permissions", []))
        self.attach_links(merged.get("link", ()))

    @staticmethod
    def inherited(defaults: FunctionProps) -> FunctionProps:
        """Return the defaults of the app and the stack that the function takes: all of them."""
        return defaults

    def attach_permissions(self, permissions: Permissions) -> None:
        """Give the function permissions (see `kit.constructs.permissions.attach_permissions`)."""
        attach_permissions(self, permissions)

    def attach_links(self, links: Links) -> None:
        """Link the function to constructs (see `kit.constructs.links`)."""
        attach_links(self, links)


def to_function(
    scope: Construct, construct_id: str, definition: FunctionDefinition, defaults: FunctionProps | None = None
) -> Function:
    """Return the function of a definition: a new one, or the one that is defined already.

    Raises
    ------
    DefinitionError
        The definition has none of the forms, or there are defaults for a function that exists already.
    """
    if isinstance(definition, Function):
        if defaults:
            raise DefinitionError(f"{definition.node.path} exists already: default_function_props cannot change it")
        return definition
    if isinstance(definition, aws_lambda.Function):
        raise DefinitionError("pass a kit.constructs.Function, not an aws_lambda.Function")
    return Function(scope, construct_id, **merge_props(to_props(defaults or {}), to_props(definition)))


def to_duration(value: int | cdk.Duration) -> cdk.Duration:
    """Return a Duration; a number is seconds."""
    return value if isinstance(value, cdk.Duration) else cdk.Duration.seconds(value)


def is_function_definition(value: Any) -> bool:
    """Tell whether a value defines a function itself, and is not a mapping that wraps a definition."""
    return isinstance(value, str | aws_lambda.Function) or (isinstance(value, Mapping) and "function" not in value)


def default_name(scope: Construct, construct_id: str) -> str | None:
    """Return ``{stage}-{app}-{ids}``, with the ids of the enclosing constructs; None outside a `Stack` of this package.

    A name that is too long is cut, and ends in a hash of the whole name.
    """
    stack = cdk.Stack.of(scope)
    if not isinstance(stack, Stack):
        return None
    ids = [node.node.id for node in scope.node.scopes if isinstance(node, Construct)]
    inside = ids[ids.index(stack.node.id) + 1 :]
    whole = stack.name("-".join((*inside, construct_id)))
    if len(whole) <= _LONGEST_NAME:
        return whole
    digest = hashlib.sha256(whole.encode()).hexdigest()[:8]
    return f"{whole[: _LONGEST_NAME - 9]}-{digest}"


def _acknowledge(function: Function, role: aws_iam.Role, *, has_concurrency: bool) -> None:
    acknowledge(role, {"AwsSolutions-IAM5[Resource::*]": "X-Ray's actions know no resource; tests find any other"})
    acknowledge(function, {"CKV_AWS_117": "it calls AWS's own services only; in a VPC each would need an endpoint"})
    if not has_concurrency:
        acknowledge(function, {"CKV_AWS_115": "an option of the stage: a new account has 10 of concurrency in all"})


def _packaged(scope: Construct, props: FunctionProps) -> Package:
    app = scope.node.root
    return package(
        app.project if isinstance(app, App) else Project(root=Path.cwd()),
        handler=props.get("handler"),
        runtime=props["runtime"],
        src=props.get("src"),
        packages=props.get("packages"),
        bundle=props.get("bundle"),
    )


def _environment(props: FunctionProps, packaged: Package) -> dict[str, str]:
    """Return a function's variables: those of `environment` override the others."""
    settings, src = props.get("settings"), props.get("src")
    return {
        **({SRC_VARIABLE: src} if src else {}),
        **packaged.environment,
        **(settings.to_env() if settings else {}),
        **props.get("environment", {}),
    }
