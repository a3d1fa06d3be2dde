from collections.abc import Callable

import pytest

from athena_local.errors import QueryError

Row = list[str | None]
A, B, C = "(VALUES (1, 2)) a(x, n)", "(VALUES (2, 3)) b(n, y)", "(VALUES (3, 8)) c(y, z)"


@pytest.mark.parametrize(
    ("sql", "expected"),  # as Trino 476 answers
    [
        (f"SELECT * FROM {A} JOIN {B} USING (n)", ["2", "1", "3"]),
        (f"SELECT *, 7 FROM {A} JOIN {B} USING (n)", ["2", "1", "3", "7"]),
        (f"SELECT a.* FROM {A} JOIN {B} USING (n)", ["1"]),
        (f"SELECT b.*, a.* FROM {A} JOIN {B} USING (n)", ["3", "1"]),
        (f"SELECT * FROM {A} JOIN {B} USING (n) JOIN {C} USING (y)", ["3", "2", "1", "8"]),
        (f"SELECT * FROM {A} JOIN {B} ON a.n = b.n JOIN {C} USING (y)", ["3", "1", "2", "2", "8"]),
        (f"SELECT c.* FROM {A} JOIN {B} USING (n) JOIN {C} ON b.y = c.y", ["3", "8"]),
        (f"SELECT * FROM {A} FULL JOIN (VALUES (9, 3)) b(n, y) USING (n) WHERE x IS NULL", ["9", None, "3"]),
        (f"SELECT * FROM {A} JOIN (VALUES (2, 3)) b(n, y) ON true", ["1", "2", "2", "3"]),
    ],
)
def test_the_merged_columns_come_first(ask: Callable[[str], list[Row]], sql: str, expected: Row) -> None:
    assert ask(sql) == [expected]


def test_a_relation_whose_columns_a_later_join_may_merge(ask: Callable[[str], list[Row]]) -> None:
    with pytest.raises(QueryError, match=r"NOT_SUPPORTED: 'a.\*' is not supported offline"):
        ask(f"SELECT a.* FROM {A} JOIN {B} USING (n) JOIN {C} USING (y)")
