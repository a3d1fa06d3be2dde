from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from athena_local.errors import QueryError

Ask = Callable[[str], list[list[str | None]]]


@given(st.lists(st.integers(-50, 50), min_size=1, max_size=40), st.integers(0, 100))
def test_approx_percentile_is_the_value_at_the_floor_of_its_place(ask: Ask, values: list[int], hundredths: int) -> None:
    """As Trino's digest has it while it holds every value: 3 is the median of 1, 2, 3, 4."""
    rows = ", ".join(f"({value})" for value in values)
    place = min(hundredths * len(values) // 100, len(values) - 1)
    fraction = f"{hundredths / 100:.2f}"
    assert ask(f"SELECT approx_percentile(x, {fraction}) FROM (VALUES {rows}) AS t (x)") == [
        [str(sorted(values)[place])]
    ]


def test_approx_percentile_of_decimals_is_a_double(ask: Ask) -> None:
    assert ask("SELECT approx_percentile(x, ARRAY[0.5, 1]) FROM (VALUES 1.5, 2.5) AS t (x)") == [["[2.5, 2.5]"]]


@pytest.mark.parametrize(
    ("call", "name"),
    [
        ("approx_percentile(nan(), 0.5)", "INVALID_FUNCTION_ARGUMENT"),
        ("approx_percentile(1e0, 1.5)", "INVALID_FUNCTION_ARGUMENT"),
        ("approx_percentile(1e0, 3, 0.5)", "NOT_SUPPORTED"),
    ],
)
def test_what_approx_percentile_refuses(ask_or_name: Ask, call: str, name: str) -> None:
    with pytest.raises(QueryError, match=name):
        ask_or_name(f"SELECT {call}")
