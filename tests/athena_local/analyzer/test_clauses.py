import pytest

from athena_local.analyzer.clauses import check_clauses
from athena_local.errors import QueryError
from athena_local.syntax.dialect import parse

T = "FROM (VALUES (1, 2)) AS t (x, y)"


@pytest.mark.parametrize(
    ("sql", "name"),
    [
        (f"SELECT x {T} ORDER BY 2", "INVALID_COLUMN_REFERENCE"),
        (f"SELECT x {T} GROUP BY 0", "INVALID_COLUMN_REFERENCE"),
        (f"SELECT DISTINCT x {T} ORDER BY y", "EXPRESSION_NOT_IN_DISTINCT"),
        (f"SELECT x {T} FETCH FIRST 1 ROW WITH TIES", "MISSING_ORDER_BY"),
        (f"SELECT x {T} WHERE count(*) > 1", "EXPRESSION_NOT_SCALAR"),
        (f"SELECT x {T} WHERE rank() OVER (ORDER BY x) = 1", "EXPRESSION_NOT_SCALAR"),
        (f"SELECT rank() {T}", "MISSING_OVER"),
        (f"SELECT lag(x) {T}", "MISSING_OVER"),
        (f"SELECT lag(x, -1) OVER (ORDER BY x) {T}", "INVALID_FUNCTION_ARGUMENT"),
        (f"SELECT nth_value(x, 0) OVER (ORDER BY x) {T}", "INVALID_FUNCTION_ARGUMENT"),
        (f"SELECT sum(x) FILTER (WHERE x > 1) OVER () {T}", "NOT_SUPPORTED"),
        (f"SELECT sum(x) OVER (ROWS BETWEEN 1 FOLLOWING AND CURRENT ROW) {T}", "INVALID_WINDOW_FRAME"),
        (f"SELECT sum(x) OVER (ROWS UNBOUNDED FOLLOWING) {T}", "INVALID_WINDOW_FRAME"),
        (f"SELECT sum(x) OVER (ROWS -1 PRECEDING) {T}", "INVALID_WINDOW_FRAME"),
        (f"SELECT x {T} GROUP BY x HAVING rank() OVER (ORDER BY x) = 1", "NESTED_WINDOW"),
        (f"SELECT sum(x) {T} GROUP BY 1", "EXPRESSION_NOT_SCALAR"),
        (f"SELECT count(*) {T} GROUP BY count(*)", "EXPRESSION_NOT_SCALAR"),
        (f"SELECT array_agg(DISTINCT x ORDER BY y) {T}", "EXPRESSION_NOT_IN_DISTINCT"),
        (f"SELECT listagg(DISTINCT x) WITHIN GROUP (ORDER BY y) {T}", "EXPRESSION_NOT_IN_DISTINCT"),
        ("SELECT 1, 2 UNION SELECT 3", "TYPE_MISMATCH"),
        ("VALUES (1, 2), (3, 4, 5)", "TYPE_MISMATCH"),
        (f"SELECT x -> x + 1 {T}", "TYPE_MISMATCH"),
        ("SELECT (SELECT 1, 2)", "NOT_SUPPORTED"),
        (f"SELECT 1 {T} JOIN (SELECT 1) t ON true", "NOT_SUPPORTED"),
    ],
)
def test_what_trino_refuses(sql: str, name: str) -> None:
    with pytest.raises(QueryError) as caught:
        check_clauses(parse(sql), sql)
    assert caught.value.name == name


@pytest.mark.parametrize(
    "sql",
    [
        f"SELECT DISTINCT x + 1 AS z {T} ORDER BY z, x + 1, 1",
        f"SELECT *, rank() OVER w {T} WINDOW w AS (ORDER BY x) ORDER BY 3",
        f"SELECT x {T} WHERE x IN (SELECT max(x) {T}) AND EXISTS (SELECT 1, 2)",
        f"SELECT lag(x, 0) IGNORE NULLS OVER (ORDER BY x), count(*) FILTER (WHERE x > 1) {T}",
        f"SELECT sum(x) OVER (ORDER BY x RANGE BETWEEN 1 PRECEDING AND UNBOUNDED FOLLOWING) {T}",
        "SELECT * FROM (SELECT 1, 2), (SELECT 3, 4) UNION SELECT 1, 2, 3, 4",
        "(SELECT 1, 2) UNION ALL (SELECT 3, 4)",
    ],
)
def test_what_trino_answers(sql: str) -> None:
    check_clauses(parse(sql), sql)
