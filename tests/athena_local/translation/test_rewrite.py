"""Clauses whose shape changes: UNNEST, names of columns, zones."""

from collections.abc import Callable

import pytest

from athena_local.syntax.dialect import parse
from athena_local.translation.rewrite import rewrite

Ask = Callable[[str], list[list[str | None]]]


@pytest.mark.parametrize(
    ("sql", "rows"),
    [
        ("SELECT x FROM UNNEST(ARRAY[1, 2]) AS t(x)", [["1"], ["2"]]),
        ("SELECT x, n FROM UNNEST(ARRAY['a', 'b']) WITH ORDINALITY AS t(x, n)", [["a", "1"], ["b", "2"]]),
        ("SELECT k, v FROM UNNEST(MAP(ARRAY['a'], ARRAY[1])) AS t(k, v)", [["a", "1"]]),
        ("SELECT * FROM UNNEST(ARRAY['a', 'b']) WITH ORDINALITY", [["a", "1"], ["b", "2"]]),
        ("SELECT k, v, n FROM UNNEST(MAP(ARRAY['a'], ARRAY[1])) WITH ORDINALITY AS t(k, v, n)", [["a", "1", "1"]]),
        ("SELECT a, b FROM UNNEST(ARRAY[ROW(1, 'x'), ROW(2, 'y')]) AS t(a, b)", [["1", "x"], ["2", "y"]]),
        ("SELECT x, y FROM UNNEST(ARRAY[1, 2], ARRAY['a']) AS t(x, y)", [["1", "a"], ["2", None]]),
        ("SELECT i, x FROM (VALUES (1, ARRAY[5])) AS r(i, a) CROSS JOIN UNNEST(a) AS t(x)", [["1", "5"]]),
        ("SELECT i, x FROM (VALUES (1, ARRAY[5]), (2, ARRAY[])) AS r(i, a), UNNEST(a) AS t(x)", [["1", "5"]]),
        (
            "SELECT i, x FROM (VALUES (1, ARRAY[5]), (2, ARRAY[])) AS r(i, a) LEFT JOIN UNNEST(a) AS t(x) ON true",
            [["1", "5"], ["2", None]],
        ),
        (
            "SELECT i, k, v FROM (VALUES (1, MAP(ARRAY['a'], ARRAY[1]))) AS r(i, m) CROSS JOIN UNNEST(m) AS t(k, v)",
            [["1", "a", "1"]],
        ),
        (
            "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 3) SELECT n FROM r",
            [["1"], ["2"], ["3"]],
        ),
        (
            "SELECT k, grouping(k), count(*) FROM (VALUES 'a') AS t(k) GROUP BY ROLLUP (k) ORDER BY 2",
            [["a", "0", "1"], [None, "1", "1"]],
        ),
        ("SELECT x FROM (VALUES 2, NULL, 1) AS t(x) ORDER BY x DESC", [["2"], ["1"], [None]]),
        ("SELECT x FROM (VALUES 1, 2, 3) AS t(x) ORDER BY x OFFSET 1 LIMIT 1", [["2"]]),
        ("VALUES (1, 'a'), (2, NULL)", [["1", "a"], ["2", None]]),
        ("SELECT x FROM (VALUES 1, 2) AS t(x) EXCEPT SELECT 1", [["2"]]),
        ("SELECT CASE WHEN x > 1 THEN 'many' ELSE 'one' END FROM (VALUES 2) AS t(x)", [["many"]]),
        ("SELECT r.a FROM (SELECT CAST(ROW(1) AS ROW(a integer)) AS r)", [["1"]]),
    ],
)
def test_rows(ask: Ask, sql: str, rows: list[list[str | None]]) -> None:
    assert ask(sql) == rows


@pytest.mark.parametrize(
    ("sql", "names"),
    [
        ("SELECT 1, a, b AS c, count(*), CAST(a AS date) FROM t", ["_col?", "a", "c", "_col?", "_col?"]),
        ("SELECT t.a, r.x.y FROM t", ["a", "y"]),
        ("SELECT 1 UNION ALL SELECT 2", ["_col?"]),
    ],
)
def test_columns_are_named_as_trino_does(sql: str, names: list[str]) -> None:
    tree = rewrite(parse(sql), sql).tree
    assert tree.named_selects == names  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("sql", "zones"),
    [
        ("SELECT a, b AT TIME ZONE 'Europe/Berlin' FROM t", {1: "Europe/Berlin"}),
        ("SELECT date_trunc('day', at_timezone(a, 'Asia/Tokyo')) AS day FROM t", {0: "Asia/Tokyo"}),
        ("SELECT hour(a AT TIME ZONE 'Asia/Tokyo') FROM t", {}),
    ],
)
def test_zones_of_output_columns(sql: str, zones: dict[int, str]) -> None:
    moments = rewrite(parse(sql), sql).moments
    assert {number: told.zone for number, told in moments.items() if told.zone} == zones
