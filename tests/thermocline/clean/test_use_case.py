"""Hot files go a margin after the view passed them, and only those that the ledger names."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence

import msgspec
import pytest

from tests.fakes.clock import FixedClock
from thermocline.clean.ports import Sightings
from thermocline.clean.use_case import Clean, Cleaned
from thermocline.contracts import load_contracts
from thermocline.errors import LedgerConflict, UnknownStream
from thermocline.layout import table_prefix
from thermocline.ledger import Entry, HotFile, Marks

TABLE = "clickstream"
OLD, OPEN = "2026-11-21-10", "2026-11-21-11"


class View(msgspec.Struct, frozen=True):
    watermark: str


class Bench:
    """Cleaning's surroundings: ledger, views, sightings and bucket in memory."""

    def __init__(self) -> None:
        self.clock = FixedClock()
        self.views: dict[str, View] = {}
        self.ledger_marks: dict[str, Marks] = defaultdict(lambda: Marks(closing=OPEN, watermark=OPEN))
        self.named: dict[tuple[str, str], list[Entry]] = defaultdict(list)
        self.objects: set[str] = set()
        self.book: dict[str, Sightings] = {}
        self._clean = Clean(
            ledger=self,
            views=self,
            book=self,
            files=self,
            contracts=load_contracts(),
            clock=self.clock,
            margin=dt.timedelta(hours=24),
        )

    def clean(self, table: str = TABLE) -> Cleaned:
        return self._clean(table)

    def settled(self) -> str:
        return self._clean.settled(TABLE)

    def publish(self, watermark: str, table: str = TABLE) -> None:
        self.views[table] = View(watermark)

    def store(self, gen: str, name: str, *, table: str = TABLE, stream: str = TABLE, named: bool = True) -> str:
        key = f"{table_prefix(table)}gen={gen}/{name}.parquet"
        self.objects.add(key)
        if named:
            files = (HotFile(table=table, key=key, rows=1, bytes=1),)
            entry = Entry(raw_key=f"raw/{name}", stream=stream, gen=gen, status="done", token="t", files=files)
            self.named[stream, gen].append(entry)
        return key

    # ports

    def marks(self, stream: str) -> Marks:
        return self.ledger_marks[stream]

    def entries(self, stream: str, gen: str) -> Sequence[Entry]:
        return self.named[stream, gen]

    def read(self, table: str) -> View | None:
        return self.views.get(table)

    def sightings(self, table: str) -> Sightings:
        return self.book.get(table, {})

    def replace(self, table: str, known: Sightings, new: Sightings) -> None:
        if self.book.get(table, {}) != known:
            raise LedgerConflict(table)
        self.book[table] = new

    def keys(self, prefix: str) -> Iterator[str]:
        return iter(sorted(key for key in self.objects if key.startswith(prefix)))

    def delete(self, keys: Sequence[str]) -> None:
        self.objects -= set(keys)


@pytest.fixture
def bench() -> Bench:
    return Bench()


def test_files_stay_until_the_view_was_past_them_for_the_margin(bench: Bench) -> None:
    old, young = bench.store(OLD, "a"), bench.store(OPEN, "b")
    bench.publish(OPEN)
    assert bench.clean() == Cleaned(table=TABLE, watermark=OPEN)
    bench.clock.advance(hours=23, minutes=59)
    assert bench.clean().files == 0
    assert bench.objects == {old, young}
    bench.clock.advance(minutes=1)
    assert bench.clean() == Cleaned(table=TABLE, watermark=OPEN, settled=OPEN, generations=1, files=1)
    assert bench.objects == {young}


def test_who_asks_what_is_settled_changes_nothing(bench: Bench) -> None:
    assert bench.settled() == ""  # there is no view
    bench.store(OLD, "a")
    bench.publish(OPEN)
    assert (bench.settled(), bench.book) == ("", {})
    bench.clean()
    seen = dict(bench.book)
    bench.clock.advance(hours=24)
    assert (bench.settled(), bench.book, len(bench.objects)) == (OPEN, seen, 1)
    bench.ledger_marks[TABLE] = Marks(closing=OPEN, watermark=OLD)  # the ledger was restored
    assert bench.settled() == OLD


def test_the_ledgers_watermark_alone_settles_nothing(bench: Bench) -> None:
    """W has moved, and the publish that should have followed failed: readers still read hot."""
    old = bench.store(OLD, "a")
    bench.publish(OLD)
    for _ in range(3):
        bench.clock.advance(hours=24)
        bench.clean()
    assert bench.objects == {old}


def test_a_table_whose_view_was_never_published_keeps_everything(bench: Bench) -> None:
    old = bench.store(OLD, "a")
    assert bench.clean() == Cleaned(table=TABLE)
    assert bench.objects == {old}


def test_a_ledger_that_is_behind_the_view_keeps_what_it_will_promote_again(bench: Bench) -> None:
    old = bench.store(OLD, "a")
    bench.publish(OPEN)
    bench.ledger_marks[TABLE] = Marks(closing=OPEN, watermark=OLD)
    bench.clean()
    bench.clock.advance(hours=24)
    assert bench.clean().settled == OLD
    assert bench.objects == {old}


def test_files_that_no_entry_names_are_left_to_the_orphan_sweep(bench: Bench) -> None:
    bench.store(OLD, "a")
    orphan = bench.store(OLD, "late attempt", named=False)
    bench.publish(OPEN)
    bench.clean()
    bench.clock.advance(hours=24)
    bench.clean()
    assert bench.objects == {orphan}


def test_quarantine_has_files_of_every_stream(bench: Bench) -> None:
    bench.store(OLD, "a", table="quarantine", stream="telemetry")
    bench.store(OLD, "b", table="quarantine", stream="quarantine")
    clicks = bench.store(OLD, "c")
    bench.publish(OPEN, "quarantine")
    bench.clean("quarantine")
    bench.clock.advance(hours=24)
    assert bench.clean("quarantine").files == 2
    assert bench.objects == {clicks}


def test_a_second_run_deletes_nothing(bench: Bench) -> None:
    bench.store(OLD, "a")
    bench.publish(OPEN)
    bench.clean()
    bench.clock.advance(hours=24)
    bench.clean()
    assert bench.clean() == Cleaned(table=TABLE, watermark=OPEN, settled=OPEN)


def test_a_table_without_a_contract_is_refused(bench: Bench) -> None:
    with pytest.raises(UnknownStream):
        bench.clean("nothing")
