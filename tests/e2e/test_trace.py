"""`lake trace` on a lake with events of many fates."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest

from cli.deployment import offline_deployment
from cli.project import lake_folder
from offline.lifecycle import down, up
from tests.e2e.lake import Lake, lake_command
from thermocline.bootstrap.ledger import ledger_of
from thermocline.subjects import SubjectHasher

pytestmark = [pytest.mark.long, pytest.mark.timeout(400)]

NAME = f"e2e-trace-{os.getpid()}"
WAY = ["request", "record", "raw", "ledger", "hot", "generation"]


@pytest.fixture(scope="module")
def lake() -> Iterator[Lake]:
    """A lake whose promoted events, and one of each other fate, are there."""
    folder = lake_folder(NAME)
    try:
        made = Lake(offline_deployment(up(folder)))
        fill(made)
        yield made
    finally:
        down(folder)
        shutil.rmtree(folder.path)


def fill(lake: Lake) -> None:
    """Send events, promote those of the first part, and leave the others."""
    past = (dt.datetime.now(dt.UTC) - dt.timedelta(days=3)).isoformat()
    send(lake, "promoted")
    send(lake, "late", event_time=past)
    send(lake, "twice")
    send(lake, "twice")
    assert lake.post("/v1/events", {"event_id": "bad", "event_name": 7}).json()["quarantined"] == 1
    lake.wait_for("SELECT 1 FROM quarantine", 1)
    settle(lake, 3)
    lake_command("promote", "--all", name=NAME)
    suppress(lake, "ada")
    send(lake, "suppressed", user_id="ada")
    send(lake, "fresh")
    settle(lake, 4)


def send(lake: Lake, event_id: str, **members: Any) -> None:
    assert lake.post("/v1/events", {"event_id": event_id, "event_name": "Seen", **members}).status_code == 200


def settle(lake: Lake, rows: int) -> None:
    lake.wait_for("SELECT 1 FROM clickstream", rows)
    lake.wait_until_at_rest()


def suppress(lake: Lake, user_id: str) -> None:
    secrets = lake.deployment.client("secretsmanager")
    secret = secrets.get_secret_value(SecretId=lake.deployment.output("SubjectKeyArn"))["SecretString"]
    ledger = ledger_of(lake.deployment.client("dynamodb"), lake.deployment.output("LedgerTable"))
    ledger.suppress({SubjectHasher(lambda: secret).digest("user_id", user_id)}, None)


def trace(event_id: str, *options: str, ok: bool = True) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(lake_command("trace", event_id, *options, "--json", name=NAME, ok=ok).stdout)
    return found


def way(story: dict[str, Any]) -> list[str]:
    return [step["step"] for step in story["steps"]]


def step(story: dict[str, Any], name: str) -> dict[str, Any]:
    found: dict[str, Any]
    (found,) = [step for step in story["steps"] if step["step"] == name]
    return found


def test_a_promoted_event_is_told_from_its_request_to_its_row_group(lake: Lake) -> None:
    story = trace("promoted")
    assert (story["fate"], story["place"], story["visible"], story["missing"]) == ("promoted", "warm", True, None)
    assert way(story) == [*WAY, "snapshot", "warm", "view"]
    assert len(step(story, "request")["facts"]["request"]) == 16
    assert step(story, "request")["facts"]["protocol"] == "native"
    (src,) = lake.query("SELECT _src FROM clickstream WHERE event_id = 'promoted'")[0]
    assert step(story, "raw")["facts"]["key"] == src
    assert step(story, "warm")["facts"]["key"] in lake.keys("warm/clickstream/data/")
    assert way(trace("promoted", "--raw-key", f"s3://bucket/{src}")) == way(story)


def test_a_late_event_says_how_late(lake: Lake) -> None:
    story = trace("late")
    assert (story["fate"], story["place"]) == ("late", "warm")
    assert step(story, "late")["facts"]["days"] in {2, 3}


def test_a_twin_says_which_arrival_stayed(lake: Lake) -> None:
    story = trace("twice")
    assert (story["fate"], story["place"]) == ("duplicate", "warm")
    dropped = step(story, "twin")["facts"]["raw_key"]
    assert dropped != step(story, "raw")["facts"]["key"]
    assert step(trace("twice", "--raw-key", dropped), "raw")["facts"]["key"] == dropped


def test_a_fresh_event_is_in_hot(lake: Lake) -> None:
    story = trace("fresh")
    assert (story["fate"], story["place"], way(story)) == ("fresh", "hot", [*WAY, "view"])
    assert step(story, "hot")["facts"]["key"] in lake.keys("hot/clickstream/")


def test_a_quarantined_event_says_why(lake: Lake) -> None:
    story = trace("bad", ok=False)
    assert (story["fate"], story["place"]) == ("quarantined", "quarantine")
    assert step(story, "quarantine")["facts"]["reason"] == "invalid"
    assert story["missing"]["next"].startswith("mend the cause, then `lake replay clickstream")


def test_a_suppressed_event_names_nobody(lake: Lake) -> None:
    story = trace("suppressed", ok=False)
    assert (story["fate"], story["place"], story["missing"]["why"]) == (
        "suppressed",
        "raw",
        "a subject of it is suppressed: list version 1",
    )
    assert "ada" not in json.dumps(story)


def test_a_stuck_event_says_what_waits_for_it(lake: Lake) -> None:
    key = {name: {"S": value} for name, value in zip(("pk", "sk"), entry_of("fresh"), strict=True)}
    dynamodb, table = lake.deployment.client("dynamodb"), lake.deployment.output("LedgerTable")
    item = dynamodb.get_item(TableName=table, Key=key)["Item"]
    try:
        dynamodb.put_item(TableName=table, Item=item | {"status": {"S": "pending"}, "files": {"L": []}})
        story = trace("fresh", ok=False)
    finally:
        dynamodb.put_item(TableName=table, Item=item)
    assert (story["fate"], story["missing"]["step"]) == ("stuck", "convert")
    assert story["missing"]["why"].endswith("waits for it")


def entry_of(event_id: str) -> tuple[str, str]:
    return f"raw#{step(trace(event_id), 'raw')['facts']['key']}", "entry"


def test_an_event_that_never_arrived_says_what_was_searched(lake: Lake) -> None:
    story = trace("nobody", ok=False)
    assert (story["found"], story["fate"], story["steps"]) == (False, "never arrived", [])
    assert f"{len(lake.keys('raw/')):,} raw objects" in story["missing"]["why"]


def test_the_timeline_fits_eighty_columns(lake: Lake) -> None:
    for event_id, ok in (("promoted", True), ("bad", False), ("nobody", False)):
        told = lake_command("trace", event_id, name=NAME, ok=ok).stdout
        assert max(map(len, told.splitlines())) <= 80
