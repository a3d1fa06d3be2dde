from __future__ import annotations

from typing import Any, cast

import pytest

from kit.checks import check_keys
from kit.constructs import UNSET
from kit.constructs.definition import FunctionProps, merge_props, to_props
from kit.constructs.permissions import ALL
from kit.errors import DefinitionError


def merged(base: dict[str, Any], override: dict[str, Any]) -> dict[str, Any]:
    return cast(dict[str, Any], merge_props(cast(FunctionProps, base), cast(FunctionProps, override)))


def test_string_is_the_handler() -> None:
    assert to_props("a/b.c") == {"handler": "a/b.c"}


def test_none_says_nothing() -> None:
    assert merged({"timeout": 3}, cast(dict[str, Any], to_props({"timeout": None}))) == {"timeout": 3}


def test_unset_says_nothing_either() -> None:
    assert merged({"timeout": 3}, cast(dict[str, Any], to_props(cast(Any, {"timeout": UNSET})))) == {"timeout": 3}


@pytest.mark.parametrize("value", [0, False, "", (), {}])
def test_what_is_empty_says_something(value: object) -> None:
    assert to_props(cast(Any, {"reserved_concurrency": value})) == {"reserved_concurrency": value}


def test_properties_are_frozen() -> None:
    environment, layers = {"A": "1"}, ["a"]
    props = cast(Any, to_props(cast(Any, {"environment": environment, "layers": layers})))
    environment["A"] = "2"
    layers.append("b")
    assert props == {"environment": {"A": "1"}, "layers": ("a",)}
    with pytest.raises(TypeError):
        props["environment"]["A"] = "3"


def test_bundle_is_replaced_whole() -> None:
    assert merged({"bundle": {"a": 1}}, {"bundle": {"b": 2}}) == {"bundle": {"b": 2}}


def test_unknown_property_is_refused_with_what_was_meant() -> None:
    with pytest.raises(DefinitionError, match="no property 'memory'; did you mean 'memory_size'"):
        to_props({"handler": "a.b", "memory": 1})


def test_unknown_property_like_no_other_is_refused_with_the_known_ones() -> None:
    with pytest.raises(DefinitionError, match="no property 'xyz'; use one of a, b"):
        check_keys({"xyz": 1}, frozenset("ab"), "a thing")


def test_any_other_form_is_refused() -> None:
    with pytest.raises(DefinitionError, match="not int"):
        to_props(cast(str, 7))


def test_override_wins() -> None:
    assert merged({"timeout": 3, "memory_size": 128}, {"timeout": 5}) == {"timeout": 5, "memory_size": 128}


def test_environments_are_united() -> None:
    united = merged({"environment": {"A": "1", "B": "1"}}, {"environment": {"B": "2", "C": "2"}})
    assert united == {"environment": {"A": "1", "B": "2", "C": "2"}}


@pytest.mark.parametrize("key", ["layers", "permissions"])
def test_lists_are_joined_base_first(key: str) -> None:
    assert merged({key: ["a"]}, {key: ["b", "c"]}) == {key: ["a", "b", "c"]}


@pytest.mark.parametrize(("base", "override"), [(ALL, ["s3"]), (["s3"], ALL), (ALL, ALL)])
def test_permission_for_everything_absorbs_the_rest(base: object, override: object) -> None:
    assert merged({"permissions": base}, {"permissions": override}) == {"permissions": ALL}


def test_merging_changes_neither_side() -> None:
    base = {"environment": {"A": "1"}, "permissions": ["s3"]}
    merged(base, {"environment": {"A": "2"}, "permissions": ["sqs"]})
    assert base == {"environment": {"A": "1"}, "permissions": ["s3"]}
