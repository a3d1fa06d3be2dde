"""A generated project's own tests, checks and demo, for real.

Its set-up is left out: it would install the very packages that this environment has. What it runs is all its own: every
command starts in its folder, which Python looks into before any other, so that `cli`, `offline`, `stacks` and the rest
are the project's copies; only third-party packages, the CDK CLI and the demo's data are this project's.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.demo import data
from cli.demo.run import load_traffic
from cli.new.project import make_project
from offline.environment import CODE_ROOT
from tests.e2e.lake import lake_command

LAKE = "from cli.main import app; app()"
pytestmark = [pytest.mark.long, pytest.mark.timeout(400)]


class Project:
    """A generated project, and its commands."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def python(self, *arguments: str) -> str:
        command = [sys.executable, *arguments]
        done = subprocess.run(command, cwd=self.root, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-4000:]
        return done.stdout

    def lake(self, *arguments: str) -> str:
        return self.python("-c", LAKE, *arguments)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    root = tmp_path_factory.mktemp("new") / "jotter"
    make_project(CODE_ROOT, root, name="jotter")
    (root / "node_modules").symlink_to(CODE_ROOT / "node_modules")
    made = Project(root)
    try:
        yield made
    finally:
        made.lake("down", "--all")


def test_it_runs_its_own_code(project: Project) -> None:
    found = project.python("-c", "import cli, offline.environment as o, stacks, thermocline; print(o.CODE_ROOT)")
    assert Path(found.strip()) == project.root


def test_its_tests_pass_and_none_is_left_out(project: Project) -> None:
    summary = project.python("-m", "pytest", "-q").splitlines()[-1]
    assert (passed := re.match(r"(\d+) passed in", summary)), summary
    assert int(passed[1]) >= 10


def test_it_is_linted_typed_and_keeps_the_import_rules(project: Project) -> None:
    project.python("-m", "ruff", "check")
    project.python("-m", "ruff", "format", "--check")
    assert "no issues found" in project.python("-m", "mypy", "app.py", "stacks/notes.py", "lambdas/notes", "tests")


def test_its_demo_balances(project: Project) -> None:
    ours = CODE_ROOT / ".lake" / "data"
    data.fetch(ours, report=print)
    (project.root / ".lake").mkdir(exist_ok=True)
    (project.root / ".lake" / "data").symlink_to(ours)
    assert json.loads(project.lake("demo", "--quick", "--json"))["streams"] == {
        stream: {"sent": sent, "accepted": sent, "queryable": sent, "quarantined": 0}
        for stream, sent in load_traffic(ours).tenth().sent.items()
    }
    (lake,) = json.loads(project.lake("status", "--json"))
    assert list(lake["apis"]) == ["notes"]


def test_the_command_says_what_comes_next(tmp_path: Path) -> None:
    target = tmp_path / "Jot.Ter"
    printed = lake_command("new", str(target), name="unused").stdout.splitlines()
    assert printed[0] == f"jotter is in {target}. Next:"
    assert [line.partition("#")[0].strip() for line in printed[1:]] == [
        f"cd {target}",
        "make setup",
        ".venv/bin/lake dev",
        "make test",
        "make demo",
    ]
    refused = lake_command("new", str(target), name="unused", ok=False).stderr
    assert refused == f"lake: {target} is there already and is not empty: choose another folder\n"
