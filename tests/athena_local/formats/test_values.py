from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal

import pytest

from athena_local.formats import values


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-11-22", date(2026, 11, 22)),
        (" 2026-1-5 and more", date(2026, 1, 5)),
        ("2026-13-01", date(2027, 1, 1)),
        ("2026-02-30", date(2026, 3, 2)),
        ("2026-00-00", date(2025, 11, 30)),
        ("2026--1-01", date(2025, 11, 1)),
    ],
)
def test_dates_are_lenient(text: str, expected: date) -> None:
    assert values.hive_date(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-11-22 10:11:12", datetime.fromisoformat("2026-11-22 10:11:12")),
        ("2026-11-22 1:2:3.", datetime.fromisoformat("2026-11-22 01:02:03")),
        ("2026-11-22T10:11", datetime.fromisoformat("2026-11-22 10:11:00")),
        ("2026-11-22t10:11:12.1234567", datetime.fromisoformat("2026-11-22 10:11:12.123000")),
        ("2026-11-22 10:11:12.9995", datetime.fromisoformat("2026-11-22 10:11:13")),
        ("2026-11-22 25:61:61", datetime.fromisoformat("2026-11-23 02:02:01")),
    ],
)
def test_timestamps_are_lenient_and_have_milliseconds(text: str, expected: datetime) -> None:
    assert values.hive_timestamp(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-11-22T10:00:00Z", datetime.fromisoformat("2026-11-22 10:00:00")),
        ("2026-11-22T10:00:00.5+0130", datetime.fromisoformat("2026-11-22 08:30:00.500000")),
        ("2026-11-22T10:00:00-01:30", datetime.fromisoformat("2026-11-22 11:30:00")),
        ("2026-11-22 10:00:00", datetime.fromisoformat("2026-11-22 10:00:00")),
        ("1579059880000", datetime.fromisoformat("2020-01-15 03:44:40")),
        ("1579059880", datetime.fromisoformat("2020-01-15 03:44:40")),
        ("1579059880.1239", datetime.fromisoformat("2020-01-15 03:44:40.123000")),
        ("-1", datetime.fromisoformat("1969-12-31 23:59:59")),
    ],
)
def test_timestamps_in_json(text: str, expected: datetime) -> None:
    assert values.json_timestamp(text) == expected


@pytest.mark.parametrize(
    ("read", "text"),
    [
        (values.hive_date, "22.11.2026"),
        (values.hive_date, "2026-11"),
        (values.hive_timestamp, "2026-11-22"),
        (values.hive_timestamp, "2026-11-22 10:11"),
        (values.hive_timestamp, "2026-11-22T10:11:12Z"),
        (values.hive_timestamp, "2026-11-22 10:11:12.1234567890"),
        (values.json_timestamp, "2026-11-22"),
        (values.json_timestamp, ""),
        (values.json_timestamp, "1.2.3"),
        (values.double, "1_0"),
        (values.double, "nan"),
        (values.double, ""),
        (values.double, "0x10"),
    ],
)
def test_what_is_no_value(read: Callable[[str], object], text: str) -> None:
    with pytest.raises(values.InvalidError):
        read(text)


@pytest.mark.parametrize("text", ["0000-01-01", "10000-01-01"])
def test_years_that_cannot_be_held(text: str) -> None:
    with pytest.raises(values.OutOfReachError):
        values.hive_date(text)
    with pytest.raises(values.OutOfReachError):
        values.from_milliseconds(10**15)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("1.005", "1.01"), ("-1.005", "-1.01"), ("1e2", "100.00"), (".5", "0.50"), ("1e-999999", "0.00"), ("5.", "5.00")],
)
def test_decimals_are_rounded_half_up(text: str, expected: str) -> None:
    assert values.decimal(text, 5, 2) == Decimal(expected)


@pytest.mark.parametrize("text", ["1000", "999.995", "1e999999999", "", "x", "1 ", "NaN"])
def test_decimals_that_do_not_fit(text: str) -> None:
    with pytest.raises(values.InvalidError):
        values.decimal(text, 5, 2)


def test_doubles() -> None:
    assert [values.double(text) for text in (" 1.5 ", "1e3d", "-Infinity", "0x1.8p1", "2f")] == [
        1.5, 1000.0, float("-inf"), 3.0, 2.0,
    ]  # fmt: skip


def test_texts_are_cut_by_characters() -> None:
    assert values.shortened("éàü", "varchar", (2,)) == "éà"
    assert values.shortened("ab  ", "char", (3,)) == "ab"
    assert values.shortened("a\ud800", "string", ()) == "a?"


def test_base64_that_is_none_stands_for_itself() -> None:
    assert [values.lenient_base64(text) for text in (b"aGk=", b"aGk", b"a G\nk=", b"_-8=", b"h\xc3\xa9", b"a")] == [
        b"hi", b"hi", b"hi", b"\xff\xef", b"h\xc3\xa9", b"",
    ]  # fmt: skip
