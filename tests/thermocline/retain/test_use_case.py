"""Retention removes the rows before a day, and no others."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fakes.clock import NOW, FixedClock
from tests.fakes.warm import CommitFate, MemoryLeases, MemoryList, MemoryWarm, WarmRow, only, row
from thermocline.contracts import load_contracts
from thermocline.errors import CommitFailed, RowsDiffer
from thermocline.retain.use_case import Retain, Retained

TABLE = "clickstream"
SINCE = dt.datetime(2026, 11, 12, tzinfo=dt.UTC)
"""With a retention of ten days."""


class Bench:
    """Retention's surroundings."""

    def __init__(self, days: int | None = 10) -> None:
        self.warm = MemoryWarm()
        self.leases = MemoryLeases()
        self.list = MemoryList()
        contracts = load_contracts()
        contract = msgspec.structs.replace(contracts[TABLE], retention_days=days)
        self.retain = Retain(
            ledger=self.list,
            leases=self.leases,
            catalog=self.warm,
            rewriter=self.warm,
            contracts={**contracts, TABLE: contract},
            clock=FixedClock(),
            raw_days=180,
        )


def test_whole_files_go_and_others_are_rewritten_in_one_commit() -> None:
    bench = Bench()
    bench.warm.add([row(1, days_ago=20), row(2, days_ago=11)])
    bench.warm.add([row(3, days_ago=11), row(4, days_ago=9)])
    young = bench.warm.add([row(5, days_ago=1)])
    commits = len(bench.warm.changes)
    assert bench.retain(TABLE) == Retained(table=TABLE, since=SINCE, removed=1, rewritten=1, rows=3)
    assert [kept.id for kept in sorted(bench.warm.content, key=lambda kept: kept.id)] == [4, 5]
    assert young.path in bench.warm.files_now
    assert len(bench.warm.changes) == commits + 1


def test_the_day_itself_stays_whole() -> None:
    bench = Bench()
    at_midnight = WarmRow(gen="2026-11-12-00", time=SINCE, id=1)
    before = WarmRow(gen="2026-11-12-00", time=SINCE - dt.timedelta(microseconds=1), id=2)
    bench.warm.add([at_midnight])
    bench.warm.add([before])
    bench.retain(TABLE)
    assert bench.warm.content == [at_midnight]


def test_without_retention_every_row_stays() -> None:
    bench = Bench(days=None)
    bench.warm.add([row(1, days_ago=4000)])
    assert bench.retain(TABLE) == Retained(table=TABLE)
    assert len(bench.warm.content) == 1


def test_a_run_that_has_nothing_to_do_takes_no_lease() -> None:
    bench = Bench()
    bench.warm.add([row(1, days_ago=1)])
    bench.retain(TABLE)
    assert bench.leases.tokens == 0


def test_a_file_that_went_meanwhile_ends_the_run() -> None:
    bench = Bench()
    straddling = bench.warm.add([row(1, days_ago=20), row(2)])
    replayed = bench.warm.new_file([row(1, days_ago=20), row(2), row(3)])
    bench.warm.before_merge = lambda: bench.warm.replace([straddling], [replayed])
    assert bench.retain(TABLE) == Retained(table=TABLE, since=SINCE, given_up=True)
    assert only(bench.warm.files_now) == replayed


def test_a_list_that_moves_while_files_are_rewritten_ends_the_run() -> None:
    bench = Bench()
    straddling = bench.warm.add([row(1, days_ago=20), row(2)])

    def an_erasure_begins() -> None:
        bench.list.version += 1

    bench.warm.before_merge = an_erasure_begins
    assert bench.retain(TABLE).given_up
    assert only(bench.warm.files_now) == straddling


def test_a_rewriter_that_keeps_old_rows_is_noticed() -> None:
    bench = Bench()
    straddling = bench.warm.add([row(1, days_ago=20), row(2)])
    bench.warm.ignores_since = True
    with pytest.raises(RowsDiffer, match="rows before 2026-11-12 are left"):
        bench.retain(TABLE)
    assert only(bench.warm.files_now) == straddling


@pytest.mark.parametrize("fate", ["refused", "lands, answer lost"])
def test_a_commit_that_failed_is_decided_by_the_table(fate: CommitFate) -> None:
    bench = Bench()
    bench.warm.add([row(1, days_ago=20)])
    bench.warm.fates.append(fate)
    commits = len(bench.warm.changes)
    assert bench.retain(TABLE).rows == 1
    assert (bench.warm.content, len(bench.warm.changes)) == ([], commits + 1)


def test_a_catalog_that_only_fails_is_given_up() -> None:
    bench = Bench()
    bench.warm.add([row(1, days_ago=20)])
    bench.warm.fates.extend(["refused"] * 99)
    with pytest.raises(CommitFailed):
        bench.retain(TABLE)
    assert len(bench.warm.content) == 1


@pytest.mark.parametrize("days", [None, 10])
def test_identities_that_serve_no_replay_are_forgotten(days: int | None) -> None:
    """Raw of 180 days is there, and its replay reads the identities of the 24 hours before it."""
    bench = Bench(days)
    ages = {"old": 182 * 24 + 1, "edge": 182 * 24, "window": 180 * 24 + 24, "raw": 179 * 24}
    gens = {name: f"{NOW - dt.timedelta(hours=hours):%Y-%m-%d-%H}" for name, hours in ages.items()}
    bench.warm.ids = {gen: f"ids/{name}" for name, gen in gens.items()}
    assert bench.retain(TABLE).forgotten == 1
    assert set(bench.warm.ids.values()) == {"ids/edge", "ids/window", "ids/raw"}
    assert bench.retain(TABLE).forgotten == 0


@given(files=st.lists(st.lists(st.integers(0, 30), min_size=1, max_size=5), max_size=6))
def test_exactly_the_young_rows_stay(files: list[list[int]]) -> None:
    bench = Bench()
    numbers = iter(range(100))
    for days in files:
        bench.warm.add([row(next(numbers), days_ago=age) for age in days])
    young = [kept for kept in bench.warm.content if kept.time >= SINCE]
    bench.retain(TABLE)
    assert bench.warm.content == young
