"""JSON text as Trino writes it."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from athena_local.errors import QueryError
from athena_local.udf.json_text import canonical, double_text

_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)


@given(_VALUES)
def test_the_canonical_text_has_the_same_value_and_stays(value: Any) -> None:
    text = canonical(json.dumps(value))
    assert json.loads(text) == value
    assert canonical(text) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"b": 1, "a": 2}', '{"a":2,"b":1}'),
        ('{"a": 1, "a": 2}', '{"a":2}'),
        ("1.10", "1.1"),
        ("1e3", "1000.0"),
        ("12345678901234567890", "12345678901234567890"),
        ('"\\u0001\\n"', '"\\u0001\\n"'),
    ],
)
def test_keys_are_in_order_and_numbers_are_javas(text: str, expected: str) -> None:
    assert canonical(text) == expected


@pytest.mark.parametrize("text", ["", "nope", "NaN", "{'a': 1}", '{"a":1} x'])
def test_what_is_no_json_is_refused(text: str) -> None:
    with pytest.raises(QueryError, match="Cannot convert value to JSON"):
        canonical(text)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_double_is_read_back_from_its_text(value: float) -> None:
    assert float(double_text(value)) == value


@pytest.mark.parametrize(("value", "text"), [(1e10, "1.0E10"), (1e-4, "1.0E-4"), (0.001, "0.001"), (123.5, "123.5")])
def test_a_double_has_javas_text(value: float, text: str) -> None:
    assert double_text(value) == text
