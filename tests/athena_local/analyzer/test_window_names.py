import pytest
from sqlglot import exp

from athena_local.analyzer.window_names import check_windows
from athena_local.syntax.dialect import parse

T = "FROM (VALUES (1, 2)) AS t (x, y)"


def names(sql: str) -> list[str]:
    select = parse(sql)
    assert isinstance(select, exp.Select)
    return [name for name, _ in check_windows(select)]


@pytest.mark.parametrize(
    ("window", "clause", "name"),
    [
        ("w", "", "INVALID_WINDOW_REFERENCE"),
        ("w", "WINDOW w AS (v), v AS (ORDER BY x)", "INVALID_WINDOW_REFERENCE"),
        ("w", "WINDOW w AS (ORDER BY x), W AS (ORDER BY y)", "DUPLICATE_WINDOW_NAME"),
        ("(w PARTITION BY y)", "WINDOW w AS (ORDER BY x)", "INVALID_PARTITION_BY"),
        ("(w ORDER BY y)", "WINDOW w AS (ORDER BY x)", "INVALID_ORDER_BY"),
        ("(w ORDER BY y)", "WINDOW v AS (ORDER BY x), w AS (v)", "INVALID_ORDER_BY"),
    ],
)
def test_a_name_that_no_window_may_have(window: str, clause: str, name: str) -> None:
    assert names(f"SELECT sum(x) OVER {window} {T} {clause}") == [name]


def test_a_window_adds_an_order_to_a_named_one() -> None:
    assert names(f"SELECT sum(x) OVER (W ORDER BY y) {T} WINDOW w AS (PARTITION BY x)") == []
