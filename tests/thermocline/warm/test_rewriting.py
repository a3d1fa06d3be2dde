"""What was prepared without the lease is committed only while it still holds."""

from __future__ import annotations

import pytest

from tests.fakes.warm import MemoryLeases, MemoryList, MemoryWarm, row
from thermocline.errors import CommitFailed, FencedOff, LeaseTaken
from thermocline.warm.model import WarmFile
from thermocline.warm.rewriting import Exchange, Prepared


class Bench:
    """A table of two files, and one that has the rows of both and is not committed."""

    def __init__(self) -> None:
        self.warm = MemoryWarm()
        self.leases = MemoryLeases()
        self.list = MemoryList()
        self.old = (self.warm.add([row(1)]), self.warm.add([row(2)]))
        self.new = self.warm.new_file([row(1), row(2)])
        self.warm.changes.clear()

    def exchange(self) -> bool:
        run = Exchange(leases=self.leases, catalog=self.warm, ledger=self.list)
        return run(Prepared(table="clicks", remove=self.old, add=(self.new,), suppression=0))

    @property
    def files(self) -> list[WarmFile]:
        return list(self.warm.files_now.values())


@pytest.fixture
def bench() -> Bench:
    return Bench()


def test_files_are_exchanged_in_one_commit_that_decides_no_generation(bench: Bench) -> None:
    assert bench.exchange()
    assert bench.files == [bench.new]
    (change,) = bench.warm.changes
    assert (change.token, change.gens, change.ids) == (1, (), {})
    assert bench.leases.holder is None


def test_nothing_is_done_when_a_file_went_meanwhile(bench: Bench) -> None:
    replayed = bench.warm.new_file([row(1)])
    bench.warm.replace(bench.old[:1], [replayed])
    assert not bench.exchange()
    assert bench.warm.content == [row(1), row(2)]
    assert bench.leases.holder is None


def test_nothing_is_done_when_the_suppression_list_moved(bench: Bench) -> None:
    bench.list.version = 1
    assert not bench.exchange()
    assert bench.files == list(bench.old)


def test_a_lost_answer_is_looked_up_in_the_table(bench: Bench) -> None:
    bench.warm.fates.append("lands, answer lost")
    assert bench.exchange()
    assert bench.files == [bench.new]
    assert len(bench.warm.changes) == 1


def test_a_refused_commit_is_made_again_from_the_table(bench: Bench) -> None:
    bench.warm.fates.append("refused")
    assert bench.exchange()
    assert bench.files == [bench.new]


def test_a_commit_that_lands_while_it_is_made_again_lands_once(bench: Bench) -> None:
    bench.warm.fates.append("lands later")
    bench.warm.interruptions.extend([None] * 4 + [bench.warm.land_late])  # between the second load and its commit
    assert bench.exchange()
    assert bench.files == [bench.new]
    assert len(bench.warm.changes) == 1


def test_files_are_checked_again_after_a_refused_commit(bench: Bench) -> None:
    bench.warm.fates.append("refused")
    replayed = bench.warm.new_file([row(1)])
    bench.warm.interruptions.extend([None] * 3 + [lambda: bench.warm.replace(bench.old[:1], [replayed])])
    assert not bench.exchange()
    assert bench.warm.content == [row(1), row(2)]


def test_who_lost_the_lease_to_one_that_committed_stops(bench: Bench) -> None:
    def next_holder_commits() -> None:
        bench.warm.replace((), [bench.warm.new_file([row(3)])], token=bench.leases.steal("clicks"))

    bench.warm.interruptions.append(next_holder_commits)
    with pytest.raises(FencedOff):
        bench.exchange()
    assert bench.warm.content == [row(1), row(2), row(3)]
    assert bench.leases.holder == 2, "another's lease is not given back"


def test_a_taken_lease_is_left_alone(bench: Bench) -> None:
    bench.leases.acquire("clicks")
    with pytest.raises(LeaseTaken):
        bench.exchange()
    assert bench.leases.holder == 1


def test_a_catalog_that_only_fails_is_given_up(bench: Bench) -> None:
    bench.warm.fates.extend(["refused"] * 99)
    with pytest.raises(CommitFailed):
        bench.exchange()
    assert bench.files == list(bench.old)
    assert bench.leases.holder is None


def test_a_removal_that_adds_nothing_is_found_in_the_table_too(bench: Bench) -> None:
    bench.warm.ids = {"2026-05-01-00": "old", "2026-11-21-10": "young"}
    bench.warm.fates.append("lands, answer lost")
    run = Exchange(leases=bench.leases, catalog=bench.warm, ledger=bench.list)
    assert run(Prepared(table="clicks", remove=bench.old, forget=("2026-05-01-00",), suppression=0))
    assert bench.files == []
    assert bench.warm.ids == {"2026-11-21-10": "young"}
    assert len(bench.warm.changes) == 1
