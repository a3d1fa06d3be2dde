"""A process that replays is killed before or after any call: the next one comes to the same lake."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.thermocline.replay.lake import BIG, GENS, TABLE, ReplayLake, drive, line
from tests.thermocline.replay.ports import Calls, Killed
from thermocline.replay.model import Run
from thermocline.streams import QUARANTINE


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> ReplayLake:
    lake = ReplayLake(tmp_path_factory.mktemp("before") / "lake")
    lake.arrive(GENS[0], "a", [line("x", quantity=BIG), line("z")])
    lake.arrive(GENS[1], "b", [line("x"), line("y", quantity=BIG)])
    lake.arrive(GENS[2], "c", [line("y"), line("z")])
    lake.promote()
    lake.compact(TABLE)
    lake.compact(QUARANTINE)
    return lake


@pytest.fixture(scope="module")
def clean(before: ReplayLake, tmp_path_factory: pytest.TempPathFactory) -> tuple[ReplayLake, list[str]]:
    """The lake after a run that nothing disturbed, and the calls of it."""
    lake, calls = before.copy(tmp_path_factory.mktemp("clean") / "lake"), Calls()
    drive(lake, GENS[0], GENS[1], calls=calls)
    assert [row[:2] for row in lake.rows(TABLE)] == [(GENS[0], "x"), (GENS[0], "z"), (GENS[1], "y")]
    return lake, calls.made


def test_a_run_whose_files_have_expired_comes_to_the_same(
    before: ReplayLake, clean: tuple[ReplayLake, list[str]], tmp_path: Path
) -> None:
    lake = before.copy(tmp_path / "lake")
    number = clean[1].index("commit") + 1
    with pytest.raises(Killed):
        drive(lake, GENS[0], GENS[1], calls=Calls(number))
    lake.bucket.delete(list(lake.bucket.keys("replay/")))
    lake.leases.holder = None
    drive(lake, GENS[0], GENS[1])
    assert lake.rows(TABLE) == clean[0].rows(TABLE)
    assert lake.rows(QUARANTINE) == clean[0].rows(QUARANTINE)


def test_a_run_that_is_forgotten_half_comes_to_the_same(
    before: ReplayLake, clean: tuple[ReplayLake, list[str]], tmp_path: Path
) -> None:
    lake = before.copy(tmp_path / "lake")
    whole = lake.runs.remove

    def remove_generations(run: Run) -> None:
        lake.runs.gens.clear()
        raise Killed

    lake.runs.remove = remove_generations  # type: ignore[method-assign]
    with pytest.raises(Killed):
        drive(lake, GENS[0], GENS[1])
    lake.runs.remove = whole  # type: ignore[method-assign]
    drive(lake, GENS[0], GENS[1])
    assert lake.rows(TABLE) == clean[0].rows(TABLE)
    assert lake.rows(QUARANTINE) == clean[0].rows(QUARANTINE)


def _killed_everywhere(before: ReplayLake, clean: tuple[ReplayLake, list[str]], folder: Path, step: int) -> None:
    wanted, calls = clean
    for number in range(1, len(calls) + 1, step):
        for after in (False, True):
            lake = before.copy(folder / f"{number}{after}")
            with pytest.raises(Killed):
                drive(lake, GENS[0], GENS[1], calls=Calls(number, after=after))
            lake.leases.holder = None  # its time is up
            drive(lake, GENS[0], GENS[1])
            place = f"killed {'after' if after else 'before'} call {number}, {calls[number - 1]}"
            for table in (TABLE, QUARANTINE):
                assert lake.rows(table) == wanted.rows(table), place
                assert lake.ids(table) == wanted.ids(table), place
            assert lake.books_balance(), place
            assert lake.claims.owners == wanted.claims.owners, place
            assert (lake.runs.runs, lake.runs.told, lake.runs.gens) == ({}, {}, {}), place
            assert not list(lake.bucket.keys("replay/")), place


def test_a_replay_killed_at_some_calls_comes_to_the_same(
    before: ReplayLake, clean: tuple[ReplayLake, list[str]], tmp_path: Path
) -> None:
    _killed_everywhere(before, clean, tmp_path, step=31)


@pytest.mark.long
@pytest.mark.timeout(900)
def test_a_replay_killed_at_many_calls_comes_to_the_same(
    before: ReplayLake, clean: tuple[ReplayLake, list[str]], tmp_path: Path
) -> None:
    _killed_everywhere(before, clean, tmp_path, step=7)


@pytest.mark.nightly
@pytest.mark.timeout(3_600)
def test_a_replay_killed_at_any_call_comes_to_the_same(
    before: ReplayLake, clean: tuple[ReplayLake, list[str]], tmp_path: Path
) -> None:
    _killed_everywhere(before, clean, tmp_path, step=1)
