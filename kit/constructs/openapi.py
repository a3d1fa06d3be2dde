"""The description of an API: its routes and the bodies that they take, as OpenAPI 3.1. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from kit.errors import DefinitionError

_REFERENCE = "#/components/schemas/{name}"
_PARAMETER = re.compile(r"\{(\w+)\+?\}")


def body_schema(key: str, body: Any) -> dict[str, Any]:
    """Return the JSON schema of a route's body.

    Raises
    ------
    DefinitionError
        The body's type has none.
    """
    try:
        (schema,), components = msgspec.json.schema_components([body], ref_template=_REFERENCE)
    except TypeError as error:
        raise DefinitionError(f"route {key!r}: body is a dataclass, Struct or TypedDict, not {body!r}") from error
    if schema.get("$ref") is None:
        raise DefinitionError(f"route {key!r}: body is a dataclass, Struct or TypedDict, not {body!r}")
    return {"schema": schema, "components": components}


def describe(title: str, routes: Sequence[str], bodies: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Return the description of an API, without its default route."""
    paths: dict[str, dict[str, Any]] = {}
    components: dict[str, Any] = {}
    for key in routes:
        method, _, path = key.partition(" ")
        if path:
            operation = _operation(path, bodies.get(key))
            paths.setdefault(path.replace("+}", "}"), {})["x-any" if method == "ANY" else method.lower()] = operation
            components |= bodies.get(key, {}).get("components", {})
    document = {"openapi": "3.1.0", "info": {"title": title, "version": "1"}, "paths": paths}
    return document | ({"components": {"schemas": components}} if components else {})


def _operation(path: str, body: Mapping[str, Any] | None) -> dict[str, Any]:
    operation: dict[str, Any] = {"responses": {"default": {"description": "The function's answer"}}}
    if names := _PARAMETER.findall(path):
        string = {"type": "string"}
        operation["parameters"] = [{"name": n, "in": "path", "required": True, "schema": string} for n in names]
    if body:
        operation["requestBody"] = {"required": True, "content": {"application/json": {"schema": body["schema"]}}}
    return operation
