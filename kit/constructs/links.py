"""``link=[table, bucket]``: grants, and the names in the environment that `kit.runtime.links` reads."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, NamedTuple

import aws_cdk as cdk
from aws_cdk import aws_lambda
from constructs import IConstruct

from kit.constructs.definition import Links, links_by_name
from kit.constructs.permissions import inner, require_mutable_role
from kit.errors import DefinitionError
from kit.runtime.links import variable


class _Kind(NamedTuple):
    """How a kind of construct is linked: the attribute that identifies it, the link's field for it, the grant."""

    kind: str
    attribute: str
    field: str
    grant: str | None


# Grants to read and write its contents, or to send to it; none to change or delete the resource itself.
_KINDS: Final = (
    _Kind("table", "table_name", "table_name", "grant_read_write_data"),
    _Kind("bucket", "bucket_name", "bucket_name", "grant_read_write"),
    _Kind("queue", "queue_url", "queue_url", "grant_send_messages"),
    _Kind("topic", "topic_arn", "topic_arn", "grant_publish"),
    _Kind("stream", "stream_name", "stream_name", "grant_write"),
    _Kind("event_bus", "event_bus_name", "event_bus_name", "grant_put_events_to"),
    _Kind("function", "function_name", "function_name", "grant_invoke"),
    _Kind("secret", "secret_arn", "secret_arn", "grant_read"),
    _Kind("api", "api_endpoint", "url", None),
)


def attach_links(function: aws_lambda.Function, links: Links) -> None:
    """Link a function to constructs: those of a list under their ids, those of a mapping under its keys.

    Raises
    ------
    DefinitionError
        A construct cannot be linked, or two have the same name.
    """
    for name, construct in links_by_name(links).items():
        _attach(function, name, construct)


def _attach(function: aws_lambda.Function, name: str, construct: IConstruct) -> None:
    resource = inner(construct)
    kind = next((kind for kind in _KINDS if hasattr(resource, kind.attribute)), None)
    if kind is None:
        kinds = ", ".join(kind.kind for kind in _KINDS)
        raise DefinitionError(f"{construct.node.path} cannot be linked; what can: {kinds}")
    if kind.grant:
        require_mutable_role(function)
        grant: Callable[[Any], Any] = getattr(resource, kind.grant)
        grant(function)
    values = {"kind": kind.kind, kind.field: getattr(resource, kind.attribute)}
    function.add_environment(variable(name), cdk.Stack.of(function).to_json_string(values))
