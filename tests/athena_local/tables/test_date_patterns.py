import pytest

from athena_local.errors import QueryError
from athena_local.tables.date_patterns import from_joda, from_mysql


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("%Y-%m-%d %H:%i:%s", "%Y-%m-%d %H:%M:%S"),
        ("%M %e, %y at %l %p", "%B %-d, %y at %-I %p"),
        ("100%%", "100%%"),
    ],
)
def test_mysql(pattern: str, expected: str) -> None:
    assert from_mysql(pattern) == expected


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("yyyy-MM-dd-HH", "%Y-%m-%d-%H"),
        ("yyyy/M/d h:mm a", "%Y/%-m/%-d %-I:%M %p"),
        ("yyyy'T'HH 'o''clock' 100%", "%YT%H o'clock 100%%"),
        ("HH:mm:ss.SSSZZ", "%H:%M:%S.%g+00:00"),
    ],
)
def test_joda(pattern: str, expected: str) -> None:
    assert from_joda(pattern) == expected


def test_a_zone_is_read_when_parsing_and_written_as_utc_otherwise() -> None:
    assert from_joda("HHZ", parsing=True) == "%H%z"
    assert from_joda("HHZ") == "%H+0000"


def test_what_cannot_be_translated_is_refused() -> None:
    with pytest.raises(QueryError, match="INVALID_FUNCTION_ARGUMENT: %D not supported"):
        from_mysql("%D")
    with pytest.raises(QueryError, match="NOT_SUPPORTED: the date pattern 'GG'"):
        from_joda("GG yyyy")
