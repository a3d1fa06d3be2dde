"""Recursion ends after ten steps, as in Trino."""

from collections.abc import Callable

import pytest

from athena_local.errors import QueryError

Ask = Callable[[str], list[list[str | None]]]
COUNTING = "WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < {end}) SELECT max(n) FROM t"


def test_ten_steps_are_taken(ask_or_name: Ask) -> None:
    assert ask_or_name(COUNTING.format(end=11)) == [["11"]]


def test_an_eleventh_is_refused(ask_or_name: Ask) -> None:
    with pytest.raises(QueryError, match="Recursion depth limit exceeded") as caught:
        ask_or_name(COUNTING.format(end=12))
    assert caught.value.name == "NOT_SUPPORTED"


def test_an_endless_recursion_ends(ask_or_name: Ask) -> None:
    with pytest.raises(QueryError, match="Recursion depth limit exceeded"):
        ask_or_name("WITH RECURSIVE t(n) AS (SELECT 1 UNION SELECT 1 FROM t) SELECT count(*) FROM t")


@pytest.mark.parametrize(("union", "rows"), [("UNION ALL", [["3"], ["3"], ["3"]]), ("UNION", [["3"]])])
def test_a_union_of_distinct_rows_drops_repetitions_at_the_end(ask: Ask, union: str, rows: list[list[str]]) -> None:
    sql = f"WITH RECURSIVE t(n, m) AS (SELECT 1, 3 {union} SELECT n + 1, m FROM t WHERE n < 3) SELECT {{}} FROM t"
    assert ask(sql.format("m" if union == "UNION ALL" else "DISTINCT m")) == rows


def test_a_query_after_a_recursive_one_reads_its_columns(ask: Ask) -> None:
    sql = "a(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM a WHERE n < 3), b(m) AS (SELECT n * 10 FROM a)"
    assert ask(f"WITH RECURSIVE {sql} SELECT m FROM b ORDER BY m") == [["10"], ["20"], ["30"]]
