from __future__ import annotations

from pathlib import Path

import pytest

from checks.documented_commands import Command, Commands, project_commands
from checks.links import ROOT, anchors, pages, problems

UP = Command(frozenset({"--name", "--help"}), {})
NEW_EPOCH = Command(frozenset({"--source"}), {})
LAKE = Command(frozenset({"--version"}), {"up": UP, "env": UP, "cdc": Command(frozenset(), {"new-epoch": NEW_EPOCH})})


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with a page, a module and a template of a project."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "guide.md").write_text(
        "# First hour\n\n## `lake up`: what it *does*\n\n## Again\n\n## Again\n"
    )
    (tmp_path / "checks").mkdir()
    (tmp_path / "checks" / "links.py").touch()
    (tmp_path / "cli" / "new" / "template").mkdir(parents=True)
    return tmp_path


def told(project: Path, markdown: str, page: str = "README.md") -> list[str]:
    (project / page).write_text(markdown)
    return list(problems(project, Commands(project, LAKE, frozenset({"demo", "test"}))))


@pytest.mark.parametrize(
    "markdown",
    [
        "[a](docs/guide.md) [b](docs) [c](docs/guide.md#first-hour) [d](https://example.com/x#y) [e](mailto:a@b.org)",
        "# Here\n\n[up](#here) [again](docs/guide.md#again-1) [up](docs/guide.md#lake-up-what-it-does)",
        "`lake up --name one`, `.venv/bin/lake cdc new-epoch shop --source=s`, `lake …`",
        "`lake --version`, `lake COMMAND`",
        'the lake is up, make it so\n\n```\neval "$(.venv/bin/lake env)"   # the lake goes on; make no changes\n```',
        "`make test && lake up`, `make PYTHON=python3.12 demo`, `make -C other demo`, `python -m checks.links`",
        "```console\n$ lake [OPTIONS] COMMAND [ARGS]...\n$ python -m venv .venv\n```\n\n```python\nlake down\n```",
    ],
)
def test_what_is_there_passes(project: Path, markdown: str) -> None:
    assert told(project, markdown) == []


@pytest.mark.parametrize(
    ("markdown", "problem"),
    [
        ("[a](docs/gone.md)", "README.md:1: docs/gone.md: there is no such file"),
        ("one\ntwo [a](../README.md)", "README.md:2: ../README.md: there is no such file"),
        ("![a](picture.png)", "README.md:1: picture.png: there is no such file"),
        ("[a](docs/guide.md#last-hour)", "README.md:1: docs/guide.md#last-hour: guide.md has no such heading"),
        ("[a](#nowhere)", "README.md:1: #nowhere: README.md has no such heading"),
        ("| a |\n|---|\n| x |\n| `make dmo` |", "README.md:4: make dmo: the Makefile has no such target"),
        ("- one\n- run\n  `lake dwon`", "README.md:3: lake dwon: there is no such command"),
        ("```\nlake up\nmake test && lake up --nam x\n```", "README.md:3: lake up --nam: there is no such option"),
        ("`lake cdc old-epoch shop`", "README.md:1: lake cdc old-epoch: there is no such command"),
        ("`LAKE_STAGE=me lake deploy`", "README.md:1: lake deploy: there is no such command"),
        ("`make demo dmo`", "README.md:1: make dmo: the Makefile has no such target"),
        ("```sh\n$ python -m checks.gone\n```", "README.md:2: python -m checks.gone: there is no such module"),
    ],
)
def test_what_is_not_there_is_told_with_its_line(project: Path, markdown: str, problem: str) -> None:
    assert told(project, markdown) == [problem]


def test_a_template_may_lead_to_the_files_of_the_project_that_it_is_laid_over(project: Path) -> None:
    page = "cli/new/template/README.md"
    assert told(project, "[a](docs/guide.md)", page) == []
    assert told(project, "[a](docs/gone.md)", page) == [f"{page}:1: docs/gone.md: there is no such file"]


def test_anchors_are_those_of_github() -> None:
    page = "# What's `new`?\n\n## A & B, c_d\n\n## A\n\n## A\n\n```\n# none\n```\n"
    assert anchors(page) == {"whats-new", "a--b-c_d", "a", "a-1"}


def test_the_documentation_is_found_and_what_is_installed_or_gone_is_left_out() -> None:
    names = {str(page.relative_to(ROOT)) for page in pages(ROOT)}
    assert {
        "README.md",
        "docs/guide.md",
        "docs/adr/0001-one-contract-per-table.md",
        "cli/new/template/README.md",
    } <= names
    assert not any(name.startswith(("node_modules", ".venv", "CHANGELOG")) for name in names)


def test_this_documentation_has_no_dead_link_and_no_unknown_command() -> None:
    assert list(problems(ROOT, project_commands(ROOT))) == []
