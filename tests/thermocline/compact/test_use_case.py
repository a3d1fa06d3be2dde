"""Compaction merges files and changes no row, whatever else happens to the table meanwhile."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fakes.clock import NOW, FixedClock
from tests.fakes.warm import CommitFate, Interruption, MemoryLeases, MemoryList, MemoryWarm, WarmRow, only, row
from thermocline.compact.plan import Sizes
from thermocline.compact.use_case import Compact, Compacted
from thermocline.contracts import load_contracts
from thermocline.errors import CommitFailed, FencedOff, LeaseTaken, RowsDiffer, UnknownStream
from thermocline.warm.model import WarmFile

TABLE = "clickstream"
SIZES = Sizes(small_bytes=100, least_files=2, most_bytes=1000)


class Bench:
    """Compaction's surroundings."""

    def __init__(self) -> None:
        self.warm = MemoryWarm()
        self.leases = MemoryLeases()
        self.list = MemoryList()
        self.clock = FixedClock()
        self._compact = Compact(
            ledger=self.list,
            leases=self.leases,
            catalog=self.warm,
            rewriter=self.warm,
            objects=self.warm,
            contracts=load_contracts(),
            clock=self.clock,
            sizes=SIZES,
        )

    def compact(self, table: str = TABLE) -> Compacted:
        return self._compact(table)


@pytest.fixture
def bench() -> Bench:
    return Bench()


def test_yesterdays_small_files_become_one(bench: Bench) -> None:
    for number in range(5):
        bench.warm.add([row(number, gen=f"2026-11-21-1{number}")])
    today = bench.warm.add([row(9, days_ago=0)])
    rows = bench.warm.content
    assert bench.compact() == Compacted(table=TABLE, read=5, written=1, rows=5)
    assert bench.warm.content == rows
    assert bench.warm.files_now.keys() > {today.path}
    merged = only({path: file for path, file in bench.warm.files_now.items() if path != today.path})
    assert (merged.first_gen, merged.last_gen) == ("2026-11-21-10", "2026-11-21-14")


def test_late_rows_are_merged_a_week_later(bench: Bench) -> None:
    for number in range(3):
        bench.warm.add([row(number, days_ago=7)])
    assert bench.compact().read == 3


def test_a_second_run_finds_nothing_to_do(bench: Bench) -> None:
    for number in range(3):
        bench.warm.add([row(number)])
    bench.compact()
    commits = len(bench.warm.changes)
    assert bench.compact() == Compacted(table=TABLE)
    assert len(bench.warm.changes) == commits


def test_a_merge_that_gains_nothing_is_not_committed(bench: Bench) -> None:
    bench.warm.most_rows = 1  # as many files come out as went in
    old = [bench.warm.add([row(number)]) for number in range(3)]
    assert bench.compact() == Compacted(table=TABLE)
    assert list(bench.warm.files_now.values()) == old


def test_the_lease_is_not_held_while_files_are_rewritten(bench: Bench) -> None:
    bench.warm.add([row(1)])
    bench.warm.add([row(2)])
    holders: list[int | None] = []
    bench.warm.before_merge = lambda: holders.append(bench.leases.holder)
    bench.compact()
    assert holders == [None]


def test_a_list_that_moves_while_files_are_rewritten_ends_the_merge(bench: Bench) -> None:
    old = [bench.warm.add([row(number)]) for number in range(2)]

    def an_erasure_begins() -> None:
        bench.list.version += 1

    bench.warm.before_merge = an_erasure_begins
    assert bench.compact() == Compacted(table=TABLE, given_up=1)
    assert list(bench.warm.files_now.values()) == old


def test_rows_that_are_lost_by_the_rewriter_are_not_lost_by_the_table(bench: Bench) -> None:
    bench.warm.add([row(1)])
    bench.warm.add([row(2)])
    rows = bench.warm.content
    bench.warm.lost = 1
    with pytest.raises(RowsDiffer, match="2 rows were read and 1 written"):
        bench.compact()
    assert bench.warm.content == rows


def test_a_file_that_was_swept_meanwhile_loses_nothing(bench: Bench) -> None:
    files = [bench.warm.add([row(number)]) for number in range(2)]
    bench.warm.gone = {files[0].path}
    with pytest.raises(FileNotFoundError):
        bench.compact()
    assert list(bench.warm.files_now.values()) == files


