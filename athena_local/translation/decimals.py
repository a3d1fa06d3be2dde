"""Decimals: DuckDB divides them as doubles, and multiplies short ones in 18 digits; Trino is exact up to 38."""

from sqlglot import exp

from athena_local.analyzer.trino_types import DECIMALS, Type
from athena_local.syntax.calls import function

_LONGEST, _SHORT = 38, 18
_Numbers = tuple[int, int]


def quotient(node: exp.Div) -> exp.Expr:
    """Return a division; of decimals it is one of whole numbers, rounded half up."""
    if DECIMALS not in node.meta:
        return function("trino_divide", node.this, node.expression)
    a, b, result = node.meta[DECIMALS]
    return divided(node.this, a, node.expression, b, result)


def divided(dividend: exp.Expr, a: _Numbers, divisor: exp.Expr, b: _Numbers, result: _Numbers) -> exp.Expr:
    """Return an exact quotient.

    Parameters
    ----------
    a, b, result
        Precision and scale of the dividend, the divisor and the quotient.
    """
    shift = result[1] - a[1] + b[1]
    unit = exp.cast(exp.Literal.string(f"1E-{result[1]}"), _type((_LONGEST, result[1])))
    whole = exp.Mul(this=_whole(dividend, a), expression=_power(shift))
    return exp.cast(function("own_quotient", whole, _whole(divisor, b), unit), _type(result))


def widened(node: exp.Binary) -> None:
    """Let DuckDB compute a sum, difference or product of short decimals in 38 digits, if its own type needs them."""
    if DECIMALS not in node.meta:
        return
    a, b, result = node.meta[DECIMALS]
    if max(a[0], b[0]) <= _SHORT < result[0]:
        node.set("this", exp.cast(exp.Paren(this=node.this), _type((_LONGEST, a[1]))))


def average(total: exp.Expr, count: exp.Expr, type_: Type) -> exp.Expr:
    """Return the mean of decimals, given their sum and their number."""
    return divided(total, (_LONGEST, type_.numbers[1]), count, (19, 0), (type_.numbers[0], type_.numbers[1]))


def _whole(number: exp.Expr, numbers: _Numbers) -> exp.Expr:
    """Return a decimal without its point, as a HUGEINT."""
    precision, scale = numbers
    if scale == 0:
        return exp.cast(number, "HUGEINT", dialect="duckdb")
    exact = exp.cast(number, _type((_LONGEST, scale)))
    if precision + scale > _LONGEST:
        return function("own_without_point", exact)
    power = exp.cast(_power(scale), _type((_LONGEST, 0)))
    return exp.cast(exp.Mul(this=exact, expression=power), "HUGEINT", dialect="duckdb")


def _power(exponent: int) -> exp.Expr:
    return exp.cast(exp.Literal.string(f"1{'0' * exponent}"), "HUGEINT", dialect="duckdb")


def _type(numbers: _Numbers) -> exp.DataType:
    return exp.DataType(
        this=exp.DType.DECIMAL, expressions=[exp.DataTypeParam(this=exp.Literal.number(each)) for each in numbers]
    )
