from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cli.errors import CliError
from cli.new.project import TEMPLATE, init_git, make_project, name_of
from kit.project import app_name, is_app_name
from offline.environment import CODE_ROOT


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("new") / "mynotes"
    make_project(CODE_ROOT, target, name="mynotes")
    return target


def test_the_project_has_its_own_name_stack_and_source(project: Path) -> None:
    assert app_name(project) == "mynotes"
    assert (project / "README.md").read_text().startswith("# mynotes\n")
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
    tests = {path.relative_to(TEMPLATE) for path in TEMPLATE.rglob("test_*.py")}
    assert {path.relative_to(project) for path in project.glob("tests/**/test_*.py")} == tests
    assert not (project / "benchmarks").exists()


def test_every_command_of_the_makefile_has_what_it_needs(project: Path) -> None:
    text = (project / "Makefile").read_text()
    assert "bench:" not in text
    assert "defences" not in text
    assert {"demo:", "test:", "check:", "setup:"} <= {line.split()[0] for line in text.splitlines() if ":" in line}


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").touch()
    with pytest.raises(CliError, match="is not empty"):
        make_project(CODE_ROOT, tmp_path, name="notes")
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


@pytest.mark.parametrize("name", ["", "n", "Notes", "1notes", "my_notes", "my-notes", "n" * 21, "a/b"])
def test_a_name_that_no_resource_can_have_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(CliError, match=r"can't be the app's name .*--name"):
        make_project(CODE_ROOT, tmp_path / "new", name=name)
    assert not (tmp_path / "new").exists()


def test_a_project_made_of_a_project_is_one(project: Path, tmp_path: Path) -> None:
    again = tmp_path / "second"
    make_project(project, again, name="second")
    assert app_name(again) == "second"
    for path in (again / "config").glob("*.toml"):
        assert path.read_text().count("[sources.notes]") == 1
    assert files(again) == files(project)


def files(root: Path) -> set[Path]:
    return {path.relative_to(root) for path in root.rglob("*") if path.is_file()}


def test_a_project_is_a_repository_unless_it_is_within_one(tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    assert init_git(tmp_path)
    assert (tmp_path / ".git").is_dir()
    assert not init_git(tmp_path / "inner")
    assert not (tmp_path / "inner" / ".git").exists()


@pytest.mark.parametrize(("folder", "name"), [("My Notes", "mynotes"), ("2026.jot-ter", "jotter"), ("notes", "notes")])
def test_a_folders_name_becomes_the_apps(folder: str, name: str) -> None:
    assert name_of(Path(folder)) == name


@given(st.text(st.characters(exclude_characters="/\0", exclude_categories=["Cs"]), min_size=1, max_size=19))
def test_any_folder_gives_a_name_that_is_taken_or_too_short_to_be_one(folder: str) -> None:
    name = name_of(Path("/") / folder)
    assert is_app_name(name) == (len(name) >= 2)
