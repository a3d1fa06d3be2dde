"""Each file is at one temperature."""

from __future__ import annotations

from tests.thermocline.balance.lake import CLICKS, CONTRACTS, GENS, MemoryLake
from thermocline.streams import QUARANTINE
from thermocline.tiers.count import Tiers
from thermocline.tiers.model import Level, TableLevels


def levels(lake: MemoryLake) -> dict[str, TableLevels]:
    return Tiers(ledger=lake, catalog=lake.catalog(), listing=lake, contracts=CONTRACTS)()


def filled() -> MemoryLake:
    lake = MemoryLake()
    for gen in GENS:
        lake.finish(lake.arrive(CLICKS, 10), gen, bad=2)
    lake.promote(CLICKS, GENS[0])
    return lake


def test_hot_is_what_the_view_reads_and_what_is_in_warm_settles() -> None:
    lake = filled()
    clicks = levels(lake)[CLICKS]
    assert clicks.watermark == GENS[1]
    assert clicks.hot == Level(
        files=2, rows=16, bytes=1600, oldest=GENS[1], newest=GENS[2], by_class={"STANDARD": 1600}
    )
    assert clicks.settling == Level(
        files=1, rows=8, bytes=10, oldest=GENS[0], newest=GENS[0], by_class={"STANDARD": 10}
    )
    at = "2026-11-22T12:34:56Z"
    assert clicks.warm == Level(files=1, rows=8, bytes=1, oldest=at, newest=at, by_class={"STANDARD": 1})
    assert clicks.raw == Level(files=3, rows=30, bytes=30, oldest=at, newest=at, by_class={"STANDARD": 30})
    assert clicks.cold == Level()


def test_what_is_sealed_is_cold_and_no_more_warm() -> None:
    lake = filled()
    lake.compact(CLICKS, seal=True)
    lake.promote(CLICKS, GENS[1])
    clicks, at = levels(lake)[CLICKS], "2026-11-22T12:34:56Z"
    assert clicks.cold == Level(files=1, rows=8, bytes=1, oldest=at, newest=at, by_class={"GLACIER_IR": 1})
    assert clicks.warm == Level(files=1, rows=8, bytes=1, oldest=at, newest=at, by_class={"STANDARD": 1})


def test_rows_that_were_refused_are_quarantines_by_its_own_watermark() -> None:
    quarantine = levels(filled())[QUARANTINE]
    assert (quarantine.watermark, quarantine.warm) == (None, Level())
    assert (quarantine.hot.files, quarantine.hot.rows, quarantine.settling.files) == (3, 6, 0)


def test_a_file_that_no_entry_names_is_not_hot() -> None:
    lake = filled()
    lake.files[f"hot/{CLICKS}/gen={GENS[2]}/dead.parquet"] = [(GENS[2], "raw")] * 5
    clicks = levels(lake)[CLICKS]
    assert (clicks.hot.rows, clicks.settling.files, clicks.settling.rows) == (16, 2, 8)


def test_rows_of_raw_are_unknown_while_an_object_is_not_done() -> None:
    lake = filled()
    lake.arrive(CLICKS, 4)
    assert levels(lake)[CLICKS].raw.rows is None


def test_a_lake_without_events_has_nothing() -> None:
    assert levels(MemoryLake())[CLICKS] == TableLevels(raw=Level(), hot=Level(), settling=Level(), warm=Level())
