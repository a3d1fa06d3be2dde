import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from athena_local.errors import InvalidRequestError, QueryError
from athena_local.execution.parameters import bind_parameters
from athena_local.syntax.dialect import parse


def bound(sql: str, *parameters: str) -> str:
    tree = parse(sql)
    bind_parameters(tree, list(parameters))
    return str(tree.sql("trino"))


def test_parameters_are_literals() -> None:
    sql = "SELECT ? FROM t WHERE a = ? AND b IN (?, ?)"
    expected = "SELECT 'it''s' FROM t WHERE a = -1 AND b IN (CAST('2026-01-01' AS DATE), NULL)"
    assert bound(sql, "'it''s'", "-1", "DATE '2026-01-01'", "NULL") == expected


PARTS = (
    "WITH a AS (SELECT ARRAY[{}, {}][{}] AS x)",
    "SELECT {}, CASE x WHEN {} THEN {} ELSE {} END, substring(y FROM {} FOR {})",
    "FROM a JOIN b ON a.x = {} AND b.z BETWEEN {} AND {}", "WHERE a.x IN ({}, {})", "GROUP BY 1 HAVING count(*) > {}",
    "ORDER BY x + {}", "OFFSET {}", "LIMIT {}",
)  # fmt: skip


@settings(max_examples=30)
@given(st.lists(st.booleans(), min_size=len(PARTS), max_size=len(PARTS)))
def test_the_order_is_that_of_the_text(with_marks: list[bool]) -> None:
    sql = "\n".join(part.replace("{}", "?" if marked else "7") for part, marked in zip(PARTS, with_marks, strict=True))
    values = [str(100 + number) for number in range(sql.count("?"))]
    written = sql
    for value in values:
        written = written.replace("?", value, 1)
    assert bound(sql, *values) == parse(written).sql("trino")


@pytest.mark.parametrize(
    ("sql", "value", "expected"),
    [
        ("SELECT 1 LIMIT ?", "2", "SELECT 1 LIMIT 2"),
        ("SELECT 1 LIMIT ?", "1 + 1", "SELECT 1 LIMIT 2"),
        ("SELECT 1 LIMIT ?", "BIGINT '2'", "SELECT 1 LIMIT 2"),
        ("SELECT 1 FETCH FIRST ? ROWS ONLY", "0", "SELECT 1 FETCH FIRST 0 ROWS ONLY"),
    ],
)
def test_numbers_of_rows(sql: str, value: str, expected: str) -> None:
    assert bound(sql, value) == expected


@pytest.mark.parametrize(
    ("sql", "parameters", "name"),
    [
        ("SELECT ?", (), "INVALID_PARAMETER_USAGE: line 1:1: Incorrect number of parameters: expected 1 but found 0"),
        ("SELECT 1", ("1",), "INVALID_PARAMETER_USAGE"),
        ("SELECT 1 LIMIT ?", ("'2'",), "TYPE_MISMATCH"),
        ("SELECT 1 LIMIT ?", ("1.5",), "TYPE_MISMATCH"),
        ("SELECT 1 LIMIT ?", ("NULL",), "INVALID_ARGUMENTS"),
        ("SELECT 1 OFFSET ?", ("-1",), "NUMERIC_VALUE_OUT_OF_RANGE: line 1:1: OFFSET row count must be greater"),
        ("SELECT x FROM t ORDER BY ?", ("1",), "NOT_SUPPORTED"),
        ("SELECT x FROM t GROUP BY ?", ("1",), "NOT_SUPPORTED"),
    ],
)
def test_what_is_refused(sql: str, parameters: tuple[str, ...], name: str) -> None:
    with pytest.raises(QueryError) as caught:
        bound(sql, *parameters)
    assert caught.value.reason.startswith(name)


@pytest.mark.parametrize("text", ["a", "1 FROM x", "(SELECT 1)", "1, 2", "now()", "*", "1 AS x, 2"])
def test_a_parameter_must_be_a_literal(text: str) -> None:
    with pytest.raises(InvalidRequestError):
        bound("SELECT ?", text)
