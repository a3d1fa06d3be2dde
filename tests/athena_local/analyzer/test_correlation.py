"""Subqueries that Trino cannot free from the columns around them."""

import pytest

from athena_local.analyzer.typed import check
from athena_local.errors import QueryError
from athena_local.syntax.dialect import parse

ROWS = "(VALUES (1, 5), (1, 7)) AS s(k, v)"


def checked(expression: str) -> None:
    check(parse(f"SELECT x, {expression} FROM (VALUES 1, 2) AS t(x)"), {})


@pytest.mark.parametrize(
    "expression",
    [
        f"(SELECT v FROM {ROWS} WHERE k = x ORDER BY v LIMIT 1)",
        f"(SELECT max(v) FROM {ROWS} WHERE k > x)",
        f"EXISTS (SELECT 1 FROM {ROWS} WHERE k = x LIMIT 1)",
        f"(SELECT max(v) + x FROM {ROWS} WHERE k < x)",
        f"EXISTS (SELECT x + v FROM {ROWS} WHERE k < x)",
        "(SELECT x)",
        "(VALUES x)",
        "(SELECT v FROM (VALUES 1) AS s(v) ORDER BY v LIMIT 1)",
    ],
)
def test_these_are_answered(expression: str) -> None:
    checked(expression)


@pytest.mark.parametrize(
    "expression",
    [
        f"(SELECT v FROM {ROWS} WHERE k > x ORDER BY v LIMIT 1)",
        f"(SELECT v FROM {ROWS} WHERE k = x LIMIT 1)",
        f"EXISTS (SELECT 1 FROM {ROWS} WHERE k > x LIMIT 1)",
        f"(SELECT sum(v) OVER () FROM {ROWS} WHERE k = x)",
        f"(SELECT v * x FROM {ROWS} WHERE k = x)",
        f"(SELECT max(v + x) FROM {ROWS} WHERE k < x)",
        "(SELECT x UNION ALL SELECT x)",
    ],
)
def test_these_are_refused(expression: str) -> None:
    with pytest.raises(QueryError, match="Given correlated subquery is not supported"):
        checked(expression)
