from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cli.new.project import make_project, name_of
from offline.environment import CODE_ROOT
from offline.errors import LakeError
from thermocline.project import app_name


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("new") / "my-notes"
    make_project(CODE_ROOT, target, name="my-notes")
    return target


def test_the_project_has_its_own_name_stack_and_source(project: Path) -> None:
    assert app_name(project) == "my-notes"
    assert (project / "README.md").read_text().startswith("# my-notes\n")
    assert "NotesStack(app" in (project / "app.py").read_text()
    for path in (project / "config").glob("*.toml"):
        assert tomllib.loads(path.read_text())["sources"]["notes"] == {"stream": "clickstream"}


def test_the_rest_of_cdks_settings_stays(project: Path) -> None:
    ours, theirs = (json.loads((root / "cdk.json").read_text()) for root in (CODE_ROOT, project))
    ours["context"].pop("app")
    theirs["context"].pop("app")
    assert theirs == ours


def test_no_cache_and_nothing_of_the_lakes_own_tests_comes_along(project: Path) -> None:
    assert not list(project.rglob("__pycache__"))
    assert {path.name for path in (project / "tests").rglob("test_*.py")} == {"test_notes.py", "test_project.py"}
    assert not (project / "benchmarks").exists()


def test_every_command_of_the_makefile_has_what_it_needs(project: Path) -> None:
    text = (project / "Makefile").read_text()
    assert "bench:" not in text
    assert "defences" not in text
    assert {"demo:", "test:", "check:", "setup:"} <= {line.split()[0] for line in text.splitlines() if ":" in line}


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").touch()
    with pytest.raises(LakeError, match="is not empty"):
        make_project(CODE_ROOT, tmp_path, name="notes")
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


@pytest.mark.parametrize("name", ["", "n", "Notes", "1notes", "my_notes", "n" * 21, "a/b"])
def test_a_name_that_no_resource_can_have_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(LakeError, match="can't be an app's name"):
        make_project(CODE_ROOT, tmp_path / "new", name=name)
    assert not (tmp_path / "new").exists()


@given(st.from_regex(r"[A-Za-z][A-Za-z0-9 _.-]{1,30}[A-Za-z]", fullmatch=True))
def test_most_folders_give_a_name_that_is_taken(folder: str) -> None:
    name = name_of(Path(folder))
    assert len(name) <= 20
    assert not name or (name[0].isalpha() and not name.endswith("-"))
