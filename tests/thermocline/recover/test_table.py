"""Rows leave quarantine in one commit, whatever others do to the table meanwhile."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

import pytest

from tests.fakes.warm import MemoryLeases, MemoryWarm, WarmRow, row
from tests.thermocline.recover.lake import bad
from thermocline.errors import CommitFailed, LeaseTaken, RowsDiffer
from thermocline.events.quarantined import Quarantined
from thermocline.ledger import Marks, Suppression
from thermocline.recover.model import Choice
from thermocline.recover.table import WarmQuarantine
from thermocline.warm.model import WarmFile
from thermocline.warm.rewriting import Exchange

GEN, NEXT = "2026-11-22-12", "2026-11-22-13"


class Bench:
    """Quarantine in memory: a row is a number, which is the event_id of the one that leaves."""

    def __init__(self, *fates: Any) -> None:
        self.warm = MemoryWarm(fates)
        self.leases = MemoryLeases()
        self.version = 0
        self.asked: list[tuple[list[str], dict[str, str], str, str]] = []
        self.waits: list[int] = []
        self.kept_all = False
        self.meanwhile: Any = lambda: None
        self.after_ids: Any = lambda: None
        self.warm.ids = {GEN: "ids/old"}
        self.table = WarmQuarantine(
            catalog=self.warm,
            exchange=Exchange(leases=self.leases, catalog=self.warm, ledger=self),
            ledger=self,
            rows=self,
            pause=self.waits.append,
        )

    def remove(self, *numbers: int) -> list[int]:
        self.table.remove([bad(str(number), gen=GEN) for number in numbers])
        return [each.id for each in self.warm.content]

    def marks(self, stream: str) -> Marks:
        return Marks(watermark=NEXT)

    def suppression(self) -> Suppression:
        return Suppression(version=self.version)

    def entries_of(self, raw_keys: Sequence[str]) -> Mapping[str, Any]:
        raise NotImplementedError

    def groups(
        self, files: Sequence[WarmFile], chosen: Mapping[str, str], *, first: str, before: str
    ) -> Iterator[list[Quarantined]]:
        self.asked.append(([file.path for file in files], dict(chosen), first, before))
        yield []

    def without(self, file: WarmFile, leaving: Collection[Quarantined]) -> tuple[WarmFile, ...] | None:
        gone = {int(each.event_id) for each in leaving}
        rows = [each for each in self.warm.rows[file.path] if self.kept_all or each.id not in gone]
        self.meanwhile()
        if len(rows) == file.rows and not self.kept_all:
            return None
        return (self.warm.new_file(rows),) if rows else ()

    def ids_without(self, gen: str, key: str, leaving: Collection[Quarantined]) -> str:
        self.after_ids()
        return f"{key}-without-{len(self.warm.changes)}"


def rows(*numbers: int, gen: str = GEN) -> list[WarmRow]:
    return [row(number, gen=gen) for number in numbers]


def test_only_files_that_a_row_leaves_are_written_anew() -> None:
    bench = Bench()
    first, other = bench.warm.add(rows(1, 2)), bench.warm.add(rows(3))
    late = bench.warm.add(rows(4, gen=NEXT))
    assert bench.remove(1) == [2, 3, 4]
    assert first.path not in bench.warm.files_now
    assert {other.path, late.path} <= bench.warm.files_now.keys()
    assert len(bench.warm.changes) == 4  # three files were added, and one commit made
    assert bench.warm.ids[GEN].startswith("ids/old-without")


def test_rows_that_have_left_need_no_commit() -> None:
    bench = Bench()
    bench.warm.add(rows(2))
    changes = len(bench.warm.changes)
    assert bench.remove(1) == [2]
    assert len(bench.warm.changes) == changes


@pytest.mark.parametrize("fate", ["refused", "lands, answer lost"])
def test_a_commit_of_unknown_outcome_is_looked_for(fate: str) -> None:
    bench = Bench(fate)
    bench.warm.add(rows(1, 2))
    assert bench.remove(1) == [2]
    assert bench.warm.ids[GEN].count("without") == 1


def test_what_another_changes_meanwhile_is_read_anew() -> None:
    bench = Bench()
    file = bench.warm.add(rows(1, 2))

    def compaction() -> None:
        bench.meanwhile = lambda: None
        bench.warm.replace((file,), (bench.warm.new_file(rows(1, 2)),))

    bench.meanwhile = compaction
    assert bench.remove(1) == [2]
    assert bench.waits == [1]


@pytest.mark.parametrize("changed", ["identities", "list"])
def test_identities_and_a_list_that_changed_are_read_anew(changed: str) -> None:
    bench = Bench()
    bench.warm.add(rows(1, 2))

    def erasure() -> None:
        bench.meanwhile = lambda: None
        bench.version += changed == "list"

    def erasure_of_identities() -> None:
        bench.after_ids = lambda: None
        if changed == "identities":
            bench.warm.ids[GEN] = "ids/erased"

    bench.meanwhile, bench.after_ids = erasure, erasure_of_identities
    assert bench.remove(1) == [2]
    assert bench.warm.ids[GEN].startswith("ids/erased-without" if changed == "identities" else "ids/old-without")
    assert bench.waits == [1]


def test_another_writer_is_waited_for_but_not_for_ever() -> None:
    bench = Bench()
    bench.warm.add(rows(1, 2))
    bench.leases.acquire("quarantine")
    with pytest.raises(LeaseTaken):
        bench.remove(1)
    assert len(bench.waits) == 7
    bench.meanwhile = lambda: setattr(bench, "version", bench.version + 1)
    bench.leases.holder = None
    with pytest.raises(CommitFailed):
        bench.remove(1)


def test_files_from_which_no_row_left_are_not_committed() -> None:
    bench = Bench()
    bench.warm.add(rows(1, 2))
    bench.kept_all = True
    with pytest.raises(RowsDiffer):
        bench.remove(1)


def test_only_files_of_the_range_below_the_watermark_are_read() -> None:
    bench = Bench()
    old, now = bench.warm.add(rows(1, gen="2026-11-22-09")), bench.warm.add(rows(2))
    bench.warm.add(rows(3, gen=NEXT))
    list(bench.table.groups(Choice(table="clickstream", reason="invalid")))
    list(bench.table.groups(Choice(table="clickstream", first=GEN)))
    list(bench.table.groups(Choice(table="clickstream", first="2026-11-22-09", last="2026-11-22-09", source="shop")))
    clicks = {"stream": "clickstream"}
    assert bench.asked == [
        ([old.path, now.path], clicks | {"reason": "invalid"}, "", NEXT),
        ([now.path], clicks, GEN, NEXT),
        ([old.path], clicks | {"source": "shop"}, "2026-11-22-09", "2026-11-22-10"),
    ]
