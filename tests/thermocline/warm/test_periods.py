from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thermocline.warm.cuts import partition_of
from thermocline.warm.periods import period_of

_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_times = st.integers(-(10**15), 10**16).map(lambda micros: _EPOCH + dt.timedelta(microseconds=micros))
_KINDS = ("day", "month", "year")


def iceberg_partition(time: dt.datetime, by: str) -> str:
    return partition_of((time - _EPOCH).days, partitioned_by=by, time_column="t")


@given(time=_times, by=st.sampled_from(_KINDS))
def test_a_period_is_the_whole_partition_and_nothing_else(time: dt.datetime, by: str) -> None:
    begin, end = period_of(time, by)
    assert begin <= time < end
    inside = iceberg_partition(time, by)
    assert iceberg_partition(begin, by) == iceberg_partition(end - dt.timedelta(microseconds=1), by) == inside
    assert inside not in (iceberg_partition(end, by), iceberg_partition(begin - dt.timedelta(microseconds=1), by))


@pytest.mark.parametrize(("by", "begin"), [("day", "2026-11-30"), ("month", "2026-11-01"), ("year", "2026-01-01")])
def test_a_period_is_one_of_utc(by: str, begin: str) -> None:
    time = dt.datetime.fromisoformat("2026-12-01T00:30:00+01:00")
    assert f"{period_of(time, by).begin:%Y-%m-%d}" == begin
