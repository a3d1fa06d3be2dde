import pytest

from athena_local.udf.printf import FORMAT_FUNCTIONS

_format = FORMAT_FUNCTIONS["java_format"].row
_number = FORMAT_FUNCTIONS["java_format_number"].row


@pytest.mark.parametrize(
    ("pattern", "number", "expected"),
    [
        ("%g", "0.00012345", "0.000123450"),
        ("%g", "123456", "123456"),
        ("%g", "1e7", "1.00000e+07"),
        ("%.3g", "0.0001", "0.000100"),
        ("%g", "0", "0.00000"),
    ],
)
def test_g_has_as_many_digits_as_its_precision(pattern: str, number: str, expected: str) -> None:
    assert _format(pattern, [f"DOUBLE:{number}"]) == expected


def test_a_field_may_take_the_argument_of_the_one_before() -> None:
    assert _format("%tY-%<tm %s", ["DATE:2024-01-02", "VARCHAR:x"]) == "2024-01 x"


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("1.5", "1"),
        ("-0.5", "0"),
        ("999.9", "999"),
        ("1500.5", "1.5K"),
        ("nan", "0"),
        ("inf", "9223Q"),
        ("-99", "-99"),
    ],
)
def test_format_number_has_no_fraction(number: str, expected: str) -> None:
    assert _number(number) == expected
