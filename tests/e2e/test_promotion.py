"""Rows move from hot to warm, by the state machine and by the command, and every answer stays what it was."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest

from cli.deployment import offline_deployment
from cli.project import lake_folder
from offline.lifecycle import down, up
from tests.e2e.lake import Lake, lake_command, wait_for

pytestmark = [pytest.mark.long, pytest.mark.timeout(400)]

NAME = f"e2e-promotion-{os.getpid()}"
EVERYTHING = "SELECT stream, count(*), count(DISTINCT event_id) FROM ({}) GROUP BY stream ORDER BY stream".format(
    " UNION ALL ".join(f"SELECT '{each}' AS stream, event_id FROM {each}" for each in ("clickstream", "telemetry"))
)


@pytest.fixture(scope="module")
def lake() -> Iterator[Lake]:
    """A lake under IAM: every function has its own role and nothing else."""
    folder = lake_folder(NAME)
    try:
        yield Lake(offline_deployment(up(folder, iam=True)))
    finally:
        down(folder)
        shutil.rmtree(folder.path)


def send(lake: Lake, run: str) -> None:
    """Send twenty clicks, five of them twice, a bad one, and two measurements."""
    clicks = [{"event_name": "Seen", "user_id": "u", "event_id": f"{run}-{n}"} for n in range(20)]
    for event in [*clicks, *clicks[:5], {"user_id": "nothing happened"}]:
        assert lake.post("/v1/events", event).status_code == 200
    pack = [{"n": f"{run}/temp", "u": "Cel", "v": value} for value in (20.5, 21.5)]
    assert lake.post("/v1/senml", pack, source="devices").status_code == 200


def execute(lake: Lake, **given: Any) -> dict[str, Any]:
    """Run the state machine, and return how its execution ended."""
    client, machine = lake.deployment.client("stepfunctions"), lake.deployment.output("Promotion")
    execution = client.start_execution(stateMachineArn=machine, input=json.dumps(given))["executionArn"]
    ended: dict[str, Any] = wait_for(
        lambda: client.describe_execution(executionArn=execution), lambda found: found["status"] != "RUNNING"
    )
    return ended


def promote(*arguments: str, ok: bool = True) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(lake_command("promote", "--json", *arguments, name=NAME, ok=ok).stdout)
    return found


def rows(lake: Lake, table: str) -> int:
    return int(lake.query(f"SELECT count(*) FROM {table}")[0][0] or 0)


def test_an_execution_on_the_hour_leaves_the_open_generation_alone(lake: Lake) -> None:
    send(lake, "first")
    lake.wait_for(EVERYTHING, 2)
    lake.wait_until_at_rest()
    ended = execute(lake)
    assert ended["status"] == "SUCCEEDED", ended
    assert rows(lake, "clickstream") == 20


def test_the_state_machine_promotes_every_table(lake: Lake) -> None:
    before = lake.query(EVERYTHING)
    ended = execute(lake, everything=True)
    assert ended["status"] == "SUCCEEDED", ended
    promoted = json.loads(ended["output"])["promoted"]
    assert {table for table, generations in promoted.items() if generations} == {
        "clickstream", "telemetry", "quarantine",
    }  # fmt: skip
    assert [rows(lake, f"warm_{table}") for table in ("clickstream", "telemetry", "quarantine")] == [20, 2, 1]
    assert lake.query(EVERYTHING) == before == [("clickstream", "20", "20"), ("telemetry", "2", "2")]


def test_the_command_promotes_what_came_since_and_a_second_call_nothing(lake: Lake) -> None:
    send(lake, "second")
    lake.wait_for("SELECT 1 FROM clickstream WHERE event_id LIKE 'second%'", 20)
    lake.wait_for("SELECT 1 FROM quarantine", 2)
    lake.wait_until_at_rest()
    found = promote("--all")
    assert found["parked"] == []
    tables = found["tables"]
    assert (tables["clickstream"]["rows"], tables["clickstream"]["dropped"]) == (20, 5)
    assert (tables["telemetry"]["rows"], tables["quarantine"]["rows"]) == (2, 1)
    again = promote("--all")["tables"]
    assert not [table for table in again if again[table]["generations"] or again[table]["problem"]]
    assert lake.query(EVERYTHING) == [("clickstream", "40", "40"), ("telemetry", "4", "4")]


def test_the_books_balance_and_every_file_is_where_it_belongs(lake: Lake) -> None:
    assert json.loads(lake_command("balance", "--json", name=NAME).stdout)["balanced"]
    tiers = json.loads(lake_command("tiers", "--json", name=NAME).stdout)
    assert (tiers["clickstream"]["hot"]["rows"], tiers["clickstream"]["warm"]["rows"]) == (0, 40)


def test_no_call_was_without_a_grant(lake: Lake) -> None:
    found = json.loads(lake_command("permissions", "--json", name=NAME).stdout)
    assert {"promote", "publish"} <= found.keys()
    assert not [finding for function in found.values() for finding in function if finding["verdict"] == "missing"]


def test_a_table_that_does_not_exist_is_told_with_those_that_do(lake: Lake) -> None:
    done = lake_command("promote", "clicks", name=NAME, ok=False)
    assert "there is no table 'clicks'; there are cdc_log, clickstream, telemetry, quarantine" in done.stderr
