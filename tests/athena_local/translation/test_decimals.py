"""Decimals are divided exactly, and rounded half up."""

from decimal import ROUND_HALF_UP, Decimal, localcontext

from hypothesis import given
from hypothesis import strategies as st
from sqlglot import exp

from athena_local.execution.engine import Engine
from athena_local.syntax.dialect import to_duckdb
from athena_local.translation.decimals import divided

NUMBERS = st.decimals(min_value=-(10**13), max_value=10**13, places=4, allow_nan=False)


def quotient(engine: Engine, a: Decimal, b: Decimal) -> Decimal:
    numbers = [exp.cast(exp.Literal.string(f"{each:f}"), "DECIMAL(18, 4)") for each in (a, b)]
    query = exp.select(divided(numbers[0], (18, 4), numbers[1], (18, 4), (22, 4)))
    with engine.cursor() as cursor:
        row = cursor.execute(to_duckdb(query)).fetchone()
    return row[0] if row else Decimal("nan")


@given(NUMBERS, NUMBERS.filter(bool))
def test_a_quotient_is_the_nearest_decimal(engine: Engine, a: Decimal, b: Decimal) -> None:
    with localcontext() as context:
        context.prec = 60
        expected = (a / b).quantize(Decimal("0.0001"), rounding=ROUND_HALF_UP)
    assert quotient(engine, a, b) == expected


def test_a_quotient_that_a_double_cannot_hold(engine: Engine) -> None:
    assert quotient(engine, Decimal("12345678901234.5678"), Decimal("0.0003")) == Decimal("41152263004115226.0000")
