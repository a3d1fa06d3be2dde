"""A generated project's own tests, linter and types, for real.

Its set-up is left out: it would install the very packages that this environment has. What it runs is all its own: the
command starts in its folder, which Python looks into before any other.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from cli.new.project import make_project
from offline.environment import CODE_ROOT
from tests.e2e.lake import lake_command

Run = Callable[..., str]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    project = tmp_path_factory.mktemp("new") / "jotter"
    make_project(CODE_ROOT, project, name="jotter")
    (project / "node_modules").symlink_to(CODE_ROOT / "node_modules")

    def python(*arguments: str) -> str:
        command = [sys.executable, "-m", *arguments]
        done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-4000:]
        return done.stdout

    return python


def test_its_tests_pass(run: Run) -> None:
    assert "9 passed" in run("pytest", "-q")


def test_it_is_linted_typed_and_keeps_the_import_rules(run: Run) -> None:
    run("ruff", "check")
    run("ruff", "format", "--check")
    assert "no issues found" in run("mypy", "app.py", "stacks/notes.py", "lambdas/notes", "tests")


def test_the_command_says_what_comes_next(tmp_path: Path) -> None:
    printed = lake_command("new", str(tmp_path / "Jot.Ter"), name="unused").stdout
    assert printed.startswith("jot-ter is in")
    assert "lake dev" in printed
    assert lake_command("new", str(tmp_path / "Jot.Ter"), name="unused", ok=False).stderr.count("\n") == 1
