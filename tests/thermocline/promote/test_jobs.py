from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import msgspec
import pytest

from tests.thermocline.promote.test_executions import Ledger, entry
from thermocline.errors import JobUnavailable
from thermocline.promote.jobs import job_state, start_job, take_turns
from thermocline.promote.ports import JobState
from thermocline.promote.turns import Turn

BEFORE, SINCE = "2026-11-26-14", "2026-11-26-08"
ASKED = Turn(table="clickstream", before=BEFORE, promoted=3)
ENTRIES = tuple(entry("clickstream", f"2026-11-26-{hour:02}") for hour in (7, 8, 11, 13))
Status = Literal["running", "succeeded", "failed"]


class Jobs(msgspec.Struct):
    """Runs that stand as they are told to."""

    status: Status = "running"
    full: bool = False

    def start(self, table: str, before: str) -> str:
        if self.full:
            raise JobUnavailable("as many run as may")
        return f"{table} before {before}"

    def state(self, run: str) -> JobState:
        assert run == f"clickstream before {BEFORE}"
        return JobState(status=self.status, reason="out of memory" if self.status == "failed" else "")


def after(status: Status, *, watermark: str) -> Turn:
    started = start_job(ASKED, Jobs(), Ledger(all_entries=ENTRIES, watermark=SINCE))
    assert (started.next, started.since) == ("wait", SINCE)
    assert started.wait_seconds > 0
    return job_state(started, Jobs(status=status), Ledger(all_entries=ENTRIES, watermark=watermark), ["clickstream"])


def test_a_job_that_runs_is_waited_for() -> None:
    turn = after("running", watermark="2026-11-26-12")
    assert (turn.next, turn.job, turn.since, turn.promoted) == ("wait", f"clickstream before {BEFORE}", SINCE, 3)


def test_the_generations_of_a_job_are_counted_and_the_table_is_measured_again() -> None:
    turn = after("succeeded", watermark="2026-11-26-12")
    assert (turn.next, turn.gens, turn.promoted) == ("again", ("2026-11-26-08", "2026-11-26-11"), 5)
    assert (turn.watermark, turn.job) == ("2026-11-26-12", "")


def test_a_job_that_promoted_nothing_is_not_started_again_and_again() -> None:
    turn = after("succeeded", watermark=SINCE)
    assert (turn.next, turn.promoted) == ("done", 3)
    assert "promoted nothing" in turn.reason


def test_a_job_that_failed_says_why_and_what_it_did() -> None:
    turn = after("failed", watermark="2026-11-26-09")
    assert (turn.next, turn.gens) == ("failed", ("2026-11-26-08",))
    assert turn.reason == f"the job clickstream before {BEFORE} failed: out of memory"


def test_a_job_that_cannot_be_started_is_a_failure() -> None:
    turn = start_job(ASKED, Jobs(full=True), Ledger())
    assert (turn.next, turn.reason, turn.promoted) == ("failed", "JobUnavailable: as many run as may", 3)


def script(*following: str) -> tuple[Callable[[Turn], Turn], list[Turn]]:
    """Turns that come out as they are told to, and those that went in."""
    taken: list[Turn] = []

    def take(turn: Turn) -> Turn:
        taken.append(turn)
        following_ = following[len(taken) - 1]
        promoted = turn.promoted + (following_ == "again")
        return msgspec.convert(
            {"table": turn.table, "before": turn.before, "next": following_, "promoted": promoted, "wait_seconds": 15},
            Turn,
        )

    return take, taken


@pytest.mark.parametrize("end", ["done", "failed"])
def test_the_job_itself_goes_on_past_the_turns_of_an_execution(end: str) -> None:
    take, taken = script(*["again"] * 200, "wait", "again", end)
    pauses: list[float] = []
    last = take_turns(
        Turn(table="clickstream", before=BEFORE), take, seconds=100, monotonic=lambda: 0, pause=pauses.append
    )
    assert (last.next, last.promoted, pauses) == (end, 201, [15])
    assert {turn.promoted for turn in taken} == {0}


def test_the_job_begins_nothing_after_half_of_its_time() -> None:
    take, taken = script(*["again"] * 9)
    clock = iter([0, 20, 40, 60, 80])
    last = take_turns(
        Turn(table="clickstream", before=BEFORE), take, seconds=100, monotonic=lambda: next(clock), pause=print
    )
    assert (len(taken), last.promoted, last.next) == (3, 3, "again")
