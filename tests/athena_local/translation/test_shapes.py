import duckdb
import pytest

from athena_local.errors import QueryError
from athena_local.syntax.dialect import parse, to_duckdb
from athena_local.translation.rewrite import rewrite

T = "FROM (VALUES (1, 'a'), (2, 'a'), (2, 'b'), (3, 'b')) AS t (x, s)"


def rows(sql: str) -> list[tuple[object, ...]]:
    return duckdb.sql(to_duckdb(rewrite(parse(sql), sql).tree)).fetchall()


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        (f"SELECT x {T} ORDER BY x FETCH FIRST 2 ROWS WITH TIES", [(1,), (2,), (2,)]),
        (f"SELECT x {T} ORDER BY 1 DESC FETCH FIRST ROW WITH TIES", [(3,)]),
        (f"SELECT -x AS y {T} ORDER BY y FETCH NEXT 2 ROWS WITH TIES", [(-3,), (-2,), (-2,)]),
        (f"SELECT s, count(*) {T} GROUP BY s ORDER BY count(*) FETCH FIRST 1 ROW WITH TIES", [("a", 2), ("b", 2)]),
        (f"SELECT x {T} ORDER BY x OFFSET 1 FETCH FIRST 1 ROW WITH TIES", [(2,), (2,)]),
        (f"SELECT x {T} ORDER BY 'a', x FETCH FIRST 1 ROW WITH TIES", [(1,)]),
        ("VALUES 3, 1, 2 ORDER BY 1 OFFSET 1 LIMIT 1", [(2,)]),
        ("VALUES ROW(1, 'a')", [(1, "a")]),
        ("SELECT count(*) FROM (VALUES 1, 2), (VALUES 3, 4)", [(4,)]),
        (f"SELECT s {T} GROUP BY ALL s ORDER BY s", [("a",), ("b",)]),
        (f"SELECT s {T} GROUP BY DISTINCT s ORDER BY s", [("a",), ("b",)]),
    ],
)
def test_clauses_mean_what_trino_means(sql: str, expected: list[tuple[object, ...]]) -> None:
    assert sorted(rows(sql), key=str) == sorted(expected, key=str)


@pytest.mark.parametrize(
    "sql",
    [
        f"SELECT DISTINCT x {T} ORDER BY x FETCH FIRST 1 ROW WITH TIES",
        f"SELECT * {T} ORDER BY 1 FETCH FIRST 1 ROW WITH TIES",
        f"SELECT s {T} GROUP BY DISTINCT ROLLUP (s), CUBE (s)",
    ],
)
def test_what_cannot_be_written_is_refused(sql: str) -> None:
    with pytest.raises(QueryError, match="NOT_SUPPORTED"):
        rows(sql)
