"""Text, formats and varbinary as Trino has them."""

import base64
from collections.abc import Callable

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from athena_local.errors import QueryError, from_duckdb
from athena_local.udf.binary_functions import BINARY_FUNCTIONS
from athena_local.udf.printf import FORMAT_FUNCTIONS
from athena_local.udf.text_functions import TEXT_FUNCTIONS


@given(st.binary())
def test_bytes_come_back_from_every_encoding(data: bytes) -> None:
    for name in ("base64url", "base32"):
        there, back = BINARY_FUNCTIONS[f"java_to_{name}"].row, BINARY_FUNCTIONS[f"java_from_{name}"].row
        assert back(there(data)) == data
    assert BINARY_FUNCTIONS["java_from_base64"].row(base64.b64encode(data).decode().rstrip("=")) == data
    assert BINARY_FUNCTIONS["java_from_hex"].row(data.hex()) == data


@given(st.integers(-(2**63), 2**63 - 1))
def test_a_bigint_comes_back_from_bytes(number: int) -> None:
    data = BINARY_FUNCTIONS["java_to_big_endian_64"].row(number)
    assert BINARY_FUNCTIONS["java_from_big_endian_64"].row(data) == number


@pytest.mark.parametrize(
    ("name", "argument"),
    [("from_hex", "0"), ("from_hex", "zz"), ("from_base64", "!"), ("from_base32", "me"), ("from_big_endian_32", b"1")],
)
def test_what_is_no_encoding_is_refused(name: str, argument: object) -> None:
    with pytest.raises(QueryError, match="INVALID_FUNCTION_ARGUMENT"):
        BINARY_FUNCTIONS[f"java_{name}"].row(argument)


@pytest.mark.parametrize(
    ("pattern", "arguments", "text"),
    [
        ("%s is %d", ["VARCHAR:x", "INTEGER:5"], "x is 5"),
        ("%05d|%-5d|%,d", ["INTEGER:-3", "INTEGER:2", "BIGINT:-1234567"], "-0003|2    |-1,234,567"),
        ("%.2f", ["DECIMAL(4,3):2.345"], "2.35"),
        ("%e", ["DOUBLE:12345.678"], "1.234568e+04"),
        ("%x", ["BIGINT:-1"], "ffffffffffffffff"),
        ("%2$s %1$s", ["VARCHAR:a", "VARCHAR:b"], "b a"),
        ("%s %d", [":", ":"], "null null"),
        ("%s", ["TIMESTAMP:2024-01-02 03:04:00"], "2024-01-02T03:04"),
        ("100%% %S", ["VARCHAR:é"], "100% É"),
    ],
)
def test_a_format_is_javas(pattern: str, arguments: list[str], text: str) -> None:
    assert FORMAT_FUNCTIONS["java_format"].row(pattern, arguments) == text


@pytest.mark.parametrize(
    ("pattern", "argument"), [("%d", "VARCHAR:a"), ("%f", "BIGINT:1"), ("%s %s", "VARCHAR:a"), ("%", ":")]
)
def test_a_format_that_does_not_fit_is_refused(pattern: str, argument: str) -> None:
    with pytest.raises(QueryError, match="Invalid format string"):
        FORMAT_FUNCTIONS["java_format"].row(pattern, [argument])


@given(st.text("ab", max_size=8), st.text("ab", min_size=1, max_size=2))
def test_the_first_and_the_last_instance_are_pythons(text: str, part: str) -> None:
    strpos = TEXT_FUNCTIONS["java_strpos"].row
    assert strpos(text, part, 1) == text.find(part) + 1
    assert strpos(text, part, -1) == text.rfind(part) + 1


@pytest.mark.parametrize(("text", "code"), [("Robert", "R163"), ("Pfister", "P236"), ("", ""), ("Ashcraft", "A261")])
def test_soundex(text: str, code: str) -> None:
    assert TEXT_FUNCTIONS["java_soundex"].row(text) == code


@pytest.mark.parametrize(
    ("expression", "reason"),
    [
        ("'ab' LIKE 'a!b' ESCAPE '!'", "INVALID_FUNCTION_ARGUMENT: Escape character must be followed"),
        ("length(5)", "FUNCTION_NOT_FOUND"),
        ("md5('abc')", "FUNCTION_NOT_FOUND"),
        ("JSON 'nope'", "INVALID_LITERAL"),
        ("json_extract('{}', '$..a')", "INVALID_FUNCTION_ARGUMENT: Invalid JSON path"),
        ("format('%s', ARRAY[1])", "NOT_SUPPORTED"),
        ("json_value('{}', '$.a')", "SYNTAX_ERROR"),
        ("regexp_extract('abc', '(a)', 2)", "INVALID_FUNCTION_ARGUMENT: Pattern has 1 groups"),
    ],
)
def test_what_trino_refuses_is_refused(ask: Callable[[str], object], expression: str, reason: str) -> None:
    with pytest.raises((QueryError, duckdb.Error)) as raised:
        ask(f"SELECT {expression}")
    error = raised.value
    assert (error if isinstance(error, QueryError) else from_duckdb(str(error))).reason.startswith(reason)
