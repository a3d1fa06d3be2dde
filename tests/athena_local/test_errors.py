import pytest

from athena_local.errors import CancelledError, QueryError, from_duckdb


@pytest.mark.parametrize(
    ("message", "reason"),
    [
        (
            "Conversion Error: Could not convert string 'Division by zero0' to INT32",
            "DIVISION_BY_ZERO: Division by zero",
        ),
        (
            "Conversion Error: Could not convert string 'x' to INT64\n\nLINE 1",
            "INVALID_CAST_ARGUMENT: Cannot cast 'x' to BIGINT",
        ),
        (
            "Conversion Error: Could not convert string 'not an integer: 1.5' to INT64",
            "INVALID_CAST_ARGUMENT: Cannot cast '1.5' to BIGINT",
        ),
        (
            'Conversion Error: date field value out of range: "2026-13-01" when casting from source column x',
            "INVALID_CAST_ARGUMENT: Value cannot be cast to date: 2026-13-01",
        ),
        (
            'Invalid Input Error: Malformed JSON at byte 0 of input: unexpected character.  Input: "bad"',
            "INVALID_FUNCTION_ARGUMENT: Cannot convert value to JSON: 'bad'",
        ),
        (
            'Binder Error: Referenced column "a" not found in FROM clause!',
            "COLUMN_NOT_FOUND: line 1:1: Column 'a' cannot be resolved",
        ),
        (
            "Binder Error: No function matches the given name and argument types 'abs()'.",
            "NOT_SUPPORTED: a function is not supported offline with these arguments",
        ),
        (
            "Binder Error: No function matches the given name and argument types '~~(INTEGER, VARCHAR)'.",
            "NOT_SUPPORTED: a function is not supported offline with these arguments",
        ),
        ('Binder Error: column "a" must appear in the GROUP BY clause or', "EXPRESSION_NOT_AGGREGATE: column"),
        ("Parser Error: syntax error", "NOT_SUPPORTED: the statement is not supported offline: syntax error"),
        ("Out of Memory Error: failed", "EXCEEDED_LOCAL_MEMORY_LIMIT: failed"),
        ("IO Error: disk", "GENERIC_INTERNAL_ERROR: IO Error: disk"),
    ],
)
def test_duckdbs_errors_have_trinos_names(message: str, reason: str) -> None:
    assert from_duckdb(message).reason.startswith(reason)


def test_who_is_to_blame() -> None:
    assert QueryError("SYNTAX_ERROR", "x").as_api()["ErrorCategory"] == 2
    assert QueryError("GENERIC_INTERNAL_ERROR", "x").as_api()["ErrorCategory"] == 1


def test_a_cancellation_has_no_error_name() -> None:
    assert CancelledError("Bytes scanned limit was exceeded").reason == "Bytes scanned limit was exceeded"
    assert CancelledError("x").state == "CANCELLED"


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        (
            "Invalid Input Error: Unable to cast 'x' (from hive partition column 'N') to: 'INTEGER'",
            "HIVE_INVALID_PARTITION_VALUE: Unable to cast 'x' (from hive partition column 'N') to: 'INTEGER'",
        ),
        (
            'IO Error: Cannot open file "/home/me/copies/shop/n=1/ab.parquet": Too many open files',
            'GENERIC_INTERNAL_ERROR: IO Error: Cannot open file "a file": Too many open files',
        ),
    ],
)
def test_what_an_error_tells_of_files(message: str, expected: str) -> None:
    assert str(from_duckdb(message)) == expected
