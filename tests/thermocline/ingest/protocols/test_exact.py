from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thermocline.ingest.protocols.exact import (
    MisfitError,
    read_bigint,
    read_boolean,
    read_date,
    read_decimal,
    read_double,
    read_int,
    read_timestamp,
)


@given(value=st.floats(allow_nan=False, allow_infinity=False), digits=st.integers(16, 40))
def test_a_double_is_itself_however_many_of_its_digits_are_written(value: float, digits: int) -> None:
    for text in (repr(value), format(value, f".{digits}e"), format(Decimal(value), "f")):
        if len(text) <= 1_100:
            assert str(read_double(text)) == str(value)


@given(number=st.decimals(allow_nan=False, allow_infinity=False))
def test_a_number_is_a_double_only_if_the_double_writes_it(number: Decimal) -> None:
    text = format(number, "f")
    try:
        value = read_double(text)
    except MisfitError:
        assert Decimal(repr(float(text))) != number
        return
    digits = len("".join(map(str, number.as_tuple().digits)).rstrip("0")) or 1
    assert Decimal(f"{value:.{digits - 1}e}") == number or Decimal(repr(value)) == number


@pytest.mark.parametrize(
    "text",
    ["9007199254740993", "0.12345678901234567890", "1e999", "1e-400", "0.1000000000000000000001", "1" * 1_200, "nan"],
)
def test_a_double_that_would_be_another_number_is_a_misfit(text: str) -> None:
    with pytest.raises(MisfitError):
        read_double(text)


@pytest.mark.parametrize("text", ["007", "+7", " 7", "7 ", ".5", "5.", "1_000", "1,5", "0x1", "", "Infinity", "\uff17"])
def test_a_number_is_written_as_in_json(text: str) -> None:
    for read in (read_int, read_bigint, read_double, read_decimal):
        with pytest.raises(MisfitError):
            read(text)


@pytest.mark.parametrize(("text", "value"), [("7.0", 7), ("-7e0", -7), ("1.5e1", 15), ("-0", 0), ("0e-999999999", 0)])
def test_a_whole_number_may_be_written_with_a_point(text: str, value: int) -> None:
    assert (read_int(text), read_bigint(text)) == (value, value)


@pytest.mark.parametrize("text", ["1.5", "1e19", "9223372036854775808", "-9223372036854775809", "1e999999999", "1e-1"])
def test_a_whole_number_fits_or_is_a_misfit(text: str) -> None:
    with pytest.raises(MisfitError, match="whole number of 64 bits"):
        read_bigint(text)
    with pytest.raises(MisfitError, match="whole number of 32 bits"):
        read_int(text)


@given(units=st.integers(-(10**38) + 1, 10**38 - 1))
def test_every_decimal_that_fits_is_kept(units: int) -> None:
    text = f"{'-' if units < 0 else ''}{abs(units) // 10**9}.{abs(units) % 10**9:09d}"
    value = read_decimal(text)
    assert (format(value, "f"), read_decimal(text + "000")) == (text if units else "0.000000000", value)


@pytest.mark.parametrize("text", ["0.0000000001", "1e29", "100000000000000000000000000000", "1e-10", "1e999999999"])
def test_a_decimal_is_never_rounded(text: str) -> None:
    with pytest.raises(MisfitError):
        read_decimal(text)


@given(time=st.datetimes(timezones=st.just(dt.UTC)), offset=st.integers(-1439, 1439))
def test_a_time_is_the_same_moment_in_utc(time: dt.datetime, offset: int) -> None:
    try:
        there = time.astimezone(dt.timezone(dt.timedelta(minutes=offset)))
    except OverflowError:
        return
    assert read_timestamp(there.isoformat()) == time


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-26T12:00:00",
        "2026-11-26T12:00:00.1234567Z",
        "2026-11-26",
        "1795346509",
        "26.11.2026 12:00",
        "0001-01-01T00:00:00+01:00",
    ],
)
def test_a_time_that_may_be_another_is_a_misfit(text: str) -> None:
    with pytest.raises(MisfitError, match="must be a time"):
        read_timestamp(text)


def test_zeros_lose_nothing() -> None:
    assert read_timestamp("2026-11-26T12:00:00.120000000Z") == dt.datetime(2026, 11, 26, 12, 0, 0, 120_000, dt.UTC)


@given(date=st.dates())
def test_a_date_is_kept(date: dt.date) -> None:
    assert read_date(date.isoformat()) == date


@pytest.mark.parametrize(
    "text", ["2026-02-30", "26/11/2026", "20261126", "2026-11-26T00:00:00Z", "2026-1-2", " 2026-01-02"]
)
def test_another_date_is_a_misfit(text: str) -> None:
    with pytest.raises(MisfitError, match="must be a date"):
        read_date(text)


@pytest.mark.parametrize("text", ["1", "yes", "t", "tRUE", ""])
def test_a_boolean_is_a_word(text: str) -> None:
    assert (read_boolean("true"), read_boolean("FALSE")) == (True, False)
    with pytest.raises(MisfitError):
        read_boolean(text)
