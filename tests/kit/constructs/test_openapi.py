from __future__ import annotations

from dataclasses import dataclass
from typing import TypedDict

import msgspec
import pytest

from kit.constructs.openapi import body_schema, describe
from kit.errors import DefinitionError


@dataclass(frozen=True)
class Author:
    name: str


@dataclass(frozen=True)
class Note:
    text: str
    author: Author


class AsStruct(msgspec.Struct):
    text: str


class AsDict(TypedDict):
    text: str


def test_bodies_and_what_they_refer_to_are_described() -> None:
    document = describe("Notes", ["POST /notes"], {"POST /notes": body_schema("POST /notes", Note)})
    content = document["paths"]["/notes"]["post"]["requestBody"]["content"]["application/json"]
    assert content["schema"] == {"$ref": "#/components/schemas/Note"}
    schemas = document["components"]["schemas"]
    assert schemas["Note"]["properties"]["author"] == {"$ref": "#/components/schemas/Author"}
    assert schemas["Author"]["required"] == ["name"]


@pytest.mark.parametrize("body", [AsStruct, AsDict])
def test_structs_and_typed_dicts_are_bodies(body: type) -> None:
    assert body_schema("POST /x", body)["components"][body.__name__]["properties"] == {"text": {"type": "string"}}


@pytest.mark.parametrize("body", [7, "Note", str, complex, Note(text="", author=Author(name=""))])
def test_what_is_no_type_of_a_body_is_refused(body: object) -> None:
    with pytest.raises(DefinitionError, match="route 'POST /x': body is a dataclass, Struct or TypedDict"):
        body_schema("POST /x", body)


def test_parameters_and_methods() -> None:
    document = describe("Notes", ["GET /a/{b}/{c+}", "ANY /a", "$default"], {})
    assert document["paths"].keys() == {"/a/{b}/{c}", "/a"}
    assert [p["name"] for p in document["paths"]["/a/{b}/{c}"]["get"]["parameters"]] == ["b", "c"]
    assert "x-any" in document["paths"]["/a"]
    assert "components" not in document
