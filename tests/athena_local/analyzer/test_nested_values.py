"""Functions whose meaning depends on the types of arrays, maps and rows."""

from collections.abc import Callable

import pytest

from athena_local.errors import QueryError

Answered = Callable[[str], str | None]
STATE = "CAST(ROW(0, 0) AS ROW(total double, n integer))"
STEP = "(s, x) -> CAST(ROW(s.total + x, s.n + 1) AS ROW(total double, n integer))"
MAP = "MAP(ARRAY['a', 'b'], ARRAY[1, 2])"


@pytest.mark.parametrize(
    ("expression", "answer"),
    [
        (f"reduce(ARRAY[1, 2], {STATE}, {STEP}, s -> s.total / s.n)", "1.5"),
        (f"reduce(CAST(ARRAY[] AS array(integer)), {STATE}, {STEP}, s -> s.n)", "0"),
        (f"reduce(CAST(NULL AS array(integer)), {STATE}, {STEP}, s -> s.n)", None),
        ("reduce(ARRAY[1, 2], ROW(0, 0), (s, x) -> ROW(s[1] + x, s[2] + 1), s -> s[1])", "3"),
        (f"{MAP} = MAP(ARRAY['b', 'a'], ARRAY[2, 1])", "true"),
        (f"{MAP} <> MAP(ARRAY['b', 'a'], ARRAY[2, 1])", "false"),
        (f"{MAP} = MAP(ARRAY['b', 'a'], ARRAY[2, NULL])", None),
        (f"{MAP} = MAP(ARRAY['b', 'a'], ARRAY[1, NULL])", "false"),
        (f"{MAP} = MAP(ARRAY['a'], ARRAY[1])", "false"),
        (f"{MAP} IS NOT DISTINCT FROM MAP(ARRAY['b', 'a'], ARRAY[2, 1])", "true"),
        (f"{MAP} IS DISTINCT FROM NULL", "true"),
        ("array_join(ARRAY[1e0, NULL, 1e10], ',')", "1.0E0,1.0E10"),
        ("array_join(ARRAY[1e0, NULL], ',', '-')", "1.0E0,-"),
        ("ARRAY[1, 2][NULL]", None),
        ("ARRAY[ARRAY[1]] || ARRAY[2]", "[[1], [2]]"),
        ("ARRAY['a'] || CAST(NULL AS varchar)", None),
        ("reduce(ARRAY[1, 2], CAST(ARRAY[] AS array(integer)), (s, x) -> s || x, s -> s)", "[1, 2]"),
        ("CAST(ARRAY[1.5e0] AS array(varchar))", "[1.5E0]"),
        ("cardinality(combinations(ARRAY[1, 2, 3, 4], 2))", "6"),
        ("combinations(ARRAY['a', NULL, 'c'], 2)", "[[a, null], [a, c], [null, c]]"),
        ("cosine_similarity(MAP(ARRAY['a'], ARRAY[1e0]), MAP(ARRAY['a'], ARRAY[2e0]))", "1.0"),
        ("reverse(X'0a0b')", "0b 0a"),
        ("typeof(upper(NULL))", "varchar(0)"),
        ("typeof(url_encode('abc'))", "varchar(36)"),
        ("typeof(to_iso8601(TIMESTAMP '2024-01-01 00:00:00.123'))", "varchar(26)"),
        ("typeof(U&'caf#00e9' UESCAPE '#')", "varchar(4)"),
    ],
)
def test_value(answered: Answered, expression: str, answer: str | None) -> None:
    assert answered(f"SELECT {expression}") == answer


def test_equal_maps_are_one(answered: Answered) -> None:
    both = f"(VALUES {MAP}, MAP(ARRAY['b', 'a'], ARRAY[2, 1])) AS t (x)"
    assert answered(f"SELECT count(*) FROM (SELECT DISTINCT x FROM {both})") == "1"


NANS = "(VALUES (1e0, 'a'), (nan(), 'b'), (3e0, 'c')) AS t (x, y)"


@pytest.mark.parametrize(
    ("sql", "answer"),
    [
        (f"SELECT max(x) FROM {NANS}", "3.0"),
        (f"SELECT max(DISTINCT x) FROM {NANS}", "3.0"),
        (f"SELECT max(x) FILTER (WHERE y < 'c') FROM {NANS}", "1.0"),
        (f"SELECT max(x) OVER (ORDER BY y DESC) FROM {NANS} ORDER BY y LIMIT 1", "3.0"),
        (f"SELECT max(x) FROM {NANS} WHERE y = 'b'", "NaN"),
        (f"SELECT min_by(y, x) FROM {NANS}", "a"),
        ("SELECT a.* FROM (VALUES (1, 'a')) a(x, y) JOIN (VALUES 1) b(x) USING (x)", "a"),
    ],
)
def test_query(answered: Answered, sql: str, answer: str) -> None:
    assert answered(sql) == answer


def test_a_row_in_a_row_of_values(answered: Answered) -> None:
    assert answered("SELECT r FROM (VALUES ROW(ROW(1, 2))) AS t (r)") == "{field0=1, field1=2}"


@pytest.mark.parametrize(
    ("sql", "name"),
    [
        (f"SELECT {MAP} IN ({MAP})", "NOT_SUPPORTED"),
        (f"SELECT count(*) FROM (VALUES {MAP}) AS t (x) GROUP BY x", "NOT_SUPPORTED"),
        (f"SELECT DISTINCT * FROM (VALUES {MAP}) AS t (x)", "NOT_SUPPORTED"),
        (f"SELECT max_by(y, x) FROM {NANS}", "NOT_SUPPORTED"),
        (f"SELECT max(x, 2) FROM {NANS}", "NOT_SUPPORTED"),
        ("SELECT CAST(ROW(1e0) AS ROW(x varchar))", "NOT_SUPPORTED"),
        ("SELECT combinations(ARRAY[1], 6)", "INVALID_FUNCTION_ARGUMENT"),
        ("SELECT combinations(ARRAY[1], -1)", "INVALID_FUNCTION_ARGUMENT"),
        ("SELECT x FROM UNNEST(ARRAY[1]) AS t (x, y)", "MISMATCHED_COLUMN_ALIASES"),
    ],
)
def test_refused(answered: Answered, sql: str, name: str) -> None:
    with pytest.raises(QueryError) as caught:
        answered(sql)
    assert caught.value.name == name
