"""The promote function, wired as in production to AWS as moto plays it: a run of the state machine by hand."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from typing import Any

import pytest

from lambdas.promote.handler import handler
from tests.fakes import HASHER
from tests.fakes.aws import AwsClient, create_bucket, create_ledger
from tests.fakes.subjects import SUBJECT_KEY
from tests.thermocline.convert.rows import clicks
from thermocline.adapters.clients import client
from thermocline.adapters.dynamodb_leases import DynamoLeases
from thermocline.adapters.dynamodb_ledger import DynamoLedger
from thermocline.adapters.iceberg import IcebergCatalog
from thermocline.adapters.s3 import S3Store
from thermocline.bootstrap import promote as bootstrap
from thermocline.bootstrap.publish import publish
from thermocline.contracts import load_contracts
from thermocline.convert.use_case import Convert
from thermocline.errors import UnknownStream
from thermocline.generations import hour_of, moved
from thermocline.promote.settings import PromoteSettings

NOW = dt.datetime.now(dt.UTC)
OPEN = hour_of(NOW)
SETTINGS = PromoteSettings(
    lake_bucket="lake",
    ledger_table="ledger",
    database="lake",
    subject_key_secret=SUBJECT_KEY,
    memory_mb=200,
    lease_seconds=960,
    lambda_max_bytes=1_000_000,
    stalled_hours=6,
    storage_class="INTELLIGENT_TIERING",
    cold_storage_class="INTELLIGENT_TIERING",
)
WIRED = (
    bootstrap.promote_settings, bootstrap.promoted_ledger, bootstrap.promote_jobs, bootstrap.promote, publish,
)  # fmt: skip


class Lake:
    """A lake whose raw objects are converted at the hour that a test says."""

    def __init__(self, aws: AwsClient) -> None:
        self.s3 = create_bucket(aws, "lake")
        self.dynamodb = create_ledger(aws, "ledger")
        self.ledger = DynamoLedger(self.dynamodb, "ledger")
        self.glue = client("glue", attempts=1)
        self.glue.create_database(DatabaseInput={"Name": "lake"})
        contracts = load_contracts()
        self.catalog = IcebergCatalog(glue=self.glue, s3=self.s3, bucket="lake", database="lake", contracts=contracts)
        for table in contracts:
            self.catalog.ensure(table)

    def convert(self, name: str, body: bytes, gen: str) -> None:
        key = f"raw/clickstream/{NOW:%Y/%m/%d/%H}/{name}.ndjson"
        self.s3.put_object(Bucket="lake", Key=key, Body=body)
        now = dt.datetime.strptime(f"{gen} +0000", "%Y-%m-%d-%H %z")
        store = S3Store(self.s3, "lake")
        Convert(store=store, ledger=self.ledger, contracts=load_contracts(), hasher=HASHER, clock=lambda: now)(key)

    def let_leases_end(self) -> None:
        """Let the time of every lease be up."""
        for item in self.dynamodb.scan(TableName="ledger")["Items"]:
            if item["sk"]["S"] == "lease" and "until" in item:
                self.dynamodb.put_item(TableName="ledger", Item={**item, "until": {"N": "0"}})

    def watermark(self, table: str) -> str:
        found: dict[str, str] = self.glue.get_table(DatabaseName="lake", Name=table)["Table"]["Parameters"]
        return found["thermocline.watermark"]


@pytest.fixture
def lake(aws: AwsClient, monkeypatch: pytest.MonkeyPatch) -> Iterator[Lake]:
    for name, value in SETTINGS.to_env().items():
        monkeypatch.setenv(name, value)
    for wired in WIRED:
        wired.cache_clear()
    yield Lake(aws)
    for wired in WIRED:
        wired.cache_clear()


def turns(table: str, before: str) -> list[dict[str, Any]]:
    """All turns of a table, as the state machine takes them; it does not wait."""
    taken: list[dict[str, Any]] = []
    turn: dict[str, Any] = {"table": table, "before": before}
    while turn.get("next", "again") == "again":
        turn = handler({"action": "promote", "turn": turn | {"size": {"more": "than a turn"}}}, None)
        taken.append(turn)
    return taken


def test_closed_generations_are_promoted_and_the_open_one_is_not(lake: Lake) -> None:
    lake.convert("a", b"".join(clicks(3)) + b"no json\n", moved(OPEN, -2))
    lake.convert("b", b"".join(clicks(5)), moved(OPEN, -1))
    lake.convert("c", b"".join(clicks(7)), OPEN)
    asked = {"action": "list", "at": f"{NOW:%Y-%m-%dT%H:%M:%S.123Z}", "input": {"Detail": "any"}}
    plan = json.loads(json.dumps(handler(asked, None)))
    assert plan == {"before": OPEN, "rounds": [["cdc_log", "clickstream", "telemetry"], ["quarantine"]]}
    last = {}
    for table in [table for tables in plan["rounds"] for table in tables]:
        taken = turns(table, plan["before"])
        last[table] = taken[-1]
        if table == "clickstream":
            assert [(turn["gen"], turn["kept"], turn["dropped"]) for turn in taken[:2]] == [
                (moved(OPEN, -2), 3, 0),
                (moved(OPEN, -1), 2, 3),  # the first three are twins
            ]
        assert taken[-1]["next"] == "done"
        assert handler({"action": "publish", "table": table}, None) is None
        assert lake.watermark(table) == OPEN
    report = handler({"action": "report", "rounds": [[last["clickstream"], last["telemetry"]]]}, None)
    assert report == {"failed": (), "promoted": {"clickstream": 2, "telemetry": 0}}
    warm = lake.s3.list_objects_v2(Bucket="lake", Prefix="warm/clickstream/data/")["Contents"]
    assert {item["StorageClass"] for item in warm} == {"INTELLIGENT_TIERING"}


def test_a_generation_is_measured(lake: Lake) -> None:
    gen = moved(OPEN, -2)
    lake.convert("a", b"".join(clicks(3)) + b"no json\n", gen)
    for table in ("clickstream", "quarantine"):
        measured = handler({"action": "measure", "table": table, "before": OPEN}, None)
        assert (measured["gen"], measured["files"], measured["engine"]) == (gen, 1, "lambda")
        assert measured["bytes"] > 0
    assert handler({"action": "measure", "table": "telemetry", "before": OPEN}, None)["gen"] is None


def test_what_is_too_large_is_a_jobs(lake: Lake, monkeypatch: pytest.MonkeyPatch) -> None:
    lake.convert("a", b"".join(clicks(3)), moved(OPEN, -2))
    monkeypatch.setenv("LAKE_LAMBDA_MAX_BYTES", "1")
    monkeypatch.setenv("LAKE_SPARK_JOB", "local-promote")
    command = {"Name": "glueetl"}
    lake.glue.create_job(Name="local-promote", Role="any", Command=command, ExecutionProperty={"MaxConcurrentRuns": 1})
    assert handler({"action": "measure", "table": "clickstream", "before": OPEN}, None)["engine"] == "glue"
    turn = handler({"action": "start_job", "turn": {"table": "clickstream", "before": OPEN}}, None)
    (run,) = lake.glue.get_job_runs(JobName="local-promote")["JobRuns"]
    assert (turn["next"], turn["job"]) == ("wait", run["Id"])
    assert run["Arguments"] == {"--table": "clickstream", "--before": OPEN}
    for _ in range(10):
        turn = turn if turn["next"] == "done" else handler({"action": "job_state", "turn": turn}, None)
    assert (turn["next"], turn["promoted"]) == ("done", 0)  # moto's jobs do nothing
    assert "promoted nothing" in turn["reason"]


def test_entries_that_are_not_done_are_waited_for(lake: Lake) -> None:
    gen = moved(OPEN, -1)
    lake.ledger.enter("raw/clickstream/x", stream="clickstream", gen=gen, token="t", suppression=0)
    (turn,) = turns("clickstream", OPEN)
    assert (turn["next"], turn["pending"], turn["gen"]) == ("wait", 1, gen)
    again = handler({"action": "promote", "turn": turn}, None)
    assert again["waits"] == 2
    assert again["wait_seconds"] > turn["wait_seconds"]


def test_a_lease_that_another_has_is_waited_for_and_its_own_ends(lake: Lake) -> None:
    lake.convert("a", b"".join(clicks(3)), moved(OPEN, -1))
    leases = DynamoLeases(lake.dynamodb, "ledger", seconds=60)
    token = leases.acquire("clickstream")
    (turn,) = turns("clickstream", OPEN)
    assert (turn["next"], turn["reason"].split(":")[0]) == ("wait", "LeaseTaken")
    leases.release("clickstream", token)
    assert [turn["next"] for turn in turns("clickstream", OPEN)] == ["again", "done"]
    leases.acquire("clickstream")


def test_a_limit_too_far_ahead_of_the_clock_is_a_failure(lake: Lake) -> None:
    (turn,) = turns("clickstream", moved(OPEN, 60))
    assert turn["next"] == "failed"
    assert "hot tables reach 48" in turn["reason"]


def test_a_table_that_does_not_exist_is_an_error(lake: Lake) -> None:
    with pytest.raises(UnknownStream):
        turns("clicks", OPEN)
