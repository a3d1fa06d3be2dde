"""Recovery: each event is in the view or in quarantine, once, whoever brings it back, and wherever that stops."""

from __future__ import annotations

import contextlib
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.thermocline.recover.lake import CHOICE, KilledError, MemoryLake, bad, key_of
from thermocline.events.frames import zstd
from thermocline.events.pack import MAX_LINES_BYTES
from thermocline.layout import is_recovered, stream_of
from thermocline.recover.model import Choice
from thermocline.recover.use_case import packed

A, B, C = bad("1"), bad("2"), bad("3", "b")


def fates(lake: MemoryLake, choice: Choice = CHOICE, **options: Any) -> dict[str, int]:
    recovery = lake.recover(choice, **options)
    return {count.fate: recovery.rows(count.fate) for count in recovery.counts}


def test_the_good_rows_of_one_source_object_become_one_raw_object_in_its_hour() -> None:
    lake = MemoryLake([A, B, C])
    assert fates(lake) == {"recovered": 3}
    assert lake.raw.keys() == {key_of(A, B), key_of(C)}
    assert key_of(A, B).startswith("raw/clickstream/2026/11/22/12/recovered-")
    assert is_recovered(key_of(C))
    assert stream_of(key_of(C)) == "clickstream"
    assert zstd.decompress(lake.raw[key_of(A, B)]) == b"1\n2\n"
    assert (lake.rows, lake.view) == ([], {b"1": 1, b"2": 1, b"3": 1})


def test_what_is_bad_still_or_cut_stays_in_quarantine_and_is_said() -> None:
    cut = bad("4", replayable=False)
    lake = MemoryLake([A, B, cut])
    lake.good.discard(b"2")
    recovery = lake.recover()
    told = {(count.fate, count.why): count.rows for count in recovery.counts}
    assert told == {("recovered", ""): 1, ("refused", "invalid: it is bad"): 1, ("cut", ""): 1}
    assert lake.rows == [B, cut]
    assert recovery.objects == 1


def test_only_chosen_rows_come_back() -> None:
    other = bad("4", source="app")
    unread = bad("5", reason="malformed")
    lake = MemoryLake([A, other, unread, bad("6", stream="telemetry")])
    assert fates(lake, Choice(table="clickstream", source="shop", reason="malformed")) == {"recovered": 1}
    assert lake.view == {b"5": 1}
    assert fates(lake, Choice(table="clickstream", source="app")) == {"recovered": 1}
    assert fates(lake) == {"recovered": 1}
    assert [row.event_id for row in lake.rows] == ["6"]


def test_rows_that_share_an_id_come_back_together_or_not_at_all() -> None:
    lake = MemoryLake([A, bad("1", payload=b"twin", replay_event_id="9")])
    lake.good.discard(b"twin")
    assert fates(lake) == {"refused": 2}
    lake.good.add(b"twin")
    assert fates(lake, Choice(table="clickstream", reason="invalid")) == {"recovered": 2}
    assert (lake.rows, lake.view) == ([], {b"1": 1, b"twin": 1})


def test_of_rows_that_share_an_id_none_leaves_without_its_event() -> None:
    lake = MemoryLake([A, bad("1", payload=b"twin", reason="malformed")])
    assert fates(lake, Choice(table="clickstream", reason="malformed")) == {"recovered": 2}
    assert lake.view == {b"1": 1, b"twin": 1}


def test_a_dry_run_writes_nothing_and_says_the_same() -> None:
    lake = MemoryLake([A, B, C, bad("4", replayable=False)])
    lake.good.discard(b"3")
    expected = fates(lake, dry_run=True)
    assert (lake.raw, lake.lists, lake.owners, len(lake.rows)) == ({}, {}, {}, 4)
    assert fates(lake) == expected


def test_a_second_run_finds_nothing() -> None:
    lake = MemoryLake([A, B])
    lake.recover()
    assert fates(lake) == {}
    assert lake.view == {b"1": 1, b"2": 1}


def test_a_row_that_a_raw_replay_has_claimed_is_left_to_it() -> None:
    lake = MemoryLake([A, B])
    lake.claim(A.raw_key, ["1"], "replay-7")
    assert fates(lake) == {"replayed": 1, "recovered": 1}
    assert lake.rows == [A]
    assert lake.view == {b"2": 1}


def test_no_row_leaves_before_the_ledger_has_its_object() -> None:
    lake = MemoryLake([A])
    lake.converts = False
    assert fates(lake) == {"waiting": 1}
    assert (lake.rows, lake.queued) == ([A], [key_of(A)])
    lake.converts = True
    assert fates(lake) == {"recovered": 1}
    assert (lake.rows, lake.view) == ([], {b"1": 1})


