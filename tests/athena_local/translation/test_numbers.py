"""Macros of numbers.sql, and aggregates, against Trino's documentation."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from athena_local.errors import QueryError, from_duckdb

Ask = Callable[[str], list[list[str | None]]]

ANSWERS = {
    "round(normal_cdf(0, 1, 1.96), 6)": "0.975002",
    "normal_cdf(0, 1, NULL)": None,
    "inverse_normal_cdf(5, 2, 0.5)": "5.0",
    "parse_data_size('1.5kB')": "1536",
    "parse_data_size('3EB')": "3458764513820540928",
    "ln(0)": "-Infinity",
    "sqrt(-4)": "NaN",
    "acos(3)": "NaN",
    "log(2, 0)": "-Infinity",
    "sign(-7.5)": "-1",
    "sign(-7.5e0)": "-1.0",
    "truncate(45.678, 2)": "45.670",
    "round(DECIMAL '99.99', 1)": "100.00",
    "to_base(-31, 16)": "-1f",
    "from_base('-1f', 16)": "-31",
    "width_bucket(3, 10, 0, 5)": "4",
    "width_bucket(3e0, ARRAY[0e0, 2e0, 6e0])": "2",
    "bit_count(-1, 16)": "16",
    "bitwise_left_shift(TINYINT '64', 1)": "-128",
    "bitwise_left_shift(3, 32)": "0",
    "bitwise_right_shift(-8, 1)": "2147483644",
    "bitwise_right_shift_arithmetic(-8, 70)": "-1",
    "typeof(bitwise_or(1, 2))": "bigint",
    "nan() = nan()": "false",
    "nan() <> 2": "true",
    "1 < nan()": "false",
    "round(wilson_interval_lower(10, 20, 1.96e0), 6)": "0.299295",
}
ERRORS = {
    "normal_cdf(0, -1, 1)": "INVALID_FUNCTION_ARGUMENT",
    "inverse_normal_cdf(0, 1, 1)": "INVALID_FUNCTION_ARGUMENT",
    "parse_data_size('5')": "INVALID_FUNCTION_ARGUMENT",
    "from_base('3', 2)": "INVALID_FUNCTION_ARGUMENT",
    "from_base('3', 99)": "INVALID_FUNCTION_ARGUMENT",
    "bit_count(300, 8)": "INVALID_FUNCTION_ARGUMENT",
    "random(0)": "INVALID_FUNCTION_ARGUMENT",
    "random(7, 7)": "INVALID_FUNCTION_ARGUMENT",
    "width_bucket(1, 0, 5, 0)": "INVALID_FUNCTION_ARGUMENT",
    "truncate(1.5e0, 1)": "FUNCTION_NOT_FOUND",
    "wilson_interval_upper(3, 2, 1e0)": "INVALID_FUNCTION_ARGUMENT",
    "two_to(3)": "FUNCTION_NOT_FOUND",
    "st_convexhull(1)": "NOT_SUPPORTED",
    "current_catalog": "NOT_SUPPORTED",
    "current_user": "NOT_SUPPORTED",
    "current_schema": "NOT_SUPPORTED",
}
AGGREGATES = {
    "reduce_agg(x, 0, (a, b) -> a + b, (a, b) -> a + b)": "16",
    "skewness(x)": "1.0182337649086284",
    "corr(x, 1)": None,
    "geometric_mean(x - 1)": "0.0",
    "listagg(CAST(x AS varchar)) WITHIN GROUP (ORDER BY x)": "12310",
    "approx_percentile(x, 1e0)": "10",
    "approx_percentile(x, 1, ARRAY[0e0])": "[1]",
    "sum(x) FILTER (WHERE x < 3)": "3",
    "bitwise_or_agg(x)": "11",
}


@pytest.mark.parametrize("expression", ANSWERS)
def test_expression(ask: Ask, expression: str) -> None:
    assert ask(f"SELECT {expression}") == [[ANSWERS[expression]]]


@pytest.mark.parametrize("expression", ERRORS)
def test_error(ask_or_name: Ask, expression: str) -> None:
    with pytest.raises(QueryError) as caught:
        ask_or_name(f"SELECT {expression}")
    assert caught.value.name == ERRORS[expression]


@pytest.mark.parametrize("aggregate", AGGREGATES)
def test_aggregate(ask: Ask, aggregate: str) -> None:
    assert ask(f"SELECT {aggregate} FROM (VALUES 1, 2, 3, 10) AS t (x)") == [[AGGREGATES[aggregate]]]


def test_a_sum_beyond_bigint_is_refused(ask_or_name: Ask) -> None:
    with pytest.raises(QueryError, match="NUMERIC_VALUE_OUT_OF_RANGE"):
        ask_or_name("SELECT sum(x) FROM (VALUES BIGINT '9223372036854775807', BIGINT '1') AS t (x)")


@settings(max_examples=30, deadline=None)
@given(number=st.integers(-(2**63) + 1, 2**63 - 1), radix=st.integers(2, 36))
def test_a_number_comes_back_from_any_base(ask: Ask, number: int, radix: int) -> None:
    assert ask(f"SELECT from_base(to_base({number}, {radix}), {radix})") == [[str(number)]]


@settings(max_examples=30, deadline=None)
@given(number=st.integers(-(2**31) + 1, 2**31 - 1), bits=st.integers(0, 31))
def test_shifts_are_those_of_32_bits(ask: Ask, number: int, bits: int) -> None:
    left = (number << bits) & 0xFFFFFFFF
    left -= (left >> 31) << 32
    right = (number & 0xFFFFFFFF) >> bits
    right -= (right >> 31) << 32
    shifts = f"bitwise_left_shift(INTEGER '{number}', {bits}), bitwise_right_shift(INTEGER '{number}', {bits})"
    assert ask(f"SELECT {shifts}") == [[str(left), str(right)]]


def test_an_error_of_a_macro_has_trinos_name() -> None:
    error = from_duckdb("Conversion Error: Could not convert string 'trino:DIVISION_BY_ZERO: it's 0' to INT32")
    assert error.reason == "DIVISION_BY_ZERO: it's 0"
