from __future__ import annotations

from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError

from tests.fakes.aws import AwsClient, aws
from thermocline.adapters.glue_jobs import GlueJobs
from thermocline.errors import JobUnavailable
from thermocline.promote.ports import JobState

__all__ = ["aws"]

JOB, BEFORE = "prod-promote", "2026-11-26-14"


class Glue:
    """Glue's answers about runs of a job."""

    def __init__(self, *runs: dict[str, Any]) -> None:
        self.runs = list(runs)
        self.full = False

    def get_job_runs(self, *, JobName: str, MaxResults: int) -> dict[str, Any]:
        assert (JobName, MaxResults <= 200) == (JOB, True)
        return {"JobRuns": self.runs}

    def get_job_run(self, *, JobName: str, RunId: str) -> dict[str, Any]:
        (run,) = [run for run in self.runs if run["Id"] == RunId]
        return {"JobRun": run}

    def start_job_run(self, *, JobName: str, Arguments: dict[str, str]) -> dict[str, str]:
        if self.full:
            raise ClientError({"Error": {"Code": "ConcurrentRunsExceededException"}}, "StartJobRun")
        self.runs.insert(0, run(f"jr_{len(self.runs)}", "STARTING", Arguments))
        return {"JobRunId": self.runs[0]["Id"]}


def run(name: str, state: str, arguments: dict[str, str], **more: str) -> dict[str, Any]:
    return {"Id": name, "JobRunState": state, "Arguments": arguments, **more}


def test_a_run_is_started_for_a_table() -> None:
    glue = Glue(run("old", "SUCCEEDED", {"--table": "clickstream"}), run("other", "RUNNING", {"--table": "telemetry"}))
    started = GlueJobs(glue, JOB).start("clickstream", BEFORE)
    assert glue.runs[0] == run(started, "STARTING", {"--table": "clickstream", "--before": BEFORE})
    assert GlueJobs(glue, JOB).state(started) == JobState(status="running")


@pytest.mark.parametrize("state", ["STARTING", "RUNNING", "STOPPING", "WAITING"])
def test_a_tables_run_that_is_under_way_is_not_started_twice(state: str) -> None:
    glue = Glue(run("first", state, {"--table": "clickstream"}))
    assert GlueJobs(glue, JOB).start("clickstream", BEFORE) == "first"
    assert len(glue.runs) == 1


def test_a_run_that_glue_refuses_is_told_with_its_reason() -> None:
    glue = Glue()
    glue.full = True
    with pytest.raises(JobUnavailable, match=r"ConcurrentRunsExceededException.*the next execution tries again"):
        GlueJobs(glue, JOB).start("clickstream", BEFORE)


@pytest.mark.parametrize(
    ("state", "wanted"),
    [
        ("SUCCEEDED", JobState(status="succeeded")),
        ("FAILED", JobState(status="failed", reason="no space left")),
        ("TIMEOUT", JobState(status="failed", reason="no space left")),
    ],
)
def test_a_run_that_has_ended_says_how(state: str, wanted: JobState) -> None:
    glue = Glue(run("a", state, {}, **({} if state == "SUCCEEDED" else {"ErrorMessage": "no space left"})))
    assert GlueJobs(glue, JOB).state("a") == wanted


def test_a_state_without_a_message_is_the_reason() -> None:
    assert GlueJobs(Glue(run("a", "TIMEOUT", {})), JOB).state("a").reason == "TIMEOUT"


def test_botos_client_takes_the_calls(aws: AwsClient) -> None:
    client = boto3.client("glue")
    client.create_job(Name=JOB, Role="any", Command={"Name": "glueetl"}, ExecutionProperty={"MaxConcurrentRuns": 2})
    jobs = GlueJobs(client, JOB)
    assert jobs.state(jobs.start("clickstream", BEFORE)).status in ("running", "succeeded")
