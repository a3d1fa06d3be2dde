"""What Trino refuses in WITH RECURSIVE."""

import pytest

from athena_local.analyzer.clauses import check_clauses
from athena_local.analyzer.typed import check
from athena_local.errors import QueryError
from athena_local.syntax.dialect import parse


def checked(sql: str) -> list[object]:
    tree = parse(sql)
    check_clauses(tree, sql)
    return [*check(tree, {})]


@pytest.mark.parametrize(
    ("with_", "name"),
    [
        ("t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < 3)", None),
        ("t AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM t WHERE n < 3)", "MISSING_COLUMN_ALIASES"),
        ("t(n) AS (SELECT n FROM t)", "INVALID_RECURSIVE_REFERENCE"),
        ("t(n) AS (SELECT n FROM t UNION ALL SELECT 1)", "INVALID_RECURSIVE_REFERENCE"),
        ("t(n) AS (SELECT 1 UNION ALL SELECT a.n FROM t AS a, t AS b)", "INVALID_RECURSIVE_REFERENCE"),
        ("t(n) AS (SELECT 1 UNION ALL SELECT 2 WHERE 2 IN (SELECT n FROM t))", "INVALID_RECURSIVE_REFERENCE"),
        ("t(n) AS (SELECT 1 UNION ALL SELECT n FROM t ORDER BY 1)", "NOT_SUPPORTED"),
        ("t(s) AS (SELECT 'a' UNION ALL SELECT s || 'b' FROM t)", "TYPE_MISMATCH"),
        ("t(s) AS (SELECT CAST('a' AS varchar) UNION ALL SELECT s || 'b' FROM t)", None),
        ("t(n) AS (SELECT 1 UNION ALL SELECT n + 1.5 FROM t)", "TYPE_MISMATCH"),
        ("t(n) AS (SELECT BIGINT '1' UNION ALL SELECT 2 FROM t)", None),
    ],
)
def test_the_shape_and_the_types_of_a_recursion(with_: str, name: str | None) -> None:
    sql = f"WITH RECURSIVE {with_} SELECT * FROM t"
    if name is None:
        assert len(checked(sql)) == 1
        return
    with pytest.raises(QueryError) as caught:
        checked(sql)
    assert caught.value.name == name
