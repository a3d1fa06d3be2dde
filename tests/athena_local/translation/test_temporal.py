"""Dates, times, zones and intervals, from Trino's SQL to Athena's texts."""

from collections.abc import Callable

import duckdb
import pytest

from athena_local.errors import QueryError, from_duckdb

Ask = Callable[[str], list[list[str | None]]]

TEXTS = {
    "TIMESTAMP '2025-02-03 04:05:06 Asia/Tokyo'": "2025-02-03 04:05:06.000 Asia/Tokyo",
    "TIMESTAMP '2025-02-03 04:05:06 -03:30'": "2025-02-03 04:05:06.000 -03:30",
    "hour(TIMESTAMP '2025-02-03 04:05:06 Asia/Tokyo')": "4",
    "date_add('day', 1, TIMESTAMP '2025-03-29 12:00:00 Europe/Oslo')": "2025-03-30 12:00:00.000 Europe/Oslo",
    "date_add('hour', 24, TIMESTAMP '2025-03-29 12:00:00 Europe/Oslo')": "2025-03-30 13:00:00.000 Europe/Oslo",
    "date_diff('day', TIMESTAMP '2025-03-29 12:00:00 Europe/Oslo', TIMESTAMP '2025-03-30 12:00:00 Europe/Oslo')": "1",
    "with_timezone(TIMESTAMP '2025-10-26 02:30:00', 'Europe/Oslo') AT TIME ZONE 'UTC'": "2025-10-26 00:30:00.000 UTC",
    "CAST(TIMESTAMP '2025-02-03 04:05:06 Asia/Tokyo' AS varchar)": "2025-02-03 04:05:06 Asia/Tokyo",
    "format_datetime(TIMESTAMP '2025-07-01 00:00:00 Europe/Oslo', 'HH ZZ ZZZ')": "00 +02:00 Europe/Oslo",
    "TIMESTAMP '2025-02-03 04:05:06.999999'": "2025-02-03 04:05:07.000",
    "typeof(TIMESTAMP '2025-02-03 04:05:06.12')": "timestamp(2)",
    "DATE '2025-02-03' - DATE '2025-02-01'": "2 00:00:00.000",
    "INTERVAL '1' DAY - INTERVAL '36' HOUR": "-0 12:00:00.000",
    "INTERVAL '-14' MONTH": "-1-2",
    "INTERVAL '1 02:03:04.5' DAY TO SECOND": "1 02:03:04.500",
    "sequence(DATE '2025-01-31', DATE '2025-03-31', INTERVAL '1' MONTH)": "[2025-01-31, 2025-02-28, 2025-03-31]",
    "from_iso8601_date('2025-W02')": "2025-01-06",
    "TRY_CAST('2025-02-03T04:05:06' AS timestamp)": None,
}

REFUSED = {
    "DATE '2025-02-30'": "INVALID_LITERAL",
    "TIMESTAMP '2025-03-30 02:30:00 Europe/Oslo'": "INVALID_LITERAL",
    "CAST('2025-02-03T04:05:06' AS timestamp)": "INVALID_CAST_ARGUMENT",
    "DATE '2025-02-03' = '2025-02-03'": "TYPE_MISMATCH",
    "INTERVAL '1' DAY + INTERVAL '1' MONTH": "TYPE_MISMATCH",
    "DATE '2025-02-03' + INTERVAL '1' HOUR": "INVALID_FUNCTION_ARGUMENT",
    "date_trunc('hour', DATE '2025-02-03')": "INVALID_FUNCTION_ARGUMENT",
    "year('2025-02-03')": "FUNCTION_NOT_FOUND",
    "INTERVAL '1' WEEK": "TYPE_NOT_FOUND",
    "ARRAY[TIMESTAMP '2025-02-03 04:05:06 Asia/Tokyo']": "NOT_SUPPORTED",
}


@pytest.mark.parametrize("expression", TEXTS)
def test_text(ask: Ask, expression: str) -> None:
    assert ask(f"SELECT {expression}") == [[TEXTS[expression]]]


@pytest.mark.parametrize("expression", REFUSED)
def test_refusal(ask: Ask, expression: str) -> None:
    with pytest.raises((QueryError, duckdb.Error)) as refusal:
        ask(f"SELECT {expression}")
    error = refusal.value if isinstance(refusal.value, QueryError) else from_duckdb(str(refusal.value))
    assert error.name == REFUSED[expression]


def test_a_zone_is_followed_through_subqueries(ask: Ask) -> None:
    sql = "WITH a AS (SELECT from_unixtime(0, 'Asia/Tokyo') AS t) SELECT *, hour(t) FROM (SELECT t FROM a) AS b"
    assert ask(sql) == [["1970-01-01 09:00:00.000 Asia/Tokyo", "9"]]


def test_instants_of_several_zones_are_compared_but_not_shown(ask: Ask) -> None:
    rows = "(VALUES TIMESTAMP '2025-01-01 12:00:00 UTC', TIMESTAMP '2025-01-01 13:00:00 Europe/Oslo') AS x (t)"
    assert ask(f"SELECT count(DISTINCT t) FROM {rows}") == [["1"]]
    with pytest.raises(QueryError, match="more than one time zone"):
        ask(f"SELECT t FROM {rows}")
