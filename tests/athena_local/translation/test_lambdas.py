"""array_sort with a comparator, and reduce with a state of another type."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from athena_local.errors import QueryError

Ask = Callable[[str], list[list[str | None]]]
DOWNWARDS = "(a, b) -> IF(a < b, 1, IF(a = b, 0, -1))"
BY_REMAINDER = "(a, b) -> IF(a % 3 < b % 3, -1, IF(a % 3 = b % 3, 0, 1))"


@given(numbers=st.lists(st.integers(0, 99), max_size=8))
def test_equal_elements_keep_their_order(ask: Ask, numbers: list[int]) -> None:
    ordered = sorted(numbers, key=lambda number: number % 3)
    answer = f"[{', '.join(map(str, ordered))}]"
    assert ask(f"SELECT array_sort(CAST(ARRAY{numbers} AS array(integer)), {BY_REMAINDER})") == [[answer]]


def test_null_has_no_order(ask: Ask) -> None:
    assert ask(f"SELECT array_sort(CAST(NULL AS array(integer)), {DOWNWARDS})") == [[None]]


@pytest.mark.parametrize(
    ("comparator", "name"),
    [("(a, b) -> 5", "INVALID_FUNCTION_ARGUMENT"), ("(a, b) -> 1", "NOT_SUPPORTED")],
)
def test_comparators_that_are_none(ask_or_name: Ask, comparator: str, name: str) -> None:
    with pytest.raises(QueryError) as caught:
        ask_or_name(f"SELECT array_sort(ARRAY[2, 1], {comparator})")
    assert caught.value.name == name
