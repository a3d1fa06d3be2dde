"""The job itself: a process with a Spark of its own, as the offline function starts it, over the emulator."""

from __future__ import annotations

import os
import signal
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest

from lambdas.promote.handler import handler
from tests.athena_local.endpoint.tables import CREDENTIALS
from tests.fakes.aws import REGION
from tests.fakes.emulator import emulator
from tests.handlers.test_promote import OPEN, SETTINGS, Lake
from tests.thermocline.convert.rows import clicks
from thermocline.bootstrap import promote as bootstrap
from thermocline.bootstrap.publish import publish
from thermocline.generations import moved

pytest.importorskip("pyspark")
pytestmark = [
    pytest.mark.nightly,
    pytest.mark.timeout(900),
    pytest.mark.filterwarnings("ignore:subprocess:ResourceWarning"),  # a job outlives who started it
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

WIRED = (bootstrap.promote_settings, bootstrap.promoted_ledger, bootstrap.promote_jobs, publish)
GENS = [moved(OPEN, -hours) for hours in (3, 2, 1)]


@pytest.fixture
def lake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Lake]:
    with emulator(tmp_path) as url:
        settings = SETTINGS.to_env() | {"LAKE_LAMBDA_MAX_BYTES": "1", "LAKE_JOB_SECONDS": "600"}
        place = {"AWS_ENDPOINT_URL": url, "AWS_REGION": REGION, "AWS_DEFAULT_REGION": REGION}
        for name, value in (CREDENTIALS | settings | place).items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
        boto3.setup_default_session()
        for wired in WIRED:
            wired.cache_clear()
        made = Lake(boto3.client)
        made.convert("a", b"".join(clicks(3)) + b"no json\n", GENS[0])
        made.convert("b", b"".join(clicks(5)), GENS[1])  # the first three are twins
        made.convert("c", b"".join(clicks(7)), GENS[2])
        yield made
        for wired in WIRED:
            wired.cache_clear()
        boto3.setup_default_session()


def act(action: str, turn: dict[str, Any]) -> dict[str, Any]:
    answer: dict[str, Any] = handler({"action": action, "turn": turn}, None)
    return answer


def run(table: str) -> dict[str, Any]:
    """The turn that comes after a table's job, as the state machine gets it."""
    measured = handler({"action": "measure", "table": table, "before": OPEN}, None)
    assert measured["engine"] == "glue"
    turn = act("start_job", {"table": table, "before": OPEN})
    while turn["next"] == "wait":
        time.sleep(0.5)
        turn = act("job_state", turn)
    return turn


def warm_rows(lake: Lake, table: str) -> int:
    """How many rows the warm table has."""
    catalog = lake.catalog
    return sum(file.rows for file in catalog.files(catalog.load(table)))


def test_a_job_promotes_generation_after_generation_and_publishes(lake: Lake, tmp_path: Path) -> None:
    turn = run("clickstream")
    assert (turn["next"], turn["promoted"], turn["gens"]) == ("again", 3, tuple(GENS)), _log(tmp_path)
    assert (warm_rows(lake, "clickstream"), lake.watermark("clickstream")) == (7, OPEN)
    assert handler({"action": "measure", "table": "clickstream", "before": OPEN}, None)["gen"] is None


def test_a_job_that_was_killed_is_made_good_by_the_next(lake: Lake, tmp_path: Path) -> None:
    started = act("start_job", {"table": "clickstream", "before": OPEN})
    deadline = time.monotonic() + 300
    while lake.ledger.marks("clickstream").watermark <= GENS[0]:  # it has promoted one of three
        assert time.monotonic() < deadline, _log(tmp_path)
        time.sleep(0.05)
    os.killpg(int(started["job"].partition("-")[2]), signal.SIGKILL)
    killed = act("job_state", started)
    while killed["next"] == "wait":
        time.sleep(0.1)
        killed = act("job_state", started)
    assert killed["next"] == "failed"
    assert "its process was ended" in killed["reason"]
    lake.let_leases_end()
    assert run("clickstream")["next"] == "again", _log(tmp_path)
    assert (warm_rows(lake, "clickstream"), lake.watermark("clickstream")) == (7, OPEN)


def _log(folder: Path) -> str:
    return "\n".join(path.read_text()[-3000:] for path in (folder / "jobs").glob("*.log"))
