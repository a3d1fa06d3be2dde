"""Glue's runs of the promotion job."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from botocore.exceptions import ClientError

from thermocline.errors import JobUnavailable
from thermocline.promote.ports import JobState

_UNDER_WAY: Final = {"STARTING", "RUNNING", "STOPPING", "WAITING"}
_TABLE: Final = "--table"
_LOOKED_AT: Final = 200


class GlueJobs:
    """Implements `thermocline.promote.ports.Jobs`.

    Parameters
    ----------
    client
        A boto3 Glue client.
    job
        The job's name.
    """

    def __init__(self, client: Any, job: str) -> None:
        self._client = client
        self._job = job

    def start(self, table: str, before: str) -> str:
        """Start a run; one of the table that is under way is returned instead, e.g. when an answer was lost."""
        for run in self._runs():
            if run["JobRunState"] in _UNDER_WAY and run.get("Arguments", {}).get(_TABLE) == table:
                return str(run["Id"])
        try:
            answer = self._client.start_job_run(JobName=self._job, Arguments={_TABLE: table, "--before": before})
        except ClientError as error:
            raise JobUnavailable(
                f"Glue does not start {self._job} for {table} ({error.response['Error']['Code']}): "
                "the next execution tries again"
            ) from error
        return str(answer["JobRunId"])

    def state(self, run: str) -> JobState:
        """Return how a run stands."""
        found = self._client.get_job_run(JobName=self._job, RunId=run)["JobRun"]
        if found["JobRunState"] in _UNDER_WAY:
            return JobState(status="running")
        if found["JobRunState"] == "SUCCEEDED":
            return JobState(status="succeeded")
        return JobState(status="failed", reason=found.get("ErrorMessage") or found["JobRunState"])

    def _runs(self) -> Iterator[dict[str, Any]]:
        yield from self._client.get_job_runs(JobName=self._job, MaxResults=_LOOKED_AT)["JobRuns"]
