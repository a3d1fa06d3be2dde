from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import FrozenInstanceError, fields
from typing import Any, cast

import pytest

from kit.errors import ConfigurationError
from kit.runtime.links import KINDS, ApiLink, TableLink, links, variable

ENVIRON = {
    "LAKE_LINK_NOTES": '{"kind": "table", "table_name": "dev-notes"}',
    "LAKE_LINK_FRONT_DOOR": '{"kind": "api", "url": "https://x"}',
    "LAKE_OTHER": "x",
}


def test_links_are_typed_and_also_there_by_attribute() -> None:
    linked = links(ENVIRON)
    assert linked.table("notes") == linked.notes == TableLink(table_name="dev-notes")
    assert linked.api("front_door") == ApiLink(url="https://x")


@pytest.mark.parametrize("kind", KINDS)
def test_a_link_may_be_named_like_a_kind(kind: str) -> None:
    (field,) = (field.name for field in fields(KINDS[kind]))
    linked = links({variable(kind): json.dumps({"kind": kind, field: "x"})})
    assert getattr(linked, kind)(kind) == KINDS[kind](**{field: "x"})


def test_every_kind_has_an_accessor() -> None:
    assert all(callable(getattr(links({}), kind)) for kind in KINDS)


def test_links_come_from_the_environment_when_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(variable("jobs"), '{"kind": "queue", "queue_url": "u"}')
    assert links().queue("jobs").queue_url == "u"


def test_what_is_not_linked_is_told_in_one_line() -> None:
    message = r"^'users' is not linked \(linked: front_door, notes\): add it to the function's link=\[…\]$"
    with pytest.raises(ConfigurationError, match=message):
        _ = links(ENVIRON).users
    with pytest.raises(ConfigurationError, match=message):
        links(ENVIRON).table("users")
    with pytest.raises(ConfigurationError, match=r"linked: nothing"):
        _ = links({}).users


def test_another_kind_is_told() -> None:
    with pytest.raises(ConfigurationError, match="'notes' is linked as a TableLink, not as a BucketLink"):
        links(ENVIRON).bucket("notes")


def test_links_are_frozen() -> None:
    with pytest.raises(FrozenInstanceError):
        cast(Any, links(ENVIRON).table("notes")).table_name = "x"
    with pytest.raises(AttributeError, match="frozen"):
        cast(Any, links(ENVIRON)).notes = 1


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"kind": "boat"}', '{"kind": "table"}', "null"])
def test_a_variable_that_is_no_link_is_told(text: str) -> None:
    with pytest.raises(ConfigurationError, match="LAKE_LINK_X is not a link"):
        links({"LAKE_LINK_X": text})


def test_handlers_load_neither_cdk_nor_third_party_packages() -> None:
    code = "import sys, kit.runtime.links; print({'aws_cdk', 'jsii', 'msgspec', 'boto3'} & set(sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "set()\n"
