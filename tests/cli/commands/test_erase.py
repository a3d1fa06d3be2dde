"""`lake erase`: what it asks, what it prints, and what never leaves this machine."""

from __future__ import annotations

import datetime as dt
import io
import json
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
import typer

from cli.commands import erase as command
from cli.errors import CliError
from tests.cli.test_erasure import BETWEEN, DONE, Function, run, turn
from thermocline.subjects import SubjectHasher

HASHER = SubjectHasher(lambda: "s")
DIGEST = HASHER.digest("user_id", "ada")


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def function(monkeypatch: pytest.MonkeyPatch) -> Function:
    """The erase function of a stage."""
    answers = Function(turn("wait", BETWEEN, 900))
    monkeypatch.setattr(command, "find_deployment", lambda **given: SimpleNamespace(stage=given["stage"] or "local"))
    monkeypatch.setattr(command, "function_call", lambda _lake, name: answers if name == "erase" else None)
    monkeypatch.setattr(command, "subject_hasher", lambda _lake: HASHER)
    return answers


def erase(**options: Any) -> None:
    command.erase(**{"subjects": ["user_id=ada"], "stage": None, "name": None} | options)


def answering(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr("sys.stdin", Terminal(f"{text}\n"))


def test_only_digests_leave_this_machine_and_no_value_is_printed(
    function: Function, capsys: pytest.CaptureFixture[str]
) -> None:
    erase(yes=True)
    assert function.asked[0] == {"action": "start", "digests": [DIGEST], "until": None}
    shown = capsys.readouterr()
    assert "ada" not in shown.out + shown.err + json.dumps(function.asked)
    assert "searches everything again" in shown.err


def test_a_date_is_the_beginning_of_its_day(function: Function) -> None:

    erase(yes=True, until=dt.datetime(2027, 1, 1))  # noqa: DTZ001  (as typer gives it)
    assert function.asked[0]["until"] == "2027-01-01T00:00:00+00:00"


def test_a_terminal_is_asked(
    function: Function, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    answering(monkeypatch, "no")
    with pytest.raises(CliError, match="nothing was erased"):
        erase()
    assert function.asked == []
    answering(monkeypatch, "yes")
    erase()
    assert function.asked
    assert "ada" not in capsys.readouterr().err


def test_nobody_is_asked_where_there_is_no_terminal(function: Function, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("yes\n"))
    with pytest.raises(CliError, match="give --yes"):
        erase()
    assert function.asked == []


@pytest.mark.parametrize(("typed", "erased"), [("prod", True), ("yes", False), ("", False)])
def test_a_protected_stage_wants_its_name_whatever_is_given(
    function: Function, monkeypatch: pytest.MonkeyPatch, typed: str, erased: bool
) -> None:
    answering(monkeypatch, typed)
    if erased:
        erase(stage="prod", yes=True)
    else:
        with pytest.raises(CliError, match="type 'prod' when asked"):
            erase(stage="prod", yes=True)
    assert bool(function.asked) is erased


def test_trouble_is_an_exit_status(function: Function, capsys: pytest.CaptureFixture[str]) -> None:
    function.turns[:] = [turn("failed", run(), reason="warm_clickstream does not exist")]
    with pytest.raises(typer.Exit) as ended:
        erase(yes=True)
    assert ended.value.exit_code == 1
    assert "warm_clickstream does not exist" in capsys.readouterr().err


def test_json_has_each_run(function: Function, capsys: pytest.CaptureFixture[str]) -> None:
    function.turns[:] = [turn("done", DONE)]
    erase(yes=True, json=True)
    [told] = json.loads(capsys.readouterr().out)["runs"]
    assert (told["run"], told["report"], told["removed"]) == ("r1", "erasure/r1/report.json", 7)


def test_runs_are_listed_without_a_subject(
    function: Function, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    answers: Callable[[dict[str, Any]], Any] = lambda event: [BETWEEN] if event == {"action": "list"} else None  # noqa: E731
    monkeypatch.setattr(command, "function_call", lambda _lake, _name: answers)
    command.erase(subjects=None, listed=True, json=True)
    [told] = json.loads(capsys.readouterr().out)["runs"]
    assert told["second_pass_at"] == BETWEEN["second_pass_at"]
    command.erase(subjects=None, listed=True)
    assert "r1" in capsys.readouterr().out


def test_a_proof_is_shown(
    function: Function, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    proof = {"run": "r1", "digests": [DIGEST], "version": 4, "started_at": "s", "finished_at": "f", "touched": [],
             "prefixes": [], "unsearched": [], "stores": []}  # fmt: skip
    monkeypatch.setattr(command, "read_report", lambda _lake, run: proof | {"run": run})
    command.erase(subjects=None, report="r2", json=True)
    assert json.loads(capsys.readouterr().out)["run"] == "r2"
    command.erase(subjects=None, report="r2")
    assert "searched 0 objects" in capsys.readouterr().out