def test_old_snapshots_are_forgotten_under_the_lease(bench: Bench) -> None:
    bench.compact()
    assert bench.warm.expired == [NOW - dt.timedelta(hours=24)]
    assert (bench.leases.tokens, bench.leases.holder) == (1, None)


def test_what_only_forgotten_snapshots_named_is_deleted(bench: Bench) -> None:
    bench.warm.unnamed = ["warm/clicks/data/old.parquet"]
    assert bench.compact().deleted == 1
    assert bench.warm.deleted == bench.warm.unnamed


def test_nothing_is_deleted_when_nobody_knows_whether_snapshots_were_forgotten(bench: Bench) -> None:
    bench.warm.unnamed, bench.warm.lost_expiry = ["warm/clicks/data/old.parquet"], True
    with pytest.raises(CommitFailed):
        bench.compact()
    assert bench.warm.deleted == []
    assert bench.leases.holder is None


def test_a_table_without_a_contract_is_refused(bench: Bench) -> None:
    with pytest.raises(UnknownStream):
        bench.compact("nothing")


class Others:
    """What other processes do to the table; `rows` is what it must hold by then."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench
        self._number = 100
        self.rows: list[WarmRow] = []
        self.actions: dict[str, Interruption | None] = {
            "nothing": None,
            "promote": self.promote,
            "replay": self.replay,
            "erase": self.erase,
            "take the lease": self.take_the_lease,
            "land late": bench.warm.land_late,
        }

    def add(self, *rows: WarmRow) -> None:
        self.rows += rows
        self._bench.warm.add(rows)

    def promote(self) -> None:
        """Add a generation."""
        self._number += 1
        self.add(row(self._number, gen=f"2026-11-22-{self._number % 24:02}"))

    def replay(self) -> None:
        """Write all rows of a file's generations anew, one of them with another value."""
        files = list(self._bench.warm.files_now.values())
        if files:
            gen = files[0].first_gen
            self._rewrite([file for file in files if file.holds(gen)], gen)

    def _rewrite(self, files: Sequence[WarmFile], gen: str) -> None:
        rows = [known for file in files for known in self._bench.warm.rows[file.path]]
        new = [WarmRow(gen=gen, time=known.time, id=-known.id) if known.gen == gen else known for known in rows]
        self._take_over(files, new)
        self.rows = [known for known in self.rows if known not in rows] + new

    def erase(self) -> None:
        """Remove a subject's rows: the list first, then the files that have them."""
        self._bench.list.version += 1
        for file in list(self._bench.warm.files_now.values())[:1]:
            subject, *others = self._bench.warm.rows[file.path]
            self._take_over([file], others)
            self.rows.remove(subject)

    def take_the_lease(self) -> None:
        self._bench.leases.steal(TABLE)

    def _take_over(self, files: Sequence[WarmFile], rows: Sequence[WarmRow]) -> None:
        added = [self._bench.warm.new_file(rows)] if rows else []
        token = self._bench.leases.steal(TABLE)
        self._bench.warm.replace(files, added, token=token)
        self._bench.leases.release(TABLE, token)


FATES: tuple[CommitFate, ...] = ("lands", "refused", "lands, answer lost", "lands later")
ACTIONS = ("nothing", "promote", "replay", "erase", "take the lease", "land late")


@given(
    sizes=st.lists(st.integers(1, 3), min_size=2, max_size=6),
    fates=st.lists(st.sampled_from(FATES), max_size=4),
    actions=st.lists(st.sampled_from(ACTIONS), max_size=14),
)
def test_no_interleaving_changes_a_row(sizes: list[int], fates: list[CommitFate], actions: list[str]) -> None:
    bench = Bench()
    others = Others(bench)
    for number, size in enumerate(sizes, start=1):
        gen = f"2026-11-21-{number:02}"
        others.add(*(row(number * 10 + n, gen=gen, days_ago=1 if number % 2 else 7) for n in range(size)))
    bench.warm.fates.extend(fates)
    bench.warm.interruptions.extend(others.actions[action] for action in actions)
    with suppress(LeaseTaken, FencedOff, CommitFailed):
        bench.compact()
    bench.warm.land_late()
    assert bench.warm.content == sorted(others.rows)
