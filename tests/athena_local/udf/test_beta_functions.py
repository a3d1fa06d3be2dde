"""The beta distribution and Student's t."""

import math
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from athena_local.errors import QueryError
from athena_local.udf.beta_functions import incomplete

SHAPES = st.floats(0.1, 50)
Ask = Callable[[str], list[list[str | None]]]


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("beta_cdf(2, 3, 0.2e0)", 0.18079999999999993),
        ("beta_cdf(2, 3, 1e0)", 1),
        ("t_cdf(1e0, 5)", 0.8183912661754388),
        ("t_cdf(0e0, 5)", 0.5),
        ("t_pdf(1e0, 5)", 0.21967979735098062),
    ],
)
def test_value(ask: Ask, expression: str, value: float) -> None:
    assert float(ask(f"SELECT {expression}")[0][0] or "nan") == pytest.approx(value, rel=1e-13)


@given(SHAPES, SHAPES, st.floats(0.01, 0.99))
def test_the_other_side_is_the_rest(a: float, b: float, x: float) -> None:
    assert incomplete(a, b, x) + incomplete(b, a, 1 - x) == pytest.approx(1, abs=1e-9)


@given(st.integers(1, 20), st.floats(0.01, 0.99))
def test_a_power(n: int, x: float) -> None:
    assert incomplete(n, 1, x) == pytest.approx(math.pow(x, n), rel=1e-11)


@pytest.mark.parametrize(
    ("expression", "name"),
    [
        ("beta_cdf(0, 3, 0.2e0)", "INVALID_FUNCTION_ARGUMENT"),
        ("beta_cdf(1, 3, 2e0)", "INVALID_FUNCTION_ARGUMENT"),
        ("inverse_beta_cdf(2, 5, 2e0)", "INVALID_FUNCTION_ARGUMENT"),
        ("inverse_beta_cdf(2, 5, 0.5e0)", "NOT_SUPPORTED"),
        ("t_cdf(1e0, 0)", "INVALID_FUNCTION_ARGUMENT"),
    ],
)
def test_refused(ask_or_name: Ask, expression: str, name: str) -> None:
    with pytest.raises(QueryError) as caught:
        ask_or_name(f"SELECT {expression}")
    assert caught.value.name == name
