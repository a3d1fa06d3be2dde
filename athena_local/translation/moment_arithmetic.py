"""Arithmetic with dates, times and intervals."""

from dataclasses import replace

from sqlglot import exp

from athena_local.translation.moment_changes import Changed, is_constant, mismatch, on_clock
from athena_local.translation.moment_columns import moment
from athena_local.translation.moments import (
    DATE,
    MONTHS,
    SPAN,
    TIME,
    TIME_ZONED,
    Moment,
    made,
)


def add(node: exp.Add) -> Changed | None:
    """Return a sum in which a date, time or interval is."""
    left, right = moment(node.this), moment(node.expression)
    if left and left.is_interval and not (right and right.is_interval):
        return _plus(node, node.expression, right, node.this, left, "+")
    return _plus(node, node.this, left, node.expression, right, "+")


def subtract(node: exp.Sub) -> Changed | None:
    """Return a difference in which a date, time or interval is."""
    left, right = moment(node.this), moment(node.expression)
    if left and right and not right.is_interval:
        if left.kind == right.kind == TIME:
            return made("trino_time_span", node.expression, node.this), Moment(kind=SPAN)
        if left.is_interval or TIME in (left.kind, right.kind):
            raise mismatch(node, "-")
        return made("trino_span_between", node.expression, node.this), Moment(kind=SPAN)
    return _plus(node, node.this, left, node.expression, right, "-")


def _plus(  # noqa: PLR0917  (two operands with their types)
    node: exp.Expr, value: exp.Expr, told: Moment | None, step: exp.Expr, by: Moment | None, sign: str
) -> Changed | None:
    if by is None or not by.is_interval:
        if told and is_constant(step):
            raise mismatch(node, sign)
        return None
    if sign == "-":
        step = exp.Neg(this=exp.Paren(this=step))
    if told is None:
        if is_constant(value):
            raise mismatch(node, sign)
        return made("trino_plus_months" if by.kind == MONTHS else "trino_plus_span", value, step), None
    if told.is_interval:
        if told.kind != by.kind:
            raise mismatch(node, sign)
        return made("trino_interval_sum", value, step), told
    return _moved(node, value, told, step, by, sign)


def _moved(node: exp.Expr, value: exp.Expr, told: Moment, step: exp.Expr, by: Moment, sign: str) -> Changed:  # noqa: PLR0917  (two operands with their types)
    if told.kind == TIME_ZONED or (told.kind == TIME and by.kind == MONTHS):
        raise mismatch(node, sign)
    if told.kind == DATE:
        return made("trino_plus_months" if by.kind == MONTHS else "trino_plus_span", value, step), told
    if by.kind == MONTHS:
        return on_clock(value, told, lambda clock: made("trino_plus_months", clock, step)), told
    digits = max(told.precision or 0, 3)
    return made("trino_plus_span", value, step), replace(told, precision=digits)


def multiply(node: exp.Mul) -> Changed | None:
    """Return an interval times a number."""
    left, right = moment(node.this), moment(node.expression)
    if left and left.is_interval and not right:
        return _scaled(node.this, left, node.expression, "trino_times")
    if right and right.is_interval and not left:
        return _scaled(node.expression, right, node.this, "trino_times")
    return _refuse(node, left, right, "*")


def divide(node: exp.Div) -> Changed | None:
    """Return an interval by a number."""
    left, right = moment(node.this), moment(node.expression)
    if left and left.is_interval and not right:
        return _scaled(node.this, left, node.expression, "trino_parts")
    return _refuse(node, left, right, "/")


def _refuse(node: exp.Expr, left: Moment | None, right: Moment | None, sign: str) -> Changed | None:
    if left or right:
        raise mismatch(node, sign)
    return None


def _scaled(value: exp.Expr, told: Moment, factor: exp.Expr, name: str) -> Changed:
    return made(f"{name}_{'span' if told.kind == SPAN else 'months'}", value, factor), told


def negate(node: exp.Neg) -> Changed | None:
    """Return an interval the other way."""
    told = moment(node.this)
    return (node, told) if told and told.is_interval else None
