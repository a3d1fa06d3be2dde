from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.fakes import NOW
from tests.fakes.aws import AwsClient, create_ledger
from thermocline.adapters.dynamodb_erasures import DynamoErasures
from thermocline.adapters.dynamodb_ledger import DynamoLedger
from thermocline.erase.model import Run
from thermocline.errors import LedgerConflict, UnknownRun
from thermocline.ledger import Entry, HotFile

RUN = Run(id="r1", digests=("00" * 16,), version=3, started_at=NOW, due_at=NOW)


@pytest.fixture
def runs(aws: AwsClient) -> DynamoErasures:
    return DynamoErasures(create_ledger(aws, "ledger"), "ledger")


def test_a_run_is_saved_and_listed(runs: DynamoErasures) -> None:
    runs.create(RUN)
    saved = runs.save(replace(RUN, step="raw clickstream", cursor="raw/x"), read=RUN)
    assert saved == runs.read("r1") == replace(RUN, step="raw clickstream", cursor="raw/x", revision=1)
    assert runs.all() == [saved]


def test_a_turn_that_another_has_overtaken_is_not_saved(runs: DynamoErasures) -> None:
    runs.create(RUN)
    runs.save(replace(RUN, step="done"), read=RUN)
    with pytest.raises(LedgerConflict, match="another turn"):
        runs.save(replace(RUN, step="drain"), read=RUN)
    assert runs.read("r1").done


def test_a_run_that_is_not_there_is_named(runs: DynamoErasures) -> None:
    with pytest.raises(UnknownRun, match="r2"):
        runs.read("r2")


def test_the_files_of_a_done_entry_are_amended_once(aws: AwsClient) -> None:
    ledger = DynamoLedger(create_ledger(aws, "ledger"), "ledger")
    file = HotFile(table="clickstream", key="hot/x", rows=3, bytes=10)
    ledger.enter("raw/clickstream/x", stream="clickstream", gen="2026-11-22-12", token="t", suppression=0)
    entry = Entry(
        raw_key="raw/clickstream/x",
        stream="clickstream",
        gen="2026-11-22-12",
        status="done",
        token="t",
        lines=3,
        files=(file,),
    )
    with pytest.raises(LedgerConflict):
        ledger.amend(entry, files=(), suppressed=3)
    ledger.finish(entry)
    ledger.amend(entry, files=(replace(file, rows=1),), suppressed=2)
    amended = ledger.entry("raw/clickstream/x")
    assert amended == replace(entry, files=(replace(file, rows=1),), suppressed=2)
    with pytest.raises(LedgerConflict, match="changed between"):
        ledger.amend(entry, files=(), suppressed=3)
