import json
from itertools import pairwise
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.main import app
from offline.state import Crash, LakeFolder, LakeState, save_state

COMMANDS = (
    "up", "down", "status", "env", "dev", "demo", "logs", "invoke", "query", "send", "promote", "balance", "tiers",
    "redrive", "deploy", "diff", "remove", "new",
)  # fmt: skip


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "app.py").touch()
    (tmp_path / "cdk.json").touch()
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(command: str) -> None:
    result = CliRunner().invoke(app, [command, "--help"])
    assert result.exit_code == 0
    assert f"lake {command}" in result.stdout.split("Example:")[1]


@pytest.mark.parametrize("command", [["promote"], ["demo"], ["contracts", "new"]])
def test_paragraphs_of_help_are_wrapped_for_the_terminal(command: list[str]) -> None:
    shown = CliRunner().invoke(app, [*command, "--help"], env={"COLUMNS": "80"}).stdout
    text = [line.strip() for line in shown.partition("╭")[0].splitlines()]
    pairs = list(pairwise(text))
    assert len(pairs) > 5
    assert not [(line, after) for line, after in pairs if line and after and len(f"{line} {after.split()[0]}") <= 76]


@pytest.mark.parametrize(
    "arguments", [["env"], ["query", "select 1"], ["send", "-", "--source", "shop"], ["logs"], ["env", "--name", "a/b"]]
)
def test_an_error_is_one_line_that_says_what_to_do(project: Path, arguments: list[str]) -> None:
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.startswith("lake: ")
    assert result.stderr.count("\n") == 1


def test_a_usage_error_is_exit_status_2(project: Path) -> None:
    assert CliRunner().invoke(app, ["query"]).exit_code == 2
    assert CliRunner().invoke(app, ["nonsense"]).exit_code == 2


def test_status_without_an_environment_is_fine(project: Path) -> None:
    assert json.loads(CliRunner().invoke(app, ["status", "--json"]).stdout) == []
    assert CliRunner().invoke(app, ["status"]).exit_code == 0
    assert CliRunner().invoke(app, ["down"]).stdout == "nothing was running\n"


def test_a_crash_is_told_by_every_later_command(project: Path) -> None:
    state = LakeState(
        name="local",
        stage="local",
        phase="failed",
        supervisor_pid=2**22 + 1,
        started_at="2026-11-22T12:00:00+00:00",
        temp_folder="",
        crash=Crash(child="runner", exit_status=3, last_line="out of memory"),
    )
    save_state(LakeFolder(root=project, name="local"), state)
    for arguments in (["status"], ["env"], ["query", "select 1"]):
        result = CliRunner().invoke(app, arguments)
        assert result.exit_code == 1
        assert "runner ended with 3: out of memory" in result.stderr
    [lake] = json.loads(CliRunner().invoke(app, ["status", "--json"]).stdout)
    assert lake["phase"] == "failed"
