from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from tests.fakes.aws import AwsClient, aws, create_ledger
from thermocline.adapters.dynamodb_ledger import DynamoLedger
from thermocline.adapters.dynamodb_runs import DynamoRuns
from thermocline.errors import LedgerConflict
from thermocline.ledger import HotFile
from thermocline.replay.model import Converted, Replayed, Run
from thermocline.warm.work import Difference

__all__ = ["aws"]

RUN = Run(run="1a", table="visits", first="2026-11-22-12", last="2026-11-22-13", dry=False, gens=("2026-11-22-12",))
RESULT = Converted(
    raw_key="raw/visits/a",
    gen="2026-11-22-12",
    suppression=3,
    recovered="d1",
    left_out=1,
    files=(HotFile(table="visits", key="replay/1a/x.parquet", rows=2, bytes=9),),
    misfits={"price": 1},
)
DONE = Replayed(
    gen="2026-11-22-12",
    differences=(Difference(table="visits", gen="2026-11-22-12", appear=1, examples={"appear": ("a",)}),),
    ids={"2026-11-22-12": "ids/x"},
)


@pytest.fixture
def dynamodb(aws: AwsClient) -> Any:
    return create_ledger(aws, "ledger")


@pytest.fixture
def runs(dynamodb: Any) -> DynamoRuns:
    return DynamoRuns(dynamodb, "ledger", pause=lambda retry: None)


def test_a_run_is_current_until_it_is_removed_with_all_that_it_has(runs: DynamoRuns) -> None:
    assert runs.current("visits") is None
    runs.start(RUN)
    runs.put_result("1a", Converted(raw_key="raw/visits/a", gen="2026-11-22-12"))
    runs.put_result("1a", RESULT)
    runs.put_replayed("1a", Replayed(gen="2026-11-22-12", done=False))
    runs.put_replayed("1a", DONE)
    assert runs.current("visits") == RUN
    assert runs.results(RUN) == {"raw/visits/a": RESULT}
    assert list(runs.replayed(RUN)) == [DONE]
    runs.remove(RUN)
    assert runs.current("visits") is None
    assert (runs.results(RUN), list(runs.replayed(RUN))) == ({}, [])


def test_a_table_has_one_run_at_a_time(runs: DynamoRuns) -> None:
    runs.start(RUN)
    with pytest.raises(LedgerConflict):
        runs.start(RUN)


def test_a_result_is_forgotten_alone(runs: DynamoRuns) -> None:
    runs.start(RUN)
    runs.put_result("1a", RESULT)
    runs.put_result("1a", Converted(raw_key="raw/visits/b", gen="2026-11-22-12"))
    runs.drop_result("1a", "raw/visits/b")
    assert [*runs.results(RUN)] == ["raw/visits/a"]


def test_only_what_is_done_by_the_same_attempt_is_stated_anew(dynamodb: Any) -> None:
    ledger = DynamoLedger(dynamodb, "ledger", pause=lambda retry: None)
    ledger.enter("raw/visits/a", stream="visits", gen="2026-11-22-12", token="1", suppression=0)
    entry = ledger.entry("raw/visits/a")
    assert entry
    restated = replace(entry, files=RESULT.files, lines=3, suppressed=1, misfits={"price": 1})
    ledger.restate(restated)
    assert ledger.entry("raw/visits/a") == entry  # it is not done
    assert ledger.finish(replace(entry, status="done", lines=2, raw_bytes=7, subjects="s"))
    ledger.restate(replace(restated, token="2"))
    assert ledger.entry("raw/visits/a") == replace(entry, status="done", lines=2, raw_bytes=7, subjects="s")
    ledger.restate(restated)
    assert ledger.entry("raw/visits/a") == replace(restated, status="done", raw_bytes=7, subjects="s")


def test_an_erasure_sees_an_attempt_that_enters_nothing_until_it_ends(dynamodb: Any) -> None:
    ledger = DynamoLedger(dynamodb, "ledger", pause=lambda retry: None)
    ledger.open_attempt("raw/visits/a", token="7", suppression=0)
    version = ledger.suppress(["0" * 32])
    assert [attempt.token for attempt in ledger.open_attempts(version)] == ["7"]
    with pytest.raises(LedgerConflict):
        ledger.open_attempt("raw/visits/a", token="8", suppression=0)
    ledger.end_attempt("7")
    assert ledger.open_attempts(version) == []
    assert ledger.entry("raw/visits/a") is None
