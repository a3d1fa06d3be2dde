"""The erase function, wired as in production to AWS as moto plays it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest

from lambdas.erase.handler import handler
from tests.fakes import HASHER
from tests.fakes.aws import AwsClient, create_bucket, create_ledger
from tests.fakes.subjects import SUBJECT_KEY, create_subject_key
from thermocline.adapters.clients import client
from thermocline.adapters.iceberg import IcebergCatalog
from thermocline.bootstrap.erase import erase
from thermocline.bootstrap.subjects import subject_hasher
from thermocline.contracts import load_contracts
from thermocline.erase.settings import EraseSettings
from thermocline.errors import ErasureFailed
from thermocline.events.frames import framed, zstd

ADA = HASHER.digest("user_id", "ada")
RAW = "raw/clickstream/2026/11/26/10/a.ndjson.zst"
WIRED = (erase, subject_hasher)


class Context:
    """Lambda's context, with so many seconds left."""

    def __init__(self, seconds: int = 900) -> None:
        self._seconds = seconds

    def get_remaining_time_in_millis(self) -> int:
        return self._seconds * 1000


@pytest.fixture
def s3(aws: AwsClient, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    create_ledger(aws, "ledger")
    create_subject_key(aws("secretsmanager"))
    settings = EraseSettings(
        lake_bucket="lake",
        results_bucket="results",
        ledger_table="ledger",
        database="lake",
        subject_key_secret=SUBJECT_KEY,
        lease_seconds=960,
        longest_attempt_seconds=0,
        settle_seconds=0,
        storage_class="STANDARD",
    )
    for name, value in settings.to_env().items():
        monkeypatch.setenv(name, value)
    forget()
    s3, _ = create_bucket(aws, "lake"), create_bucket(aws, "results")
    s3.put_bucket_versioning(Bucket="lake", VersioningConfiguration={"Status": "Enabled"})
    glue = client("glue", attempts=1)
    glue.create_database(DatabaseInput={"Name": "lake"})
    catalog = IcebergCatalog(glue=glue, s3=s3, bucket="lake", database="lake", contracts=load_contracts())
    for table in load_contracts():
        catalog.ensure(table)
    s3.put_object(Bucket="lake", Key=RAW, Body=framed(b'{"user_id":"ada"}\n{"user_id":"bob"}\n'))
    yield s3
    forget()


def forget() -> None:
    for wired in WIRED:
        wired.cache_clear()


def call(seconds: int = 900, **event: Any) -> Any:
    return json.loads(json.dumps(handler(event, Context(seconds))))


def test_a_subject_is_erased_turn_by_turn_to_the_proof(s3: Any) -> None:
    run = call(action="start", digests=[ADA])
    assert (run["digests"], run["step"], run["version"]) == ([ADA], "drain", 1)
    turn = call(action="turn", run=run["id"])
    while turn["next"] != "done":
        assert turn["next"] in ("again", "wait"), turn
        turn = call(action="turn", run=run["id"])
    assert turn["counts"]["removed"] == 1
    assert zstd.decompress(s3.get_object(Bucket="lake", Key=RAW)["Body"].read()) == b'{"user_id":"bob"}\n'
    proof = json.loads(s3.get_object(Bucket="lake", Key=f"erasure/{run['id']}/report.json")["Body"].read())
    assert [touched["key"] for touched in proof["touched"] if touched["key"] == RAW] == [RAW]
    [listed] = call(action="list")
    assert (listed["id"], listed["step"]) == (run["id"], "done")


def test_the_same_batch_is_the_same_run_until_it_is_done(s3: Any) -> None:
    first = call(action="start", digests=[ADA], until="2027-01-01T00:00:00+00:00")
    assert call(action="start", digests=[ADA])["id"] == first["id"]


def test_without_time_a_turn_does_nothing_and_says_that_there_is_more(s3: Any) -> None:
    run = call(action="start", digests=[ADA])
    assert call(60, action="turn", run=run["id"])["next"] == "again"


def test_the_schedule_goes_on_with_all_that_is_due(s3: Any) -> None:
    runs = {call(action="start", digests=[HASHER.digest("user_id", user)])["id"] for user in ("ada", "bob")}
    for _ in range(5):
        done = {turn["run"]["id"] for turn in call(action="due") if turn["next"] == "done"}
        runs -= done
    assert not runs
    assert call(action="due") == []


def test_a_run_that_needs_somebody_is_an_error_after_the_others_had_their_turn(s3: Any, aws: AwsClient) -> None:
    call(action="start", digests=[ADA])
    aws("glue").delete_table(DatabaseName="lake", Name="warm_clickstream")
    with pytest.raises(ErasureFailed, match="warm_clickstream does not exist"):
        call(action="due")
    assert "ada" not in json.dumps(call(action="list"))


@pytest.mark.parametrize(
    "event",
    [{}, {"action": "erase"}, {"action": "start", "digests": ["ada"]}, {"action": "start"}, {"action": "turn"}],
)
def test_an_event_that_is_not_understood_does_nothing(s3: Any, event: dict[str, Any]) -> None:
    with pytest.raises(msgspec.ValidationError):
        handler(event, Context())
    assert call(action="list") == []
