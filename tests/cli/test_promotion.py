from __future__ import annotations

from typing import Any

import boto3
import pytest

from cli.deployment import Deployment
from cli.errors import CliError
from cli.promotion import Outcome, parked_objects, promote_all
from tests.fakes.aws import AwsClient, aws, create_ledger
from thermocline.adapters.dynamodb_ledger import DynamoLedger

__all__ = ["aws"]

BEFORE = "2026-11-26-16"
Turn = dict[str, Any]


def turn(following: str, **values: Any) -> Turn:
    blank: Turn = {
        "promoted": 0,
        "gen": None,
        "gens": [],
        "kept": 0,
        "dropped": 0,
        "watermark": None,
        "wait_seconds": 0,
        "reason": "",
    }
    return {**blank, "next": following, "wait_seconds": 0, "reason": "", **values}


def promoted(gen: str, **values: Any) -> Turn:
    return turn("again", promoted=1, gen=gen, watermark=f"{gen}+", **values)


SMALL = {"gen": "g", "bytes": 5, "engine": "lambda"}
DONE = turn("done", watermark=BEFORE)
WAIT = turn("wait", gen="g", watermark="g", wait_seconds=15, reason="2 entries of g are not done")


class Function:
    """The promote function: turns by table, the last of which is repeated."""

    def __init__(self, **turns: list[Turn]) -> None:
        self.events: list[dict[str, Any]] = []
        self.sizes: list[dict[str, Any]] = []
        self._turns = turns

    def __call__(self, event: dict[str, Any]) -> Any:
        self.events.append(event)
        if event["action"] == "list":
            return {"before": BEFORE, "rounds": [["clickstream", "telemetry"], ["quarantine"]]}
        if event["action"] == "publish":
            return None
        if event["action"] == "measure":
            return self.sizes.pop(0) if self.sizes else SMALL
        assert event["turn"]["before"] == BEFORE
        turns = self._turns.get(event["turn"]["table"], [DONE])
        return turns.pop(0) if len(turns) > 1 else turns[0]

    def asked(self, action: str) -> list[str]:
        return [e.get("table") or e["turn"]["table"] for e in self.events if e["action"] == action]


def run(function: Function, *tables: str, everything: bool = False) -> tuple[list[Outcome], list[str], list[float]]:
    """Outcomes, what was shown, and the pauses."""
    shown: list[str] = []
    pauses: list[float] = []
    outcomes = promote_all(function, tables, everything=everything, show=shown.append, pause=pauses.append, patience=30)
    return list(outcomes), shown, pauses


def test_every_table_is_promoted_until_nothing_is_left_and_then_published() -> None:
    function = Function(telemetry=[promoted("a", kept=5, dropped=1), promoted("b", kept=2), DONE])
    outcomes, _, _ = run(function)
    assert [outcome.table for outcome in outcomes] == ["clickstream", "telemetry", "quarantine"]
    assert outcomes[1] == Outcome(table="telemetry", generations=("a", "b"), rows=7, dropped=1, watermark=BEFORE)
    assert function.asked("publish") == ["clickstream", "telemetry", "quarantine"]


@pytest.mark.parametrize("everything", [True, False])
def test_the_function_says_what_everything_is(everything: bool) -> None:
    function = Function()
    run(function, everything=everything)
    assert function.events[0] == {"action": "list", "input": {"everything": everything}}


def test_chosen_tables_keep_their_order() -> None:
    function = Function()
    run(function, "quarantine", "clickstream")
    assert function.asked("promote") == ["clickstream", "quarantine"]


def test_an_unknown_table_is_told_with_the_known_ones() -> None:
    with pytest.raises(CliError, match="no table 'clicks'; there are clickstream, telemetry, quarantine"):
        run(Function(), "clicks")


