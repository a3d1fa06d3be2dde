"""Turns of an erasure as a command takes them: until the first pass, or the proof, or trouble."""

from __future__ import annotations

import io
from typing import Any

import pytest
from rich.console import Console

from cli.calls import FunctionBusyError
from cli.erasure import Erasure, erase_all, erasure_of, report_lines, runs_table
from cli.errors import CliError

SECOND = "2026-11-26T15:00:00Z"


def run(**changes: Any) -> dict[str, Any]:
    state = {
        "id": "r1",
        "digests": ["a", "b"],
        "version": 4,
        "step": "raw clickstream",
        "cursor": "raw/x",
        "passes": 0,
        "removed": 0,
        "rewritten": 0,
        "deleted": 0,
        "due_at": "2026-11-26T14:00:00Z",
        "second_pass_at": None,
    }
    return {**state, **changes}


BETWEEN = run(passes=1, cursor="", due_at=SECOND, second_pass_at=SECOND, removed=7)
DONE = run(passes=2, step="done", second_pass_at=SECOND, removed=7, rewritten=3, deleted=2)


def turn(then: str, state: dict[str, Any], seconds: int = 0, reason: str = "") -> dict[str, Any]:
    counts = {"removed": state["removed"], "rewritten": state["rewritten"], "deleted": state["deleted"]}
    return {"run": state, "phase": state["step"], "next": then, "wait_seconds": seconds, "counts": counts,
            "reason": reason}  # fmt: skip


class Function:
    """Answers calls with the given turns, or raises them."""

    def __init__(self, *turns: Any) -> None:
        self.turns = list(turns)
        self.asked: list[dict[str, Any]] = []
        self.shown: list[str] = []
        self.paused: list[float] = []

    def __call__(self, event: dict[str, Any]) -> Any:
        self.asked.append(event)
        if event["action"] == "start":
            return run(digests=event["digests"])
        answer = self.turns.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    def erase(self, digests: list[str] | None = None, *, wait: bool = False, until: str | None = None) -> list[Erasure]:
        pause, show = self.paused.append, self.shown.append
        return list(erase_all(self, digests or ["a", "b"], until=until, wait=wait, show=show, pause=pause))


def test_turns_are_taken_until_the_first_pass_has_ended() -> None:
    function = Function(turn("wait", run(step="drain"), 20), turn("again", run(removed=3)), turn("wait", BETWEEN, 900))
    [erased] = function.erase(until="2027-01-01T00:00:00+00:00")
    start = {"action": "start", "digests": ["a", "b"], "until": "2027-01-01T00:00:00+00:00"}
    assert function.asked == [start, *[{"action": "turn", "run": "r1"}] * 3]
    assert function.paused == [15.0]
    assert (erased.removed, erased.second_pass_at, erased.report, erased.problem) == (7, SECOND, None, "")
    assert "r1: raw clickstream, pass 1; 3 removed" in function.shown


def test_the_second_pass_is_waited_for_if_that_is_wanted() -> None:
    function = Function(turn("wait", BETWEEN, 900), turn("wait", BETWEEN, 3), turn("done", DONE))
    [erased] = function.erase(wait=True)
    assert function.paused == [15.0, 3.0]
    assert (erased.step, erased.report) == ("done", "erasure/r1/report.json")


def test_trouble_is_the_runs_problem() -> None:
    [erased] = Function(turn("failed", run(), reason="no table")).erase()
    assert erased.problem == "no table"


def test_a_lease_that_another_has_is_waited_for() -> None:
    function = Function(turn("wait", run(), 30, "LeaseTaken: clickstream"), turn("done", DONE))
    assert function.erase()[0].step == "done"
    assert any("LeaseTaken" in shown for shown in function.shown)


def test_a_function_that_works_for_another_is_called_again() -> None:
    function = Function(FunctionBusyError("busy"), turn("done", DONE))
    assert function.erase()[0].step == "done"
    assert function.paused == [5.0]


def test_a_function_that_stays_busy_is_an_error_that_says_what_to_do() -> None:
    function = Function(*[FunctionBusyError("busy")] * 360)
    with pytest.raises(CliError, match="give the same command again"):
        function.erase()


def test_a_thousand_digests_are_a_run() -> None:
    function = Function(turn("done", DONE), turn("done", DONE))
    assert len(function.erase([f"{number:032x}" for number in range(1001)])) == 2
    starts = [event for event in function.asked if event["action"] == "start"]
    assert [len(event["digests"]) for event in starts] == [1000, 1]


def test_a_table_and_a_report_in_words() -> None:
    printed = io.StringIO()
    wide = run() | {"id": "20261126t195359-aef84017", "second_pass_at": "2026-11-26T20:10:42Z", "deleted": 1_234_567}
    Console(width=80, file=printed).print(runs_table([erasure_of(DONE), erasure_of(wide)]))
    [told] = [line for line in printed.getvalue().splitlines() if wide["id"] in line]
    assert "1,234,567" in told
    report = {
        "run": "r1",
        "digests": ["a"],
        "version": 4,
        "started_at": "s",
        "finished_at": "f",
        "touched": [{"action": "rewritten", "removed": 2, "level": "raw"},
                    {"action": "rewritten", "removed": 1, "level": "hot"},
                    {"action": "rewritten", "removed": 1, "level": "subjects"},
                    {"action": "deleted", "removed": 0, "level": "metadata"}],
        "prefixes": [{"objects": 1200}, {"objects": 34}],
        "unsearched": [{"key": "raw/x", "why": "damaged"}],
        "stores": [{"name": "sessions", "found": 2, "left": 0}],
    }  # fmt: skip
    assert list(report_lines(report)) == [
        "run r1, 1 subjects, list version 4",
        "from s to f",
        "searched 1,234 objects",
        "deleted: 1 objects",
        "rewritten: 3 objects",
        "rows or lines removed from raw: 2",
        "rows or lines removed from hot: 1",
        "not searched: raw/x: damaged",
        "store sessions: found 2, left 0",
    ]


def test_eighty_columns_show_the_whole_name_of_a_run() -> None:
    name, out = "20261126T201654Z-0123abcd", io.StringIO()
    waiting = erasure_of(run(id=name, second_pass_at=SECOND))
    Console(file=out, width=80).print(runs_table([waiting]))
    assert name in out.getvalue()
    assert "2026-11-26 15:00" in out.getvalue()
