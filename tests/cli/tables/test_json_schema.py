"""A JSON Schema says types, formats, required members, lists of values and longest texts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cli.errors import CliError
from cli.tables.draft import Draft, DraftColumn
from tests.cli.tables.samples import drafted

HEAD = {"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object"}


def draft(folder: Path, **schema: Any) -> Draft:
    path = folder / "order.json"
    path.write_text(json.dumps(HEAD | schema))
    return drafted(path)


def column(folder: Path, member: dict[str, Any] | bool, **schema: Any) -> DraftColumn:
    (only,) = draft(folder, properties={"a": member}, **schema).columns
    return only


@pytest.mark.parametrize(
    ("member", "kind"),
    [
        ({"type": "integer"}, "bigint"),
        ({"type": "integer", "maximum": 2**64}, "decimal(38,9)"),
        ({"type": "number"}, "double"),
        ({"type": "number", "multipleOf": 0.01}, "decimal(38,9)"),
        ({"type": "boolean"}, "boolean"),
        ({"type": "string"}, "string"),
        ({"type": "string", "format": "date"}, "date"),
        ({"type": "string", "format": "date-time"}, "timestamp"),
        ({"type": ["null", "integer"]}, "bigint"),
        ({"anyOf": [{"type": "integer"}, {"type": "null"}]}, "bigint"),
        ({"$ref": "#/$defs/day"}, "date"),
        ({"type": ["string", "integer"]}, "json"),
        ({"type": "object", "properties": {"b": {}}}, "json"),
        ({"type": "array"}, "json"),
        ({"oneOf": [{"type": "string"}, {"type": "integer"}]}, "json"),
        ({"enum": ["a", 1]}, "json"),
        ({"enum": ["a", "b"]}, "string"),
        ({}, "json"),
        (True, "json"),
    ],
)
def test_the_type_of_a_member(member: dict[str, Any], kind: str, tmp_path: Path) -> None:
    one = column(tmp_path, member, **{"$defs": {"day": {"type": "string", "format": "date"}}})
    assert ("json" if one.json_text else one.type) == kind


def test_money_is_a_decimal(tmp_path: Path) -> None:
    assert draft(tmp_path, properties={"price": {"type": "number"}}).columns[0].type == "decimal(38,9)"


def test_only_what_is_required_and_never_null_is_required(tmp_path: Path) -> None:
    properties = {"a": {"type": "string"}, "b": {"type": ["string", "null"]}, "c": {"type": "string"}}
    columns = draft(tmp_path, properties=properties, required=["a", "b"]).columns
    assert [one.required for one in columns] == [True, False, False]


def test_lists_of_values_and_lengths_are_kept(tmp_path: Path) -> None:
    assert column(tmp_path, {"type": "string", "enum": ["x", "y", None]}).enum == ("x", "y")
    assert column(tmp_path, {"type": "string", "enum": ["x", "y"]}).classification == "internal"
    limited = column(tmp_path, {"type": "string", "minLength": 1, "maxLength": 9, "description": "A code."})
    assert (limited.min_length, limited.max_length) == (1, 9)
    assert limited.description == "A code. Member `a` of the schema."


def test_a_format_may_look_personal(tmp_path: Path) -> None:
    assert column(tmp_path, {"type": "string", "format": "email"}).classification == "restricted"


def test_members_of_all_parts_and_of_items_are_found(tmp_path: Path) -> None:
    parts = draft(tmp_path, properties={"a": {}}, allOf=[{"properties": {"b": {}}, "required": ["b"]}])
    assert [(one.name, one.required) for one in parts.columns] == [("a", False), ("b", True)]
    items = draft(tmp_path, type="array", items={"type": "object", "properties": {"c": {"type": "integer"}}})
    assert [one.name for one in items.columns] == ["c"]


def test_a_closed_schema_refuses_unknown_members_unless_told(tmp_path: Path) -> None:
    assert draft(tmp_path, properties={"a": {}}).unknown_members == "extra"
    assert draft(tmp_path, properties={"a": {}}, additionalProperties=False).unknown_members == "refuse"


@pytest.mark.parametrize(
    ("schema", "said"),
    [
        ({"type": "string"}, "describes no object"),
        ({"properties": {"a": {"$ref": "other.json#/a"}}}, "another file"),
        ({"properties": {"a": {"$ref": "#/$defs/a"}}}, "is not in it"),
        ({"properties": {"a": {"$ref": "#anchor"}}}, "#anchor, which is not in it as a path"),
        ({"properties": {"a": {"$ref": 5}}}, r"order\.json is no JSON Schema: member 'a': Expected `str"),
        ({"properties": ["a"]}, "is no JSON Schema"),
        ({"properties": {"a": {}}, "required": True}, "is no JSON Schema"),
        ({"properties": {"a": {}}, "allOf": {}}, "is no JSON Schema"),
        ({"properties": {"a": {"anyOf": 5}}}, "is no JSON Schema"),
        ({"properties": {"a": {"type": "integer", "minimum": "5"}}}, "is no JSON Schema"),
        ({"properties": {"a": {"type": "string", "maxLength": -1}}}, "is no JSON Schema"),
        ({"properties": {"a": {}}, "allOf": [{"$ref": "#"}]}, "refer to themselves without end"),
    ],
)
def test_what_a_schema_lacks_is_said(schema: dict[str, Any], said: str, tmp_path: Path) -> None:
    with pytest.raises(CliError, match=said):
        draft(tmp_path, **schema)


def test_references_in_a_circle_end(tmp_path: Path) -> None:
    assert column(tmp_path, {"$ref": "#/$defs/a"}, **{"$defs": {"a": {"$ref": "#/$defs/a"}}}).json_text


def test_a_schema_may_refer_to_itself(tmp_path: Path) -> None:
    assert draft(tmp_path, properties={"parent": {"$ref": "#"}}).columns[0].json_text


def test_a_reference_may_be_percent_encoded(tmp_path: Path) -> None:
    member = {"$ref": "#/$defs/a%20~1b"}
    assert column(tmp_path, member, **{"$defs": {"a /b": {"type": "integer"}}}).type == "bigint"


def test_a_schema_may_begin_with_a_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "order.json"
    path.write_text("\ufeff" + json.dumps(HEAD | {"properties": {"a": {"type": "integer"}}}))
    assert drafted(path).columns[0].type == "bigint"


def test_a_row_with_a_type_and_properties_is_no_schema(tmp_path: Path) -> None:
    path = tmp_path / "row.json"
    path.write_text('{"type": "object", "properties": {"size": 3}}')
    assert [one.member for one in drafted(path).columns] == ["type", "properties"]
