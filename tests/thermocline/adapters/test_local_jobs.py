from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from thermocline.adapters.local_jobs import LocalJobs
from thermocline.promote.ports import JobState

# It waits until it may go on, and ends as the file says; then it writes its state.
RUN = """
import pathlib, sys, time
state, *arguments = sys.argv[1:]
print(arguments, flush=True)
while not (go := pathlib.Path(state).parent / "go").exists():
    time.sleep(0.01)
pathlib.Path(state + "~").write_text(go.read_text())
pathlib.Path(state + "~").rename(state)
"""


@pytest.fixture
def jobs(tmp_path: Path) -> Iterator[LocalJobs]:
    made = LocalJobs(tmp_path, (sys.executable, "-c", RUN))
    yield made
    for process in made._started.values():
        process.kill()
        process.wait()


def ended(jobs: LocalJobs, run: str) -> JobState:
    deadline = time.monotonic() + 30
    while (state := jobs.state(run)).status == "running":
        assert time.monotonic() < deadline
        time.sleep(0.02)
    return state


@pytest.mark.parametrize("outcome", ['{"status": "succeeded"}', '{"status": "failed", "reason": "no space left"}'])
def test_a_run_goes_on_until_it_says_how_it_ended(jobs: LocalJobs, tmp_path: Path, outcome: str) -> None:
    run = jobs.start("clickstream", "2026-11-26-14")
    assert jobs.state(run) == JobState(status="running")
    (tmp_path / "go").write_text(outcome)
    state = ended(jobs, run)
    assert (state.status, state.reason) == (("failed", "no space left") if "reason" in outcome else ("succeeded", ""))
    (log,) = tmp_path.glob("*.log")
    assert log.read_text() == "['--table', 'clickstream', '--before', '2026-11-26-14']\n"


def test_a_tables_run_that_is_under_way_is_not_started_twice(jobs: LocalJobs, tmp_path: Path) -> None:
    first, other = jobs.start("clickstream", "2026-11-26-14"), jobs.start("telemetry", "2026-11-26-14")
    assert jobs.start("clickstream", "2026-11-26-15") == first
    assert other != first
    (tmp_path / "go").write_text('{"status": "succeeded"}')
    assert {ended(jobs, run).status for run in (first, other)} == {"succeeded"}
    assert jobs.start("clickstream", "2026-11-26-15") != first


def test_a_run_that_was_killed_has_failed(jobs: LocalJobs) -> None:
    run = jobs.start("clickstream", "2026-11-26-14")
    os.kill(int(run.partition("-")[2]), signal.SIGKILL)
    state = ended(jobs, run)
    assert state.status == "failed"
    assert "its process was ended" in state.reason


def test_it_outlives_whoever_started_it(jobs: LocalJobs) -> None:
    run = jobs.start("clickstream", "2026-11-26-14")
    pid = int(run.partition("-")[2])
    assert os.getsid(pid) == pid != os.getsid(0)
    os.kill(pid, signal.SIGKILL)
    assert ended(jobs, run).status == "failed"