def test_entries_that_are_done_after_a_while_are_waited_for() -> None:
    outcomes, shown, pauses = run(Function(telemetry=[WAIT, WAIT, promoted("g", kept=1), DONE]), "telemetry")
    assert outcomes[0].problem == ""
    assert outcomes[0].generations == ("g",)
    assert pauses == [5, 5]
    assert "telemetry: 2 entries of g are not done" in shown


def test_patience_ends_and_other_tables_go_on() -> None:
    outcomes, _, pauses = run(Function(clickstream=[WAIT]))
    assert sum(pauses) == 30
    assert [outcome.problem for outcome in outcomes] == ["2 entries of g are not done", "", ""]


def test_progress_gives_new_patience() -> None:
    waits = [WAIT] * 6
    outcomes, _, _ = run(Function(telemetry=[*waits, promoted("g"), *waits, promoted("h"), DONE]), "telemetry")
    assert outcomes[0].generations == ("g", "h")


def test_a_failure_is_told_and_other_tables_go_on() -> None:
    outcomes, _, _ = run(Function(clickstream=[turn("failed", reason="ContractError: wrong")]))
    assert [outcome.problem for outcome in outcomes] == ["ContractError: wrong", "", ""]


def test_what_is_too_large_for_the_function_is_the_jobs_and_the_rest_is_the_functions() -> None:
    waits = turn("wait", job="j1", wait_seconds=30, table="telemetry", before=BEFORE)
    ended = turn("again", promoted=2, gens=["g", "h"], watermark="i")
    function = Function(telemetry=[waits, waits, ended, promoted("i", kept=3), DONE])
    function.sizes = [{"gen": "g", "bytes": 5_000_000_000, "engine": "glue"}]
    outcomes, shown, pauses = run(function, "telemetry")
    assert outcomes == [
        Outcome(table="telemetry", generations=("g", "h", "i"), rows=3, watermark=BEFORE, dropped=0),
    ]
    assert function.asked("start_job") == ["telemetry"]
    assert [event["turn"]["job"] for event in function.events if event["action"] == "job_state"] == ["j1", "j1"]
    assert pauses == [5, 5]
    assert "telemetry: g has 5,000 MB of hot files, so that Spark promotes it" in shown


def test_a_job_that_fails_is_that_tables_problem() -> None:
    function = Function(telemetry=[turn("failed", reason="the job j1 failed: out of memory")])
    function.sizes = [{"gen": "g", "bytes": 5, "engine": "glue"}]
    (outcome,), _, _ = run(function, "telemetry")
    assert outcome.problem == "the job j1 failed: out of memory"


@pytest.mark.parametrize("action", ["promote", "publish"])
def test_a_call_that_fails_is_that_tables_problem(action: str) -> None:
    class Dying(Function):
        def __call__(self, event: dict[str, Any]) -> Any:
            answer = super().__call__(event)
            if event["action"] == action and self.asked(action) == ["clickstream"]:
                raise CliError("the promote function failed: SIGKILL")
            return answer

    outcomes, _, _ = run(Dying(telemetry=[promoted("g", kept=2), DONE]))
    assert [outcome.problem for outcome in outcomes] == ["the promote function failed: SIGKILL", "", ""]
    assert outcomes[1].rows == 2


class Deployed(Deployment):
    """A deployment on the AWS of the tests."""

    def client(self, service: str) -> Any:
        return boto3.client(service)


def test_parked_objects_are_named(aws: AwsClient) -> None:
    ledger = DynamoLedger(create_ledger(aws, "ledger"), "ledger")
    for key in ("raw/telemetry/a#1", "raw/telemetry/b"):
        ledger.enter(key, stream="telemetry", gen="2026-11-26-14", token="t", suppression=0)
    entry = ledger.entry("raw/telemetry/a#1")
    assert entry
    ledger.park(entry, token="u")
    lake = Deployed(stage="local", ingest_url="", outputs={"LedgerTable": "ledger"})
    assert parked_objects(lake) == ["raw/telemetry/a#1"]
