"""Operators on dates, times and intervals."""

from collections.abc import Callable
from typing import Any

from sqlglot import exp

from athena_local.errors import QueryError
from athena_local.translation import moment_literals
from athena_local.translation.moment_arithmetic import add, divide, multiply, negate, subtract
from athena_local.translation.moment_casts import cast
from athena_local.translation.moment_changes import Changed, is_constant, mismatch, type_name
from athena_local.translation.moment_columns import combined, moment
from athena_local.translation.moment_zones import at_time_zone
from athena_local.translation.moments import (
    DATE,
    TIME_ZONED,
    TIMESTAMP,
    UTC,
    ZONED,
    Moment,
)

_SIGNS: dict[type[exp.Expr], str] = {
    exp.EQ: "=", exp.NEQ: "<>", exp.LT: "<", exp.LTE: "<=", exp.GT: ">", exp.GTE: ">=",
}  # fmt: skip


def _interval(node: exp.Interval) -> Changed | None:
    return None if isinstance(node.parent, exp.DataType) else moment_literals.interval(node)


def _compare(node: exp.Binary) -> Changed | None:
    left, right = moment(node.this), moment(node.expression)
    for told, other, node_ in ((left, right, node.expression), (right, left, node.this)):
        if told and (is_constant(node_) if other is None else _differs(told, other)):
            raise mismatch(node, _SIGNS.get(type(node), "="))
    return None


def _within(node: exp.In | exp.Between) -> Changed | None:
    told = moment(node.this)
    others = node.expressions if isinstance(node, exp.In) else [node.args["low"], node.args["high"]]
    for other in others if told else []:
        by = moment(other)
        if told and (is_constant(other) if by is None else _differs(told, by)):
            raise QueryError("TYPE_MISMATCH", f"line 1:1: Cannot check if {told.name} is among {type_name(other)}")
    return None


def _joined(node: exp.DPipe) -> Changed | None:
    if moment(node.this) or moment(node.expression):
        sides = f"({type_name(node.this)}, {type_name(node.expression)})"
        raise QueryError("FUNCTION_NOT_FOUND", f"line 1:1: Unexpected parameters {sides} for function concat")
    return None


def _differs(a: Moment, b: Moment) -> bool:
    days = (DATE, TIMESTAMP, ZONED)
    return a.kind != b.kind and not (a.kind in days and b.kind in days)


def _array(node: exp.Array) -> Changed | None:
    told = combined(list(node.expressions)) if node.expressions else None
    if told and told.is_elsewhere:
        raise QueryError("NOT_SUPPORTED", f"an array of timestamps in the zone {told.zone} is not answered offline")
    if told:
        node.meta["elements"] = told
    return (node, None) if told else None


OPERATORS: dict[type[exp.Expr], Callable[[Any], Changed | None]] = {
    exp.Cast: cast,
    exp.Interval: _interval,
    exp.Add: add,
    exp.Sub: subtract,
    exp.Mul: multiply,
    exp.Div: divide,
    exp.Neg: negate,
    **dict.fromkeys(_SIGNS, _compare),
    exp.In: _within,
    exp.Between: _within,
    exp.DPipe: _joined,
    exp.Array: _array,
    exp.AtTimeZone: at_time_zone,
    exp.CurrentDate: lambda node: (node, Moment(kind=DATE)),
    exp.CurrentTime: lambda node: (node, Moment(kind=TIME_ZONED, precision=3, zone=UTC)),
}
