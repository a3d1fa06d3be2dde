"""What is sealed, when, and what opens it again."""

from __future__ import annotations

import datetime as dt
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from thermocline.layout import warm_data_key
from thermocline.seal.plan import Rules, parts
from thermocline.warm.model import WarmFile
from thermocline.warm.periods import period_of

RULES = Rules(
    late=dt.timedelta(days=30),
    small_bytes=100,
    most_bytes=1000,
    waiting_files=3,
    waiting_bytes=50,
    waiting=dt.timedelta(days=7),
)
JUST_CLOSED = dt.datetime(2026, 10, 31, tzinfo=dt.UTC)
"""October's first day is as far behind as its window is long: September is closed since then."""
WITHIN, LATE = "2026-09-21-10", "2026-11-02-00"


def file(name: str, day: str, *, gen: str = WITHIN, size: int = 10, sealed: bool = False, until: str = "") -> WarmFile:
    first, last = (dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC) for text in (day, until or day))
    return WarmFile(
        path=f"s3://lake/{warm_data_key('clicks', 'month', name, sealed=sealed)}",
        rows=1,
        bytes=size,
        first_gen=gen,
        last_gen=gen,
        first_time=first,
        last_time=last,
    )


def name_of(file: WarmFile) -> str:
    return file.path.rpartition("/")[2].removeprefix("sealed-").removesuffix(".parquet")


def planned(*files: WarmFile, now: dt.datetime = JUST_CLOSED, by: str = "month", **changes: Any) -> list[list[str]]:
    kept = changes.pop("first_kept", None)
    rules = msgspec.structs.replace(RULES, **changes)
    return [
        [name_of(each) for each in part]
        for part in parts(files, now=now, partitioned_by=by, rules=rules, first_kept=kept)
    ]


@pytest.mark.parametrize(
    ("by", "closes"),
    [("day", "2026-10-16T00:00"), ("month", "2026-10-31T00:00"), ("year", "2027-01-31T00:00")],
)
def test_a_partition_is_sealed_when_the_window_of_its_last_date_closes(by: str, closes: str) -> None:
    at = dt.datetime.fromisoformat(closes).replace(tzinfo=dt.UTC)
    middle = file("a", "2026-09-15T10:00")
    assert planned(middle, now=at - dt.timedelta(microseconds=1), by=by) == []
    assert planned(middle, now=at, by=by) == [["a"]]


def test_partitions_are_never_mixed() -> None:
    assert planned(file("a", "2026-09-30"), file("b", "2026-08-31"), file("c", "2026-10-01")) == [["b"], ["a"]]


def test_what_is_sealed_is_left_alone() -> None:
    assert planned(*(file(f"{n}", "2026-09-15", size=1, sealed=True) for n in range(9))) == []


@pytest.mark.parametrize(
    ("late", "days_later", "opens"),
    [
        ([49], 0, False),
        ([1, 1], 0, False),
        ([1, 1, 1], 0, True),
        ([50], 0, True),
        ([25, 25], 0, True),
        ([1], 6, False),
        ([1], 7, True),
    ],
)
def test_late_rows_open_it_when_they_are_many_or_large_or_old(late: list[int], days_later: int, opens: bool) -> None:
    large, small = file("large", "2026-09-01", size=100, sealed=True), file("small", "2026-09-02", size=99, sealed=True)
    files = [file(f"late{n}", "2026-09-15", gen=LATE, size=size) for n, size in enumerate(late)]
    now = dt.datetime(2026, 11, 2, tzinfo=dt.UTC) + dt.timedelta(days=days_later)
    wanted = [["small", *(f"late{n}" for n in range(len(late)))]] if opens else []
    assert planned(large, small, *files, now=now) == wanted


def test_rows_that_came_within_the_window_open_it_at_once() -> None:
    """So an interrupted sealing goes on, and what a replay or a retention left unsealed is sealed."""
    now = dt.datetime(2026, 12, 24, tzinfo=dt.UTC)
    sealed = file("sealed", "2026-09-01", size=500, sealed=True)
    assert planned(sealed, file("replayed", "2026-09-15", gen="2026-10-30-23"), now=now) == [["replayed"]]
    assert planned(sealed, file("late", "2026-09-15", gen="2026-12-23-00"), now=now) == []


def test_a_partition_that_retention_cuts_is_left_alone() -> None:
    september = dt.datetime(2026, 9, 1, tzinfo=dt.UTC)
    assert planned(file("a", "2026-09-15"), first_kept=september) == [["a"]]
    assert planned(file("a", "2026-09-15"), first_kept=september + dt.timedelta(days=1)) == []


def test_parts_are_bounded_and_follow_the_time() -> None:
    days = [f"2026-09-{day:02}" for day in range(1, 7)]
    files = [file(day, day, size=400) for day in reversed(days)]
    assert planned(*files) == [days[0:2], days[2:4], days[4:6]]
    assert planned(*files, most_bytes=1) == [[day] for day in days]


def test_a_part_without_an_unsealed_file_is_not_written_again() -> None:
    first = [file(f"{n}", f"2026-09-0{n}", size=50, sealed=True) for n in range(1, 3)]
    assert planned(*first, file("3", "2026-09-03", size=100)) == [["1", "2", "3"]]
    assert planned(*first, file("3", "2026-09-03", size=100), most_bytes=100) == [["3"]]


def test_events_at_the_end_of_time_harm_nobody() -> None:
    assert planned(file("a", "9999-12-31T23:59"), file("b", "2026-09-01")) == [["b"]]


_days = st.dates(dt.date(2026, 7, 1), dt.date(2026, 12, 31)).map(dt.date.isoformat)
_files = st.lists(
    st.tuples(_days, st.sampled_from([WITHIN, LATE]), st.integers(1, 1500), st.booleans()), max_size=12
).map(lambda rows: [file(f"{n}", day, gen=gen, size=size, sealed=s) for n, (day, gen, size, s) in enumerate(rows)])


@given(files=_files, now=_days, by=st.sampled_from(["day", "month", "year"]))
def test_each_file_is_in_one_part_at_most_and_none_of_an_open_partition(
    files: list[WarmFile], now: str, by: str
) -> None:
    at = dt.datetime.fromisoformat(now).replace(tzinfo=dt.UTC)
    found = list(parts(files, now=at, partitioned_by=by, rules=RULES))
    chosen = [each.path for part in found for each in part]
    assert len(chosen) == len(set(chosen))
    for part in found:
        assert len(part) == 1 or sum(each.bytes for each in part) <= RULES.most_bytes
        assert len({period_of(each.first_time, by) for each in part}) == 1
        assert all(each.last_time < at - RULES.late for each in part)
        assert not all(each.sealed for each in part)
