"""The constructs that a function is linked to, for its handler.

``Function(stack, "Create", handler="create.main", link=[table])`` lets the handler write::

    from kit.runtime.links import links

    def main(event, context):
        name = links().table("notes").table_name

The names come from the environment when the function is invoked, never at import. A link is a frozen dataclass.
``links().notes`` returns the same link, but type checkers do not know its type. When a link has the name of a kind,
such as ``table``, call the kind's method.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Final, TypeAlias, TypeVar

from kit.errors import ConfigurationError

PREFIX: Final = "LAKE_LINK_"


@dataclass(frozen=True, kw_only=True, slots=True)
class ApiLink:
    """An HTTP API."""

    url: str


@dataclass(frozen=True, kw_only=True, slots=True)
class BucketLink:
    """An S3 bucket that may be read and written."""

    bucket_name: str


@dataclass(frozen=True, kw_only=True, slots=True)
class EventBusLink:
    """An EventBridge bus that events may be put on."""

    event_bus_name: str


@dataclass(frozen=True, kw_only=True, slots=True)
class FunctionLink:
    """A function that may be invoked."""

    function_name: str


@dataclass(frozen=True, kw_only=True, slots=True)
class QueueLink:
    """An SQS queue that messages may be sent to."""

    queue_url: str


@dataclass(frozen=True, kw_only=True, slots=True)
class SecretLink:
    """A secret that may be read."""

    secret_arn: str


@dataclass(frozen=True, kw_only=True, slots=True)
class StreamLink:
    """A Kinesis stream that records may be put on."""

    stream_name: str


@dataclass(frozen=True, kw_only=True, slots=True)
class TableLink:
    """A DynamoDB table that may be read and written."""

    table_name: str


@dataclass(frozen=True, kw_only=True, slots=True)
class TopicLink:
    """An SNS topic that may be published to."""

    topic_arn: str


Link: TypeAlias = (
    ApiLink | BucketLink | EventBusLink | FunctionLink | QueueLink | SecretLink | StreamLink | TableLink | TopicLink
)
KINDS: Final[dict[str, type[Link]]] = {
    "api": ApiLink,
    "bucket": BucketLink,
    "event_bus": EventBusLink,
    "function": FunctionLink,
    "queue": QueueLink,
    "secret": SecretLink,
    "stream": StreamLink,
    "table": TableLink,
    "topic": TopicLink,
}

L = TypeVar("L")


class Links:
    """The links of a function, by name; a name that is not linked raises `ConfigurationError`."""

    __slots__ = ("_links",)
    _links: dict[str, Link]

    def __init__(self, links: Mapping[str, Link]) -> None:
        object.__setattr__(self, "_links", dict(links))

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"links are frozen: {name!r} cannot be set")

    def __getattr__(self, name: str) -> Link:
        if name.startswith("__"):
            raise AttributeError(name)
        return self._get(name, object)  # type: ignore[return-value]

    def api(self, name: str) -> ApiLink:
        """Return the link to an HTTP API."""
        return self._get(name, ApiLink)

    def bucket(self, name: str) -> BucketLink:
        """Return the link to a bucket."""
        return self._get(name, BucketLink)

    def event_bus(self, name: str) -> EventBusLink:
        """Return the link to an event bus."""
        return self._get(name, EventBusLink)

    def function(self, name: str) -> FunctionLink:
        """Return the link to a function."""
        return self._get(name, FunctionLink)

    def queue(self, name: str) -> QueueLink:
        """Return the link to a queue."""
        return self._get(name, QueueLink)

    def secret(self, name: str) -> SecretLink:
        """Return the link to a secret."""
        return self._get(name, SecretLink)

    def stream(self, name: str) -> StreamLink:
        """Return the link to a stream."""
        return self._get(name, StreamLink)

    def table(self, name: str) -> TableLink:
        """Return the link to a table."""
        return self._get(name, TableLink)

    def topic(self, name: str) -> TopicLink:
        """Return the link to a topic."""
        return self._get(name, TopicLink)

    def _get(self, name: str, kind: type[L]) -> L:
        if name not in self._links:
            known = ", ".join(self._links) or "nothing"
            raise ConfigurationError(f"{name!r} is not linked (linked: {known}): add it to the function's link=[…]")
        link = self._links[name]
        if not isinstance(link, kind):
            raise ConfigurationError(f"{name!r} is linked as a {type(link).__name__}, not as a {kind.__name__}")
        return link


def links(environ: Mapping[str, str] | None = None) -> Links:
    """Read the function's links from its environment.

    Raises
    ------
    ConfigurationError
        A variable is not what ``link=[…]`` writes.
    """
    environment = os.environ if environ is None else environ
    variables = (variable for variable in sorted(environment) if variable.startswith(PREFIX))
    return Links(
        {variable.removeprefix(PREFIX).lower(): _link(variable, environment[variable]) for variable in variables}
    )


def variable(name: str) -> str:
    """Return the name of the variable that carries a link."""
    return PREFIX + name.upper()


def _link(variable: str, text: str) -> Link:
    try:
        values = json.loads(text)
        kind = KINDS[values.pop("kind")]
        return kind(**{field.name: values[field.name] for field in fields(kind)})
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ConfigurationError(f"{variable} is not a link: {text[:80]!r}") from error
