import pytest

from athena_local.formats import values
from athena_local.formats.layout import UnreadableError
from athena_local.formats.timestamp_patterns import timestamp_reader
from tests.athena_local.formats.reading import LAZY, layout


def read(patterns: str, text: str) -> str:
    return str(timestamp_reader(layout(LAZY, {"a": "timestamp"}, {"timestamp.formats": patterns}))(text))


@pytest.mark.parametrize(
    ("patterns", "text", "expected"),
    [
        ("dd.MM.yyyy HH:mm", " 22.11.2026 10:11 ", "2026-11-22 10:11:00"),
        ("yyyyMMdd", "20261122", "2026-11-22 00:00:00"),
        ("yyyy/M/d H:m:s", "2026/1/2 3:4:5", "2026-01-02 03:04:05"),
        ("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", "2026-11-22T10:11:12.1z", "2026-11-22 10:11:12.100000"),
        ("dd/MMM/yyyy:HH:mm:ss Z", "22/nov/2026:10:11:12 +0200", "2026-11-22 08:11:12"),
        ("yyyy-MM-dd'T'HH:mm:ssZ", "2026-11-22T10:11:12-01:30", "2026-11-22 11:41:12"),
        ("yyyy-MM-dd hh:mm:ss a", "2026-11-22 12:02:03 am", "2026-11-22 00:02:03"),
        ("yyyy-MM-dd hh:mm:ss a", "2026-11-22 01:02:03 PM", "2026-11-22 13:02:03"),
        ("MILLIS", "1579059880123.9", "2020-01-15 03:44:40.123000"),
        ("HH:mm:ss", "10:11:12", "1970-01-01 10:11:12"),
        ("yyyy\\, MM,dd.MM.yyyy", "2026, 11", "2026-11-01 00:00:00"),
        ("yyyy\\, MM,dd.MM.yyyy", "22.11.2026", "2026-11-22 00:00:00"),
        ("yyyyMMdd", "2026-11-22 10:11:12", "2026-11-22 10:11:12"),
        ("yyyy-MM-dd'T'HH:mm", "2026-13-22T10:11", "2027-01-22 10:11:00"),
    ],
)
def test_patterns(patterns: str, text: str, expected: str) -> None:
    assert read(patterns, text) == expected


@pytest.mark.parametrize("text", ["31.02.2026", "22.11.26 ", "22-11-2026", ""])
def test_what_has_no_form(text: str) -> None:
    with pytest.raises(values.InvalidError):
        read("dd/MM/yyyy", text)


@pytest.mark.parametrize("patterns", ["yy-MM-dd", "yyyy-DDD", "yyyy EEE", "yyyy z", "a\\b", "yyyy yyyy"])
def test_patterns_that_are_not_read(patterns: str) -> None:
    with pytest.raises(UnreadableError, match="is not read offline"):
        read(patterns, "2026")
