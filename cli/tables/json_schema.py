"""Samples that are a JSON Schema: types, formats, required members, enumerations, lengths."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import msgspec

from cli.errors import CliError
from cli.tables.personal_names import look_of_name
from cli.tables.samples import Advance, Declared, Format, Row, Sample, UnknownMembers
from cli.tables.types import DECIMAL

_LARGEST = 2**63 - 1
_UNREADABLE = (msgspec.MsgspecError, UnicodeDecodeError, RecursionError)
_COMBINED = ("oneOf", "anyOf", "allOf")
_TYPES: Final[dict[str, tuple[str, ...]]] = {
    "boolean": ("boolean",),
    "integer": ("bigint",),
    "number": ("double",),
    "string": ("string",),
    "null": ("string",),
}
_FORMATS: Final[dict[str, str]] = {"date": "date", "date-time": "timestamp"}
_PERSONAL_FORMATS: Final = {
    "email": "email",
    "idn-email": "email",
    "ipv4": "ip",
    "ipv6": "ip",
    "phone": "phone",
}

Schema = Mapping[str, Any]


def is_json_schema(path: Path) -> bool:
    """Tell whether a file is the JSON Schema of an object; else it is a row."""
    try:
        document = msgspec.json.decode(path.read_bytes())
    except _UNREADABLE:
        return False
    if not isinstance(document, dict):
        return False
    describes = document.get("type") == "object" and isinstance(document.get("properties"), dict)
    return "json-schema.org" in str(document.get("$schema")) or describes


def json_schema_sample(path: Path) -> Sample:
    """Return the members that a JSON Schema describes; it has no rows.

    Raises
    ------
    CliError
        The file is not JSON, or describes no object.
    """
    try:
        document = msgspec.json.decode(path.read_bytes())
    except _UNREADABLE as error:
        raise CliError(f"{path.name} is not valid JSON: {error}") from None
    root = _resolved(document, document)
    if root.get("type") == "array":
        root = _resolved(root.get("items"), document)
    members = {name: _resolved(schema, document) for name, schema in _members(root, document) if schema is not False}
    if not members:
        raise CliError(f"{path.name} describes no object with `properties`: give the schema of a row")
    required = {name for part in _parts(root, document) for name in part.get("required", ())}
    return Sample(
        format=Format.JSON_SCHEMA,
        rows=_no_rows,
        declared={name: _declared(schema, required=name in required) for name, schema in members.items()},
        members=tuple(members),
        unknown_members=UnknownMembers.REFUSE if root.get("additionalProperties") is False else None,
    )


def _no_rows(_advance: Advance) -> Iterator[Row]:
    return iter(())


def _parts(root: Schema, document: Any) -> Iterator[Schema]:
    """Yield the schemas that must all hold: the root, and those of its ``allOf``."""
    yield root
    for part in root.get("allOf", ()):
        yield from _parts(_resolved(part, document), document)


def _members(root: Schema, document: Any) -> Iterator[tuple[str, Any]]:
    for part in _parts(root, document):
        yield from part.get("properties", {}).items()


def _resolved(schema: Any, document: Any) -> dict[str, Any]:
    """Return a schema after following its ``$ref``, and any choice between one schema and null."""
    seen = set()
    while isinstance(schema, dict) and (reference := schema.get("$ref")):
        if reference in seen:
            return {}
        seen.add(reference)
        rest = {name: value for name, value in schema.items() if name != "$ref"}
        schema = {**_target(reference, document), **rest}
    if not isinstance(schema, dict):
        return {}
    for name in ("oneOf", "anyOf"):
        others = [part for part in schema.get(name, ()) if _resolved_type(part, document) != "null"]
        if name in schema and len(others) == 1:
            rest = {key: value for key, value in schema.items() if key != name}
            nullable = len(others) < len(schema[name])
            return {**_resolved(others[0], document), **rest, **({"nullable": True} if nullable else {})}
    return schema


def _resolved_type(schema: Any, document: Any) -> object:
    return _resolved(schema, document).get("type")


def _target(reference: object, document: Any) -> dict[str, Any]:
    target = document
    head, _, pointer = str(reference).partition("#/")
    if head:
        raise CliError(f"the schema refers to {reference}, which is another file: bundle it into one")
    for part in pointer.split("/") if pointer else ():
        target = target.get(part.replace("~1", "/").replace("~0", "~")) if isinstance(target, dict) else None
    if not isinstance(target, dict):
        raise CliError(f"the schema refers to {reference}, which is not in it")
    return target


def _declared(schema: Schema, *, required: bool) -> Declared:
    kinds = schema.get("type", [])
    kinds = [kinds] if isinstance(kinds, str) else list(kinds)
    nullable = "null" in kinds or schema.get("nullable") is True
    kinds = [kind for kind in kinds if kind != "null"] or kinds
    enum = schema.get("enum", [schema["const"]] if "const" in schema else [])
    listed = tuple(value for value in enum if isinstance(value, str))
    if not kinds and listed and all(isinstance(value, str | None) for value in enum):
        kinds = ["string"]
    types = _types(kinds[0], schema) if len(kinds) == 1 and not any(name in schema for name in _COMBINED) else ()
    is_text = types == ("string",)
    return Declared(
        types=types,
        why=f"the schema says {' or '.join(map(str, kinds)) or 'nothing about its type'}",
        json_text=not types,
        required=required and not nullable and None not in enum,
        description=schema.get("description") if isinstance(schema.get("description"), str) else None,
        enum=listed if is_text else (),
        min_length=schema.get("minLength") if is_text and not listed else None,
        max_length=schema.get("maxLength") if is_text and not listed else None,
        look=look_of_name(_PERSONAL_FORMATS.get(str(schema.get("format")), "")),
    )


def _types(kind: object, schema: Schema) -> tuple[str, ...]:
    if kind == "string" and (named := _FORMATS.get(str(schema.get("format")))):
        return (named,)
    if kind == "integer" and any(abs(schema.get(limit, 0)) > _LARGEST for limit in ("minimum", "maximum")):
        return (DECIMAL,)
    if kind == "number" and _is_decimal_step(schema.get("multipleOf")):
        return (DECIMAL,)
    return _TYPES.get(str(kind), ())


def _is_decimal_step(step: object) -> bool:
    return isinstance(step, int | float) and step > 0 and round(step, 9) == step
