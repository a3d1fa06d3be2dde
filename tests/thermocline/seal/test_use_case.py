"""Sealing changes no row, seals once, and goes on where it stopped, whatever else happens to the table."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fakes.clock import FixedClock
from tests.fakes.warm import CommitFate, MemoryLeases, MemoryList, MemoryWarm, WarmRow
from thermocline.contracts import load_contracts
from thermocline.errors import CommitFailed, FencedOff, LeaseTaken, RowsDiffer, UnknownStream
from thermocline.seal.plan import Rules
from thermocline.seal.use_case import Seal, Sealed

TABLE = "clickstream"
MONTH = dt.datetime(2026, 9, 1, tzinfo=dt.UTC)
CLOSED = dt.datetime(2026, 10, 31, 3, tzinfo=dt.UTC)
WITHIN, LATE = "2026-09-21-10", "2026-10-31-05"


class Bench:
    """A table, sealed thirty days after a month; its parts have four rows at most."""

    def __init__(self) -> None:
        self.warm = MemoryWarm()
        self.warm.most_rows = 4
        self.leases = MemoryLeases()
        self.list = MemoryList()
        self.clock = FixedClock(CLOSED)
        self._seal = Seal(
            ledger=self.list,
            leases=self.leases,
            catalog=self.warm,
            rewriter=self.warm,
            contracts=load_contracts(),
            clock=self.clock,
            rules=Rules(late=dt.timedelta(days=30), small_bytes=3, most_bytes=4, waiting_files=2, waiting_bytes=100),
        )

    def add(self, *numbers: int, gen: str = WITHIN) -> None:
        """Add a file of rows, one for each hour of September."""
        self.warm.add([WarmRow(gen=gen, time=MONTH + dt.timedelta(hours=n), id=n) for n in numbers])

    def seal(self, table: str = TABLE, until: dt.datetime | None = None) -> Sealed:
        return self._seal(table, until=until)

    @property
    def unsealed(self) -> int:
        return sum(not file.sealed for file in self.warm.files_now.values())


@pytest.fixture
def bench() -> Bench:
    return Bench()


def test_a_closed_month_becomes_few_sealed_files(bench: Bench) -> None:
    for number in range(6):
        bench.add(number)
    rows = bench.warm.content
    assert bench.seal() == Sealed(table=TABLE, read=6, written=2, rows=6)
    assert bench.warm.content == rows
    assert bench.unsealed == 0


def test_it_is_sealed_once(bench: Bench) -> None:
    bench.add(1)
    bench.seal()
    commits = len(bench.warm.changes)
    bench.clock.advance(days=400)
    assert bench.seal() == Sealed(table=TABLE)
    assert len(bench.warm.changes) == commits


def test_a_month_whose_window_is_open_is_left_alone(bench: Bench) -> None:
    bench.add(1)
    bench.clock.advance(hours=-4)
    assert bench.seal() == Sealed(table=TABLE)


def test_late_rows_wait_beside_and_come_in(bench: Bench) -> None:
    bench.add(0, 1, 2)
    bench.seal()
    bench.add(3, gen=LATE)
    assert bench.seal() == Sealed(table=TABLE)
    bench.clock.advance(days=8)
    rows = bench.warm.content
    assert bench.seal() == Sealed(table=TABLE, read=1, written=1, rows=1)
    assert (bench.warm.content, bench.unsealed) == (rows, 0)


def test_what_there_is_no_time_for_is_left_to_the_next_run(bench: Bench) -> None:
    for number in range(8):
        bench.add(number)
    bench.warm.before_merge = lambda: bench.clock.advance(minutes=1)
    assert bench.seal(until=CLOSED + dt.timedelta(seconds=30)) == Sealed(table=TABLE, read=4, written=1, rows=4, left=1)
    assert bench.seal().read == 4
    assert bench.unsealed == 0


def test_the_lease_is_not_held_while_files_are_rewritten(bench: Bench) -> None:
    bench.add(1)
    holders: list[int | None] = []
    bench.warm.before_merge = lambda: holders.append(bench.leases.holder)
    bench.seal()
    assert holders == [None]


def test_a_list_that_moves_while_files_are_rewritten_ends_the_part(bench: Bench) -> None:
    bench.add(1)

    def an_erasure_begins() -> None:
        bench.list.version += 1

    bench.warm.before_merge = an_erasure_begins
    assert bench.seal() == Sealed(table=TABLE, given_up=1)
    assert bench.unsealed == 1


def test_rows_that_are_lost_by_the_rewriter_are_not_lost_by_the_table(bench: Bench) -> None:
    bench.add(1, 2)
    rows = bench.warm.content
    bench.warm.lost = 1
    with pytest.raises(RowsDiffer, match="2 rows were read and 1 written"):
        bench.seal()
    assert bench.warm.content == rows


def test_a_table_without_a_contract_is_refused(bench: Bench) -> None:
    with pytest.raises(UnknownStream):
        bench.seal("nothing")


class KilledError(Exception):
    """The process is no more."""


FATES: tuple[CommitFate, ...] = ("lands", "refused", "lands, answer lost", "lands later")


@given(
    sizes=st.lists(st.integers(1, 3), min_size=1, max_size=6),
    fates=st.lists(st.sampled_from(FATES), max_size=3),
    dies_at=st.integers(0, 20),
    late=st.lists(st.integers(1, 3), max_size=3),
)
def test_killed_at_any_call_the_next_run_ends_as_a_clean_one(
    sizes: list[int], fates: list[CommitFate], dies_at: int, late: list[int]
) -> None:
    bench = Bench()

    def dies() -> None:
        raise KilledError

    numbers = iter(range(100))
    for size in sizes:
        bench.add(*(next(numbers) for _ in range(size)))
    bench.warm.fates.extend(fates)
    bench.warm.interruptions.extend([*[None] * dies_at, dies])
    with suppress(KilledError):
        bench.seal()
    bench.warm.interruptions.clear()
    bench.warm.fates.clear()
    bench.leases.holder = None  # its time is up
    for size in late:
        bench.add(*(next(numbers) for _ in range(size)), gen=LATE)
    rows = bench.warm.content
    assert sorted(row.id for row in rows) == list(range(sum(sizes) + sum(late)))
    bench.seal()
    bench.warm.land_late()
    assert bench.warm.content == rows
    assert bench.unsealed in (0, len(late))
    bench.clock.advance(days=30)
    bench.seal()
    assert (bench.warm.content, bench.unsealed) == (rows, 0)
    assert bench.seal() == Sealed(table=TABLE)


@given(
    actions=st.lists(st.sampled_from(["nothing", "promote", "erase", "take the lease", "land late"]), max_size=14),
    fates=st.lists(st.sampled_from(FATES), max_size=4),
)
def test_no_interleaving_changes_a_row(actions: list[str], fates: list[CommitFate]) -> None:
    bench = Bench()
    numbers = iter(range(100))
    for _ in range(4):
        bench.add(next(numbers), next(numbers))
    ids = {row.id for row in bench.warm.content}

    def promote() -> None:
        new = next(numbers)
        ids.add(new)
        bench.add(new, gen=LATE)

    def erase() -> None:
        bench.list.version += 1
        file = next(iter(bench.warm.files_now.values()))
        subject, *left = bench.warm.rows[file.path]
        token = bench.leases.steal(TABLE)
        bench.warm.replace([file], [bench.warm.new_file(left, sealed=file.sealed)] if left else [], token=token)
        bench.leases.release(TABLE, token)
        ids.discard(subject.id)

    def take_the_lease() -> None:
        bench.leases.steal(TABLE)

    others = {
        "nothing": None,
        "promote": promote,
        "erase": erase,
        "take the lease": take_the_lease,
        "land late": bench.warm.land_late,
    }
    bench.warm.fates.extend(fates)
    bench.warm.interruptions.extend(others[action] for action in actions)
    with suppress(LeaseTaken, FencedOff, CommitFailed):
        bench.seal()
    bench.warm.land_late()
    assert sorted(row.id for row in bench.warm.content) == sorted(ids)
