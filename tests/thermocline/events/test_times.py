from __future__ import annotations

import datetime as dt
import time
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fakes import NOW
from thermocline.errors import RefusedEvent
from thermocline.events.times import Relative, event_time, read_time
from thermocline.sources import Source

EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
WINDOW = Source(stream="clickstream", max_past_days=30, max_future_minutes=10)
BACKFILL = Source(stream="clickstream", backfill=True)

instants = st.datetimes(dt.datetime(1973, 4, 1), dt.datetime(5000, 1, 1), timezones=st.just(dt.UTC))  # noqa: DTZ001
any_time = st.datetimes(timezones=st.just(dt.UTC))
offsets = st.integers(-14 * 60, 14 * 60).map(lambda minutes: dt.timezone(dt.timedelta(minutes=minutes)))


def read(value: object) -> dt.datetime | None:
    return read_time(value, "event_time", received=NOW)


@given(instants, offsets)
def test_text_with_an_offset_is_that_instant_in_utc(instant: dt.datetime, offset: dt.timezone) -> None:
    found = read(instant.astimezone(offset).isoformat())
    assert found == instant
    assert found.tzinfo is dt.UTC


@given(instants)
def test_text_without_an_offset_is_utc(instant: dt.datetime) -> None:
    assert read(instant.replace(tzinfo=None).isoformat(" ")) == instant


@given(instants)
def test_numbers_are_seconds_milliseconds_or_microseconds(instant: dt.datetime) -> None:
    microseconds = (instant - EPOCH) // dt.timedelta(microseconds=1)
    seconds = instant.replace(microsecond=0)
    if microseconds >= 10**14:
        assert read(microseconds) == instant
    if 10**11 <= microseconds // 1000 < 10**14:
        assert read(microseconds // 1000) == instant.replace(microsecond=instant.microsecond // 1000 * 1000)
    if microseconds // 10**6 < 10**11:
        assert read(microseconds // 10**6) == seconds
        assert read(Decimal(microseconds).scaleb(-6)) == instant


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2026-11-22T11:11:49.393+00:00", "2026-11-22T11:11:49.393000+00:00"),
        ("2026-11-22T11:11:49Z", "2026-11-22T11:11:49+00:00"),
        ("2026-11-22t11:11:49z", "2026-11-22T11:11:49+00:00"),
        ("2026-11-22", "2026-11-22T00:00:00+00:00"),
        ("20261122T111149+0130", "2026-11-22T09:41:49+00:00"),
        (1795346509, "2026-11-22T11:21:49+00:00"),
        (1795346509.5, "2026-11-22T11:21:49.500000+00:00"),
        (1795346509393, "2026-11-22T11:21:49.393000+00:00"),
        (1795346509393001, "2026-11-22T11:21:49.393001+00:00"),
        (-1, "1969-12-31T23:59:59+00:00"),
        (1795346509393001999, "2026-11-22T11:21:49.393001+00:00"),
        (1795346509393001999.0, "2026-11-22T11:21:49.393002+00:00"),
        (10**17, "1973-03-03T09:46:40+00:00"),
        (10**17 - 1000, "5138-11-16T09:46:39.999000+00:00"),
        (0, "1970-01-01T00:00:00+00:00"),
        ("1795346509", "2026-11-22T11:21:49+00:00"),
        ("1795346509393", "2026-11-22T11:21:49.393000+00:00"),
        ("1795346509393.5", "2026-11-22T11:21:49.393500+00:00"),
        ("1795346509.123456789", "2026-11-22T11:21:49.123456+00:00"),
        ("1795346509393001", "2026-11-22T11:21:49.393001+00:00"),
        ("1795346509393001999", "2026-11-22T11:21:49.393001+00:00"),
        ("2026-11-22T23:59:60Z", "2026-11-23T00:00:00+00:00"),
        (Relative(Decimal("-1.5")), "2026-11-22T12:34:55.289012+00:00"),
    ],
)
def test_times_that_producers_send(value: object, expected: str) -> None:
    found = read(value)
    assert found is not None
    assert found.isoformat() == expected


@pytest.mark.parametrize(
    "value",
    [
        "",
        "yesterday",
        "2026-13-01T00:00:00Z",
        "1722101230303Z",  # Python's own reader makes a date of the year 1722 of it
        "1764121800123.5.",
        "0001-01-01T00:00:00+10:00",
        True,
        [],
        float("nan"),
        float("inf"),
        10**30,
        Decimal("NaN"),
        Decimal("sNaN"),
        Relative(Decimal("-1e300")),
    ],
)
def test_what_is_no_time_is_refused_by_name_and_without_its_value(value: object) -> None:
    with pytest.raises(RefusedEvent) as caught:
        read(value)
    assert (caught.value.reason, caught.value.detail) == ("invalid", "event_time: is not a time")


@pytest.mark.parametrize("make", [Decimal, lambda text: Relative(Decimal("-" + text))])
def test_a_huge_exponent_costs_nothing(make: Any) -> None:
    started = time.monotonic()
    with pytest.raises(RefusedEvent):
        read(make("1e999990"))
    assert time.monotonic() - started < 1


def test_no_time_stays_no_time() -> None:
    assert read(None) is None
    assert event_time(WINDOW, received=NOW, original=None, sent=NOW) == (NOW, False)


@given(
    st.timedeltas(dt.timedelta(days=-400), dt.timedelta(days=400)),
    st.timedeltas(dt.timedelta(0), dt.timedelta(days=29)),
)
def test_a_wrong_clock_does_not_matter_when_the_sending_time_is_known(skew: dt.timedelta, age: dt.timedelta) -> None:
    found = event_time(WINDOW, received=NOW, original=NOW - age + skew, sent=NOW + skew)
    assert found == (NOW - age, False)


@given(any_time, st.timedeltas(dt.timedelta(microseconds=1), dt.timedelta(days=400)))
def test_an_event_that_seems_sent_before_it_happened_happened_when_it_was_received(
    sent: dt.datetime, ahead: dt.timedelta
) -> None:
    try:
        original = sent + ahead
    except OverflowError:
        return
    assert event_time(WINDOW, received=NOW, original=original, sent=sent) == (NOW, False)


@given(any_time, st.none() | any_time)
def test_every_time_ends_in_the_window_and_only_a_moved_one_is_flagged(
    original: dt.datetime, sent: dt.datetime | None
) -> None:
    time, clamped = event_time(WINDOW, received=NOW, original=original, sent=sent)
    earliest, latest = NOW - dt.timedelta(days=30), NOW + dt.timedelta(minutes=10)
    assert earliest <= time <= latest
    if clamped:
        assert time in (earliest, latest)
    if sent is None:
        assert clamped == (not earliest <= original <= latest)


def test_a_time_before_the_first_year_is_clamped() -> None:
    first = dt.datetime(1, 1, 1, tzinfo=dt.UTC)
    found = event_time(WINDOW, received=NOW, original=first, sent=NOW + dt.timedelta(days=3))
    assert found == (NOW - dt.timedelta(days=30), True)


@given(any_time, st.none() | any_time)
def test_a_backfill_keeps_its_own_times(original: dt.datetime, sent: dt.datetime | None) -> None:
    assert event_time(BACKFILL, received=NOW, original=original, sent=sent) == (original, False)
