from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.errors import ConfigurationError
from kit.project import DEFAULT_NAME, app_name, is_app_name, name_prefix

names = st.from_regex(r"[a-z][a-z0-9]{1,19}", fullmatch=True)


def project(folder: Path, context: object) -> Path:
    (folder / "cdk.json").write_text(json.dumps({"context": context}))
    return folder


def test_the_name_is_the_context_of_cdk(tmp_path: Path) -> None:
    assert app_name(tmp_path) == DEFAULT_NAME
    assert app_name(project(tmp_path, {})) == DEFAULT_NAME
    assert name_prefix(project(tmp_path, {"app": "notes"}), "dev") == "dev-notes-"


@pytest.mark.parametrize("name", ["", "n", "Notes", "1notes", "my_notes", "my-notes", "n" * 21, "a/b", 7, None])
def test_a_name_that_no_app_can_have_is_told_with_the_rule(tmp_path: Path, name: object) -> None:
    assert not is_app_name(name)
    with pytest.raises(ConfigurationError, match="2-20 lower-case letters and digits"):
        app_name(project(tmp_path, {"app": name}))


def test_a_file_that_is_no_json_is_named(tmp_path: Path) -> None:
    (tmp_path / "cdk.json").touch()
    with pytest.raises(ConfigurationError, match=r"cdk\.json is not JSON"):
        app_name(tmp_path)


@given(st.lists(names, min_size=2, max_size=2, unique=True))
def test_no_app_owns_names_that_begin_with_another_ones_prefix(pair: list[str]) -> None:
    one, other = pair
    assert is_app_name(one)
    assert not f"dev-{one}-storage".startswith(f"dev-{other}-")
