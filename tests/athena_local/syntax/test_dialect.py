import pytest

from athena_local.errors import InvalidRequestError
from athena_local.syntax.dialect import parse


@pytest.mark.parametrize(
    ("sql", "message"),
    [
        ("SELECT FROM WHERE", "line 1:8: mismatched input 'FROM'"),
        ("SELECT 1,\n  FROM t )", "line 2:3: mismatched input 'FROM'"),
        ("SELECT 'open", "line 1:"),
        ("SELECT 1; SELECT 2", "Only one sql statement is allowed."),
    ],
)
def test_malformed_queries(sql: str, message: str) -> None:
    with pytest.raises(InvalidRequestError) as caught:
        parse(sql)
    assert caught.value.code == "MALFORMED_QUERY"
    assert caught.value.message.startswith(message)


def test_function_calls_stay_as_they_are_written() -> None:
    assert parse("SELECT date_diff('day', a, b), approx_distinct(x)").sql("trino") == (
        "SELECT DATE_DIFF('day', a, b), APPROX_DISTINCT(x)"
    )
