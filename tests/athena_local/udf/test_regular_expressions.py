"""Java's regular expressions."""

import re

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from athena_local.errors import QueryError
from athena_local.udf.regexp_functions import REGEXP_FUNCTIONS
from athena_local.udf.regular_expressions import compiled, is_plain

_ASCII = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=12)


@given(_ASCII, st.sampled_from([r"\d+", r"[a-z]+", r"(a|b)c", r"^a.*$", r"\w\s", r"a?b", r"\.[0-9]"]))
def test_what_both_libraries_know_means_the_same(text: str, pattern: str) -> None:
    assert [m.group() for m in compiled(pattern).finditer(text)] == [m.group() for m in re.finditer(pattern, text)]


@pytest.mark.parametrize(
    ("text", "pattern", "matches"),
    [
        ("é", r"\w", False),
        ("aab", "a++b", True),
        ("aaa", "(?>a+)a", False),
        ("x-y", r"[\w&&[^y]]-", True),
        ("aa bb", r"(\w)\1", True),
        ("abc\n", "abc$", True),
        ("É", "(?i)é", True),
        ("a.b", r"a\Q.\Eb", True),
        ("axb", r"a\Q.\Eb", False),
    ],
)
def test_javas_syntax(text: str, pattern: str, matches: bool) -> None:
    assert (compiled(pattern).search(text) is not None) is matches


@pytest.mark.parametrize("pattern", ["(", "a\\", r"\p{IsAlphabetic}", "(?u)a", r"\Ga", r"\X"])
def test_other_syntax_is_refused(pattern: str) -> None:
    with pytest.raises(QueryError):
        compiled(pattern)


@pytest.mark.parametrize(
    ("pattern", "plain"),
    [
        (r"^https?://(?:www\.)?([^/]+)/.*$", True),
        (r"(?:a|b)?c", False),
        (r"(?:a(b))?c", False),
        (r"(?:a)??b", False),
        (r"id=(\d+)", True),
        ("a*", False),
        ("(x)?a", False),
        (r"\d+", True),
        ("a|b", False),
        ("(?i)a", False),
        ("(?=a)b", False),
    ],
)
def test_only_plain_patterns_are_left_to_re2(pattern: str, plain: bool) -> None:
    assert is_plain(pattern) is plain


@given(
    st.text("aw./:-", max_size=12),
    st.sampled_from([r"(?:a\.)?(w)", r"(w)(?:/a)?:", r"^(?:a+)?(.)(?:w)?$", r"(?:a*)?(w)"]),
)
def test_a_part_that_may_be_left_out_means_the_same_to_re2(text: str, pattern: str) -> None:
    assert is_plain(pattern)
    (by_re2,) = duckdb.execute("SELECT regexp_replace(?, ?, '<\\1>', 'g')", [text, pattern]).fetchall()
    assert by_re2[0] == REGEXP_FUNCTIONS["java_regexp_replace"].row(text, pattern, "<$1>")


@pytest.mark.parametrize(
    ("replacement", "expected"),
    [("$2$1", "acbb"), (r"\$", "a$b"), ("${two}", "acb"), ("$0!", "abc!b"), ("$11", "ab1b")],
)
def test_a_replacement_takes_groups(replacement: str, expected: str) -> None:
    replace = REGEXP_FUNCTIONS["java_regexp_replace"].row
    assert replace("abcb", "(?<one>b)(?<two>c)", replacement) == expected


@pytest.mark.parametrize("replacement", ["$9", "$", "${no}", "a\\"])
def test_a_replacement_with_an_unknown_group_is_refused(replacement: str) -> None:
    with pytest.raises(QueryError, match="Illegal replacement sequence"):
        REGEXP_FUNCTIONS["java_regexp_replace"].row("a", "(a)", replacement)
