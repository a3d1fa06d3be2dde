from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from athena_local.errors import QueryError
from athena_local.udf.joda import joda_text

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def _text(moment: str, pattern: str) -> str:
    since = datetime.fromisoformat(f"{moment}+00:00") - _EPOCH
    return joda_text(since // timedelta(microseconds=1), pattern)


@pytest.mark.parametrize(
    ("moment", "pattern", "expected"),
    [
        ("2024-03-05T00:07:09", "K KK k kk H h hh", "0 00 24 24 0 12 12"),
        ("2024-03-05T13:07:09", "G C Y YY YYYYY", "AD 20 2024 24 02024"),
        ("2024-03-05T13:07:09", "D DD DDD e ee E EEEE w ww x xx", "65 65 065 2 02 Tue Tuesday 10 10 2024 24"),
        ("2024-03-05T13:07:09.123", "S SS SSS SSSS", "1 12 123 1230"),
        ("2024-03-05T13:07:09", "M MM MMM MMMMM a 'o''clock'", "3 03 Mar March PM o'clock"),
        ("2024-12-31T23:59:59.999600", "yyyy-MM-dd", "2025-01-01"),
        ("1969-03-05T13:07:09.123999", "SSS", "124"),
    ],
)
def test_fields_are_written_as_trino_writes_them(moment: str, pattern: str, expected: str) -> None:
    assert _text(moment, pattern) == expected


def test_an_unknown_letter_is_refused() -> None:
    with pytest.raises(QueryError, match="INVALID_FUNCTION_ARGUMENT: Illegal pattern component: q"):
        joda_text(0, "yyyy q")


@given(st.integers(min_value=-30_000_000_000, max_value=200_000_000_000))
def test_the_text_of_a_whole_second_can_be_read_again(second: int) -> None:
    moment = _EPOCH + timedelta(seconds=second)
    text = joda_text(second * 1_000_000, "yyyy-MM-dd HH:mm:ss")
    assert datetime.strptime(text, "%Y-%m-%d %H:%M:%S").replace(tzinfo=UTC) == moment
