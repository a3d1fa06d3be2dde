import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from athena_local.syntax.quotes import bare, blank, literal, quoted, unquoted

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1)


@given(TEXTS)
def test_duckdb_reads_names_and_texts_back(text: str) -> None:
    answer = duckdb.execute(f"SELECT {literal(text)} AS {quoted(text)}")
    assert (answer.description or [])[0][0] == text
    assert answer.fetchall() == [(text,)]


@given(TEXTS)
def test_a_literal_reads_back(text: str) -> None:
    assert unquoted(literal(text)) == text


@pytest.mark.parametrize("name", ["Clicks", "`CLICKS`", '"Clicks"'])
def test_names_without_quotes(name: str) -> None:
    assert bare(name) == "clicks"


def test_what_is_behind_a_blank_keeps_its_line_and_column() -> None:
    assert blank("EXPLAIN\n  (x) ") == "       \n      "