def test_an_object_whose_rows_are_bad_again_is_not_written_without_them() -> None:
    lake = MemoryLake([A, B])
    lake.calls, lake.fate = 3, "never"  # killed as it writes: both rows are claimed
    with pytest.raises(KilledError):
        lake.recover()
    lake.good.discard(b"2")
    assert fates(lake) == {"refused": 2}
    assert (lake.rows, lake.raw) == ([A, B], {})
    lake.good.add(b"2")
    assert fates(lake) == {"recovered": 2}
    assert lake.raw.keys() == {key_of(A, B)}


def test_a_claim_that_comes_late_does_not_add_a_row_to_an_object_that_is_written() -> None:
    other = bad("2", source="app")
    lake = MemoryLake([A, other])
    lake.calls, lake.fate = 2, "late"  # killed as it claims the second row
    with pytest.raises(KilledError):
        lake.recover()
    fates(lake, Choice(table="clickstream", source="shop"))
    lake.land()
    lake.recover()
    assert (lake.rows, lake.view) == ([], {b"1": 1, b"2": 1})


def test_when_the_time_is_up_the_next_run_goes_on() -> None:
    lake = MemoryLake([A, C])
    looks = iter([False, True])
    first = lake.recover(is_late=lambda: next(looks))
    assert (first.more, first.rows("recovered")) == (True, 1)
    assert fates(lake) == {"recovered": 1}


def test_a_large_object_is_frames_that_convert_can_read_at_once() -> None:
    lines = [b"x" * 400_000 + b"\n"] * 7
    body = packed(lines)
    assert zstd.get_frame_size(body) < len(body)
    assert zstd.decompress(body[: zstd.get_frame_size(body)]) == b"".join(lines[: MAX_LINES_BYTES // 400_001])


IDS = ["1", "2", "3", "4"]
FATES = st.sampled_from(["never", "after", "late"])
SOURCES = st.sampled_from(["shop", "app"])
RAWS = st.sampled_from("ab")
STEPS = st.one_of(
    st.tuples(st.just("recover"), SOURCES | st.none(), st.integers(0, 9), FATES),
    st.tuples(st.just("replay"), RAWS, st.integers(1, 2)),
    st.tuples(st.just("claim"), RAWS, st.integers(1, 2), st.sampled_from(IDS)),
    st.tuples(st.just("contract"), st.sampled_from(IDS)),
    st.tuples(st.just("convert")),
    st.tuples(st.just("land")),
)
MADE = st.lists(st.tuples(st.sampled_from(IDS), RAWS, SOURCES), unique_by=lambda row: row[:2], min_size=1)


@settings(max_examples=300, deadline=None)
@given(MADE, st.lists(STEPS, max_size=12))
def test_each_event_is_once_in_the_view_or_in_quarantine(
    made: list[tuple[str, str, str]], steps: list[tuple[Any, ...]]
) -> None:
    rows = [bad(event_id, raw, source=source, payload=f"{raw}{event_id}".encode()) for event_id, raw, source in made]
    lake = MemoryLake(rows)
    lake.converts = False
    for step in steps:
        match step:
            case ("recover", source, calls, fate):
                lake.calls, lake.fate = calls, fate
                with contextlib.suppress(KilledError):
                    lake.recover(Choice(table="clickstream", source=source))
                lake.calls = None
            case ("replay", raw, run):
                lake.replay(raw, f"replay-{run}")
            case ("claim", raw, run, event_id):  # a replay that is killed after it
                lake.claim(bad("", raw).raw_key, [event_id], f"replay-{run}")
            case ("contract", event_id):
                lake.good ^= {row.payload for row in rows if row.event_id == event_id}
            case ("convert",):
                lake.convert()
            case ("land",):
                lake.land()
        _check_nothing_is_lost_or_doubled(lake, rows)
    lake.land()
    lake.good = {row.payload for row in rows}
    lake.converts = True
    lake.recover()
    lake.recover()
    for raw in "ab":  # what a killed replay has claimed waits for it
        for run in (1, 2):
            lake.replay(raw, f"replay-{run}")
    assert lake.rows == []
    assert lake.view == {row.payload: 1 for row in rows}


def _check_nothing_is_lost_or_doubled(lake: MemoryLake, rows: list[Any]) -> None:
    waiting = [line for key in lake.raw.keys() - lake.entries.keys() for line in zstd.decompress(lake.raw[key]).split()]
    there = {row.payload for row in lake.rows}
    for row in rows:
        once = lake.view[row.payload] + waiting.count(row.payload)
        assert once <= 1
        assert once or row.payload in there
