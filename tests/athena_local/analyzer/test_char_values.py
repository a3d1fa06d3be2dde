"""Texts of char(n), as Trino 476 answered."""

from collections.abc import Callable

import pytest

from athena_local.errors import QueryError

Answered = Callable[[str], str | None]
A = "CAST('a' AS char(3))"


@pytest.mark.parametrize(
    ("expression", "answer"),
    [
        ("CAST('abc' AS char(5))", "abc  "),
        ("CAST('abcdef' AS char(3))", "abc"),
        (f"CAST({A} AS varchar)", "a  "),
        (f"length({A})", "3"),
        (f"upper({A})", "A  "),
        (f"trim({A})", "a"),
        (f"typeof(trim({A}))", "varchar(3)"),
        (f"substr({A}, 1)", "a  "),
        (f"typeof(substr({A}, 1))", "varchar(3)"),
        (f"{A} = 'a    '", "true"),
        (f"{A} = CAST('a' AS varchar)", "true"),
        (f"{A} < CAST('ab' AS char(2))", "true"),
        (f"{A} BETWEEN 'a' AND 'b'", "true"),
        (f"{A} IN ('a', 'b')", "true"),
        (f"{A} LIKE 'a'", "false"),
        (f"{A} LIKE 'a  '", "true"),
        (f"{A} || 'b'", "a  b"),
        (f"typeof({A} || CAST('b' AS varchar(2)))", "char(5)"),
        (f"concat({A}, CAST('b' AS varchar(2)), 'c')", "a  b c"),
    ],
)
def test_char(answered: Answered, expression: str, answer: str) -> None:
    assert answered(f"SELECT {expression}") == answer


@pytest.mark.parametrize(
    ("expression", "name"),
    [
        ("CAST(1 AS char(3))", "TYPE_MISMATCH"),
        ("CAST(CAST('1' AS char(3)) AS integer)", "TYPE_MISMATCH"),
        (f"replace({A}, ' ', 'x')", "FUNCTION_NOT_FOUND"),
        (f"{A} || CAST('b' AS varchar)", "TYPE_NOT_FOUND"),
        (f"{A} < CAST('b' AS varchar)", "NOT_SUPPORTED"),
        (f"COALESCE({A}, 'abcd')", "NOT_SUPPORTED"),
        (f"CASE WHEN true THEN {A} ELSE 'abcd' END", "NOT_SUPPORTED"),
        (f"{A} IN (SELECT 'a')", "NOT_SUPPORTED"),
    ],
)
def test_refused(answered: Answered, expression: str, name: str) -> None:
    with pytest.raises(QueryError) as caught:
        answered(f"SELECT {expression}")
    assert caught.value.name == name
