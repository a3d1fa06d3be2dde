"""Permissions in a line: ``attach_permissions(["s3", table, (topic, "grant_publish"), bucket.grant_read])``."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Sequence
from types import MethodType
from typing import Any, Final, Literal, TypeAlias

from aws_cdk import aws_iam
from constructs import IConstruct, Node

from kit.errors import DefinitionError

ALL: Final = "*"
"""Permission for every action on every resource: for a first try, never for a stage that matters."""

Permission: TypeAlias = "str | aws_iam.PolicyStatement | IConstruct | tuple[IConstruct, str] | Callable[[Any], Any]"
Permissions: TypeAlias = "Literal['*'] | Sequence[Permission]"

_ACTION: Final = re.compile(r"[A-Za-z*]+")
_CAMEL: Final = re.compile(r"(?<!^)(?=[A-Z])")

# The ARN attribute that identifies a kind of construct; its service; whether the ARNs of its children need /*.
_ARNS: Final = (
    ("bucket_arn", "s3", True),
    ("table_arn", "dynamodb", True),
    ("queue_arn", "sqs", False),
    ("topic_arn", "sns", False),
    ("stream_arn", "kinesis", False),
    ("delivery_stream_arn", "firehose", False),
    ("function_arn", "lambda", False),
    ("secret_arn", "secretsmanager", False),
    ("key_arn", "kms", False),
    ("state_machine_arn", "states", False),
    ("event_bus_arn", "events", False),
)

_SERVICES: Final = frozenset(service for _, service, _ in _ARNS).union(
    ("athena", "cloudwatch", "elasticache", "execute-api", "glue", "iam", "iot", "logs"),
    ("quicksight", "scheduler", "ssm", "sts", "xray"),
)
_UNCHANGEABLE: Final = "the role cannot be changed, so it would silently lack the permission"


def attach_permissions(grantee: aws_iam.IGrantable, permissions: Permissions) -> None:
    """Give a grantee permissions, each in one of five forms.

    ``ALL``; in a list: ``"s3"`` or ``"dynamodb:GetItem"`` on every resource; a policy statement; a construct (full
    access to it); ``(construct, "grant_read")``; or the bound method ``construct.grant_read``.

    Raises
    ------
    DefinitionError
        A permission has none of these forms, or the grantee's role cannot take any.
    """
    require_mutable_role(grantee)
    if isinstance(permissions, str):
        if permissions != ALL:
            raise DefinitionError(f"permissions are a list: pass [{permissions!r}]")
        _allow(grantee, ["*"], ["*"])
        return
    for permission in permissions:
        _attach(grantee, permission)


def _attach(grantee: aws_iam.IGrantable, permission: Permission) -> None:
    match permission:
        case str():
            _allow(grantee, [_action(permission)], ["*"])
        case aws_iam.PolicyStatement():
            _add(grantee, permission)
        case (construct, str(name)):
            _grant(grantee, construct, name)
        case MethodType() if permission.__name__.startswith("grant"):
            permission(grantee)
        case _:
            _allow_construct(grantee, permission)


def _action(text: str) -> str:
    service, colon, action = text.partition(":")
    if service not in _SERVICES:
        close = difflib.get_close_matches(service, _SERVICES, n=1)
        raise DefinitionError(f"unknown service {service!r}" + (f"; did you mean {close[0]!r}?" if close else ""))
    if colon and not _ACTION.fullmatch(action):
        raise DefinitionError(f"{text!r} is not an action, as in 'dynamodb:GetItem'")
    return text if colon else f"{service}:*"


def _grant(grantee: aws_iam.IGrantable, construct: IConstruct, name: str) -> None:
    method = getattr(inner(construct), _CAMEL.sub("_", name).lower(), None)
    if not name.startswith("grant") or not callable(method):
        raise DefinitionError(f"{construct.node.path} has no grant {name!r}")
    method(grantee)


def _allow_construct(grantee: aws_iam.IGrantable, construct: Any) -> None:
    resource = inner(construct)
    for attribute, service, has_children in _ARNS:
        if arn := getattr(resource, attribute, None):
            _allow(grantee, [f"{service}:*"], [arn, f"{arn}/*"] if has_children else [arn])
            return
    raise DefinitionError(
        f"{construct!r} is not a permission: use ALL, a service, an action, a PolicyStatement, a construct,"
        " (construct, 'grant_…') or a bound grant"
    )


def inner(construct: Any) -> Any:
    """Return the CDK resource of one of this package's constructs."""
    return getattr(construct, "cdk", construct)


def _allow(grantee: aws_iam.IGrantable, actions: list[str], resources: list[str]) -> None:
    _add(grantee, aws_iam.PolicyStatement(actions=actions, resources=resources))


def _add(grantee: aws_iam.IGrantable, statement: aws_iam.PolicyStatement) -> None:
    if not grantee.grant_principal.add_to_principal_policy(statement).statement_added:
        raise DefinitionError(_UNCHANGEABLE)


def require_mutable_role(grantee: aws_iam.IGrantable) -> None:
    """Raise `DefinitionError` when a grantee has no role, or a role that cannot be changed.

    CDK would silently skip a grant to it.
    """
    role = grantee.grant_principal
    if isinstance(role, aws_iam.UnknownPrincipal) or _is_immutable(getattr(role, "node", None)):
        raise DefinitionError(_UNCHANGEABLE)


def _is_immutable(node: Node | None) -> bool:
    """Tell whether a node is CDK's immutable role, a private class: its id, or that of the wrapped role, shows it."""
    if node is None or node.scope is None:
        return False
    return node.id.startswith("ImmutableRole") or bool(node.scope.node.try_find_child(f"MutableRole{node.id}"))
