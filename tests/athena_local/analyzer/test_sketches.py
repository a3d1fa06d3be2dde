"""Sketches that count distinct values."""

from collections.abc import Callable

import pytest

from athena_local.errors import QueryError

Answered = Callable[[str], str | None]
ROWS = "(VALUES (1, 'a'), (1, 'b'), (2, 'b'), (2, NULL)) AS t (k, x)"
BY_KEY = f"(SELECT approx_set(x) AS s FROM {ROWS} GROUP BY k)"


@pytest.mark.parametrize(
    ("sql", "answer"),
    [
        (f"SELECT cardinality(approx_set(x)) FROM {ROWS}", "2"),
        (f"SELECT cardinality(approx_set(x, 0.01e0)) FROM {ROWS}", "2"),
        (f"SELECT cardinality(merge(s)) FROM {BY_KEY}", "2"),
        (f"SELECT approx_set(x) IS NULL FROM {ROWS} WHERE x IS NULL", "true"),
        ("SELECT cardinality(empty_approx_set())", "0"),
        (f"SELECT typeof(approx_set(x)) FROM {ROWS}", "HyperLogLog"),
        (f"SELECT intersection_cardinality(make_set_digest(k), make_set_digest(length(x))) FROM {ROWS}", "1"),
        (f"SELECT approx_most_frequent(2, x, 10) FROM {ROWS}", "{b=2, a=1}"),
    ],
)
def test_sketch(answered: Answered, sql: str, answer: str) -> None:
    assert answered(sql) == answer


@pytest.mark.parametrize(
    "sql",
    [
        f"SELECT CAST(approx_set(x) AS varbinary) FROM {ROWS}",
        f"SELECT value_at_quantile(qdigest_agg(k), 0.5e0) FROM {ROWS}",
    ],
)
def test_refused(answered: Answered, sql: str) -> None:
    with pytest.raises(QueryError, match="NOT_SUPPORTED"):
        answered(sql)
