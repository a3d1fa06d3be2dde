"""Samples that are a JSON Schema: types, formats, required members, enumerations, lengths."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Final
from urllib.parse import unquote

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

_Length = Annotated[int, msgspec.Meta(ge=0)]


class _Form(msgspec.Struct, rename={"reference": "$ref", "all_of": "allOf", "any_of": "anyOf", "one_of": "oneOf"}):
    """The keywords that are read, of the types that they must have; others are passed over."""

    reference: str | None = None
    type: str | list[str] | None = None
    properties: dict[str, dict[str, Any] | bool] | None = None
    required: list[str] | None = None
    enum: list[Any] | None = None
    all_of: list[dict[str, Any] | bool] | None = None
    any_of: list[dict[str, Any] | bool] | None = None
    one_of: list[dict[str, Any] | bool] | None = None
    minimum: int | float | None = None
    maximum: int | float | None = None
    multipleOf: int | float | None = None  # noqa: N815 - as the standard writes it
    minLength: _Length | None = None  # noqa: N815
    maxLength: _Length | None = None  # noqa: N815


def is_json_schema(path: Path) -> bool:
    """Tell whether a file is the JSON Schema of an object; else it is a row."""
    try:
        document = _decode(path)
    except _UNREADABLE:
        return False
    if not isinstance(document, dict):
        return False
    return "json-schema.org" in str(document.get("$schema")) or _describes_an_object(document)


def _describes_an_object(document: Schema) -> bool:
    members = document.get("properties")
    if document.get("type") != "object" or not isinstance(members, dict):
        return False
    return all(isinstance(member, dict | bool) for member in members.values())


def _decode(path: Path) -> Any:
    return msgspec.json.decode(path.read_bytes().removeprefix(b"\xef\xbb\xbf"))


def json_schema_sample(path: Path) -> Sample:
    """Return the members that a JSON Schema describes; it has no rows.

    Raises
    ------
    CliError
        The file is not JSON, or describes no object.
    """
    try:
        document = _decode(path)
    except _UNREADABLE as error:
        raise CliError(f"{path.name} is not valid JSON: {error}") from None
    try:
        return _sample_of(document, path)
    except msgspec.ValidationError as error:
        raise CliError(f"{path.name} is no JSON Schema: {error}") from None
    except RecursionError:
        raise CliError(f"{path.name}: its schemas are nested too deeply, or refer to themselves without end") from None


def _sample_of(document: Any, path: Path) -> Sample:
    root = _resolved(document, document)
    if root.get("type") == "array":
        root = _resolved(root.get("items"), document)
    members = {
        name: _resolved_member(name, schema, document)
        for name, schema in _members(root, document)
        if schema is not False
    }
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


def _resolved_member(name: str, schema: Any, document: Any) -> dict[str, Any]:
    try:
        return _resolved(schema, document)
    except msgspec.ValidationError as error:
        raise msgspec.ValidationError(f"member {name!r}: {error}") from None


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
    if isinstance(schema, dict):
        msgspec.convert(schema, _Form)
    while isinstance(schema, dict) and (reference := schema.get("$ref")):
        if reference in seen:
            return {}
        seen.add(reference)
        rest = {name: value for name, value in schema.items() if name != "$ref"}
        schema = {**_target(reference, document), **rest}
        msgspec.convert(schema, _Form)
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


def _target(reference: str, document: Any) -> dict[str, Any]:
    target = document
    head, _, pointer = reference.partition("#")
    if head:
        raise CliError(f"the schema refers to {reference}, which is another file: bundle it into one")
    for part in pointer.split("/")[1:]:
        name = unquote(part).replace("~1", "/").replace("~0", "~")
        target = target.get(name) if isinstance(target, dict) else None
    if pointer and not pointer.startswith("/"):
        target = None
    if not isinstance(target, dict):
        raise CliError(f"the schema refers to {reference}, which is not in it as a path such as #/$defs/Name")
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
