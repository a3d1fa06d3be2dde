"""Statements are told apart by their text."""

import pytest

from tests.athena_local.conformance.entries import Entry


@pytest.mark.parametrize(
    ("sql", "expressions"),
    [
        ("SELECT 1", ["1"]),
        ("SELECT f(1, 2), ARRAY[1, 2]", ["f(1, 2)", "ARRAY[1, 2]"]),
        ("SELECT extract(DAY FROM d)", ["extract(DAY FROM d)"]),
        ("SELECT 'a, b FROM c'", ["'a, b FROM c'"]),
        ("SELECT x FROM t", []),
        ("SELECT 1 AS x", []),
        ("SELECT 1 UNION SELECT 2", []),
        ("VALUES 1", []),
        ("SELECT 'open", []),
    ],
)
def test_expressions(sql: str, expressions: list[str]) -> None:
    assert Entry(id="x-001", sql=sql).expressions == expressions


def test_only_an_order_of_the_whole_is_one() -> None:
    assert Entry(id="x-001", sql="SELECT x FROM t ORDER BY x").is_ordered
    assert not Entry(id="x-001", sql="SELECT array_agg(x ORDER BY x) FROM t").is_ordered
