"""The drill: a lake loses its ledger, a warm table and a view, and shows the same when they are restored."""

from __future__ import annotations

import datetime as dt
import itertools
import subprocess
import sys
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import pytest

from tests.athena_local.endpoint.tables import CREDENTIALS
from tests.drill.lake import CLICKS, DiedError, DrillLake, dying
from tests.histories.tiers.deployed import Rows, started
from tests.histories.tiers.lake_state import State
from thermocline.errors import ConfigurationError, LedgerBehind, RestoreRefused, TableLost
from thermocline.restore.ledger import Restored


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[DrillLake, State]]:
    with pytest.MonkeyPatch.context() as patch:
        for name, value in CREDENTIALS.items():
            patch.setenv(name, value)
        with started(tmp_path_factory.mktemp("emulator")) as endpoint:
            drill = DrillLake(endpoint, tmp_path_factory.mktemp("steps"))
            yield drill, drill.lake.states.read()


@pytest.fixture
def drill(broken: tuple[DrillLake, State]) -> DrillLake:
    drill, state = broken
    drill.lake.states.write(state)
    return drill


class Clean(NamedTuple):
    """What the lake shows when it lost nothing: once the last object is converted, and in the end."""

    rows: dict[str, Rows]
    end: tuple[dict[str, Rows], Mapping[str, Rows]]


@pytest.fixture(scope="module")
def clean(broken: tuple[DrillLake, State]) -> Clean:
    drill, state = broken
    drill.lake.states.write(state)
    drill.convert([drill.last], 0)
    return Clean(drill.rows(), drill.end())


def test_a_view_comes_back_exactly_as_it_was(drill: DrillLake) -> None:
    was = drill.lose(CLICKS)
    drill.lake.run(drill.lake.step("publish", CLICKS))
    assert drill.lake.states.read().tables[CLICKS] == was


@pytest.mark.long
def test_the_script_ends_well() -> None:
    ended = subprocess.run([sys.executable, "-m", "tests.drill"], capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert "✓ views, queries and books" in ended.stdout


# The ledger ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("copy", [True, False], ids=["from a copy", "from warm and hot alone"])
def test_the_ledger_comes_back(drill: DrillLake, clean: Clean, copy: bool) -> None:
    drill.lose_ledger()
    planned = drill.restore_ledger(copy=copy, dry_run=True)
    assert drill.lake.states.items() == []
    restored = drill.restore_ledger(copy=copy)
    assert counts(planned) == counts(restored)
    assert restored.rebuilt
    assert restored.twice == ()
    assert found_nothing(drill.restore_ledger(copy=copy))
    drill.convert_again(restored)
    assert drill.rows() == clean.rows
    assert drill.end() == clean.end


def test_a_ledger_that_lost_nothing_stays_as_it_is(drill: DrillLake) -> None:
    before = sorted(drill.lake.states.items(), key=str)
    assert found_nothing(drill.restore_ledger())
    assert sorted(drill.lake.states.items(), key=str) == before


def test_nothing_is_promoted_or_published_by_the_older_copy_alone(drill: DrillLake) -> None:
    drill.lose_ledger()
    drill.restore_ledger()
    drill.take_marks_back(CLICKS)
    tables = drill.lake.states.read().tables
    for use_case in (drill.publish, drill.promote):
        with pytest.raises(LedgerBehind, match="run `lake restore ledger`"):
            use_case(CLICKS)
    assert drill.lake.states.read().tables == tables


@pytest.mark.long
@pytest.mark.timeout(600)
def test_a_restore_that_was_killed_at_any_write_runs_again(drill: DrillLake, broken: Any, clean: Clean) -> None:
    for number in itertools.count():
        drill.lake.states.write(broken[1])
        drill.lose_ledger()
        try:
            drill.restore_ledger(dynamodb=dying(drill.url, number))
            break
        except DiedError:
            pass
        again = drill.restore_ledger()
        assert again.twice == ()
        assert found_nothing(drill.restore_ledger())
        drill.convert_again(again)
        assert drill.rows() == clean.rows, number
    assert number > 10


def counts(restored: Restored) -> list[object]:
    return [
        restored.copied, restored.marks, restored.tokens, len(restored.rebuilt), len(restored.parked), restored.missing,
    ]  # fmt: skip


def found_nothing(restored: Restored) -> bool:
    """Tell whether a restore found nothing to do but what convert has still to do."""
    return not (restored.copied or restored.marks or restored.tokens or restored.rebuilt or restored.parked)


# A warm table -------------------------------------------------------------------------------------------------------


def test_a_warm_table_comes_back_with_the_metadata_that_landed(drill: DrillLake, clean: Clean) -> None:
    refused = drill.leave_refused_metadata(CLICKS)
    drill.lake.run(drill.lake.step("promote", CLICKS))
    before = drill.rows()
    was = drill.lose_warm(CLICKS)
    assert drill.restore_table(CLICKS, dry_run=True).state == "lost"
    restored = drill.restore_table(CLICKS)
    assert restored.left == (refused,)
    assert drill.warm(CLICKS)["Parameters"]["metadata_location"] == was["Parameters"]["metadata_location"]
    assert drill.restore_table(CLICKS).state == "there"
    assert drill.rows() == before
    drill.convert([drill.last], 0)
    assert drill.end() == clean.end


@pytest.mark.long
def test_a_promotion_whose_commit_was_under_way_is_taken_or_done_again(drill: DrillLake, clean: Clean) -> None:
    drill.leave_refused_metadata(CLICKS)
    drill.lose_warm(CLICKS)
    assert drill.restore_table(CLICKS).left == ()
    drill.convert([drill.last], 0)
    assert drill.end() == clean.end


def test_neither_a_deployment_nor_the_orphan_sweep_touches_a_table_that_was_lost(drill: DrillLake) -> None:
    drill.lose_warm(CLICKS)
    before = drill.lake.states.read()
    with pytest.raises(TableLost, match=f"run `lake restore table {CLICKS}`"):
        drill.catalog.ensure(CLICKS)
    with pytest.raises(ConfigurationError, match="does not exist"):
        drill.sweep_orphans(CLICKS)
    assert drill.lake.states.read() == before


def test_a_dropped_table_whose_objects_were_deleted_comes_back_from_their_versions(drill: DrillLake) -> None:
    before, since = drill.rows(), dt.datetime.now(dt.UTC)
    drill.lose_warm(CLICKS)
    deleted = drill.delete_objects(f"warm/{CLICKS}/")
    with pytest.raises(RestoreRefused, match="lake restore objects"):
        drill.restore_table(CLICKS)
    assert drill.restore_objects(f"warm/{CLICKS}/", since, dry_run=True) == deleted
    assert drill.restore_objects(f"warm/{CLICKS}/", since) == deleted
    assert drill.restore_objects(f"warm/{CLICKS}/", since) == []
    drill.restore_table(CLICKS)
    assert drill.rows() == before
