"""Which files are merged."""

from __future__ import annotations

import datetime as dt

import pytest

from thermocline.compact.plan import Sizes, groups
from thermocline.warm.model import WarmFile

SIZES = Sizes(small_bytes=100, least_files=2, most_bytes=1000)
DAY = dt.date(2026, 11, 21)


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


def file(name: str, first: str, last: str, size: int = 10) -> WarmFile:
    return WarmFile(
        path=name,
        rows=1,
        bytes=size,
        first_gen="2026-11-21-10",
        last_gen="2026-11-21-10",
        first_time=at(first),
        last_time=at(last),
    )


def merged(*files: WarmFile, partitioned_by: str = "month", sizes: Sizes = SIZES) -> list[list[str]]:
    return [
        [chosen.path for chosen in group] for group in groups(files, DAY, partitioned_by=partitioned_by, sizes=sizes)
    ]


@pytest.mark.parametrize(
    ("first", "last", "touches"),
    [
        ("2026-11-20T00:00:00", "2026-11-20T23:59:59.999999", False),
        ("2026-11-20T00:00:00", "2026-11-21T00:00:00", True),
        ("2026-11-21T23:59:59.999999", "2026-11-22T10:00:00", True),
        ("2026-11-22T00:00:00", "2026-11-22T10:00:00", False),
        ("2026-11-02T00:00:00", "2026-11-28T00:00:00", True),
    ],
)
def test_files_that_may_have_rows_of_the_day_are_merged(first: str, last: str, touches: bool) -> None:
    inside = file("inside", "2026-11-21T10:00:00", "2026-11-21T11:00:00")
    assert merged(inside, file("other", first, last)) == ([["inside", "other"]] if touches else [])


def test_large_files_stay() -> None:
    sizes = {"a": 99, "b": 100, "c": 1}
    files = [file(name, "2026-11-21T10:00:00", "2026-11-21T11:00:00", size) for name, size in sizes.items()]
    assert merged(*files) == [["c", "a"]]


def test_few_files_are_not_worth_a_commit() -> None:
    assert merged(file("alone", "2026-11-21T10:00:00", "2026-11-21T11:00:00")) == []


def test_partitions_are_never_mixed() -> None:
    long = [file(f"long{n}", "2026-10-30T00:00:00", "2026-10-31T00:00:00") for n in range(2)]
    day = dt.date(2026, 10, 31)
    november = [file(f"nov{n}", "2026-10-31T10:00:00", "2026-10-31T11:00:00") for n in range(2)]
    by_day = groups([*long, *november], day, partitioned_by="day", sizes=SIZES)
    assert [[chosen.path for chosen in group] for group in by_day] == [["long0", "long1"], ["nov0", "nov1"]]
    by_month = groups([*long, *november], day, partitioned_by="month", sizes=SIZES)
    assert [[chosen.path for chosen in group] for group in by_month] == [["long0", "long1", "nov0", "nov1"]]


def test_one_merge_reads_no_more_than_its_share_the_smallest_first() -> None:
    sizes = (50, 10, 30, 20, 40)
    files = [file(str(size), "2026-11-21T10:00:00", "2026-11-21T11:00:00", size) for size in sizes]
    bounded = Sizes(small_bytes=100, least_files=2, most_bytes=70)
    assert merged(*files, sizes=bounded) == [["10", "20", "30"]]
