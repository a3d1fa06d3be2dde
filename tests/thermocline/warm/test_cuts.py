from __future__ import annotations

from itertools import groupby
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thermocline.warm.cuts import Cut, Day, cuts, partition_of

MONTH: Any = {"partitioned_by": "month", "time_column": "event_time"}
NOVEMBER_1 = 20_758
_days = st.dictionaries(st.integers(-800, 30_000), st.integers(1, 10_000), max_size=30).map(
    lambda rows: [Day(number, rows[number]) for number in sorted(rows)]
)


@pytest.mark.parametrize(
    ("day", "by", "partition"),
    [
        (0, "day", "t_day=1970-01-01"),
        (-1, "month", "t_month=1969-12"),
        (NOVEMBER_1, "month", "t_month=2026-11"),
        (NOVEMBER_1 - 1, "year", "t_year=2026"),
    ],
)
def test_partitions_are_written_as_iceberg_does(day: int, by: str, partition: str) -> None:
    assert partition_of(day, partitioned_by=by, time_column="t") == partition


@given(
    days=_days,
    by=st.sampled_from(["day", "month", "year"]),
    row_bytes=st.floats(1, 5000),
    target=st.integers(1000, 10**8),
)
def test_files_hold_all_rows_of_each_partition_and_no_file_is_far_above_the_target(
    days: list[Day], by: str, row_bytes: float, target: int
) -> None:
    made = list(
        cuts(days, partitioned_by=by, time_column="t", row_bytes=row_bytes, target=target, smallest=target // 16)
    )
    expected: dict[str, int] = {}
    for day in days:
        name = partition_of(day.number, partitioned_by=by, time_column="t")
        expected[name] = expected.get(name, 0) + day.rows
    assert [(n, sum(cut.rows for cut in members)) for n, members in groupby(made, lambda cut: cut.partition)] == list(
        expected.items()
    )
    assert all(0 < cut.rows <= 1.5 * target / row_bytes + 1 for cut in made)


def test_late_rows_get_a_file_of_their_own_only_when_both_sides_are_worth_one() -> None:
    def made(late: int, today: int) -> list[int]:
        days = [Day(NOVEMBER_1, late), Day(NOVEMBER_1 + 5, today), Day(NOVEMBER_1 + 6, today)]
        return [cut.rows for cut in cuts(days, **MONTH, row_bytes=1, target=1000, smallest=100)]

    assert made(100, 100) == [100, 200]
    assert made(99, 100) == [299]
    assert made(200, 40) == [280]


def test_days_next_to_each_other_are_not_cut_apart() -> None:
    days = [Day(NOVEMBER_1 + number, 300) for number in range(3)]
    assert list(cuts(days, **MONTH, row_bytes=1, target=1000, smallest=100)) == [Cut("event_time_month=2026-11", 900)]


def test_what_is_larger_than_the_target_becomes_files_of_about_the_same_size() -> None:
    assert [cut.rows for cut in cuts([Day(0, 2600)], **MONTH, row_bytes=1, target=1000)] == [866, 867, 867]
