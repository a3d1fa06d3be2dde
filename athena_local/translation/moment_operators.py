"""Operators, casts, literals and EXTRACT on dates, times and intervals."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from sqlglot import exp

from athena_local.errors import QueryError
from athena_local.translation import moment_literals
from athena_local.translation.moment_columns import combined, moment
from athena_local.translation.moment_literals import NotReadableError, kind_of
from athena_local.translation.moments import (
    DATE,
    MONTHS,
    SPAN,
    TIME,
    TIME_ZONED,
    TIMESTAMP,
    UTC,
    ZONED,
    Moment,
    instant,
    local,
    made,
    zone_name,
)  # fmt: skip

Changed = tuple[exp.Expr, Moment | None]
_READERS = {
    exp.DType.TIME: moment_literals.read_time, exp.DType.TIMETZ: moment_literals.read_time,
    exp.DType.TIMESTAMP: moment_literals.read_timestamp, exp.DType.TIMESTAMPTZ: moment_literals.read_timestamp,
}  # fmt: skip
_TYPES = {DATE: exp.DType.DATE, TIME: exp.DType.TIME, TIMESTAMP: exp.DType.TIMESTAMP, ZONED: exp.DType.TIMESTAMPTZ}


def here(node: exp.Expr) -> exp.Expr:
    """Return a value as its clock shows it: the local time of what has a zone."""
    told = moment(node)
    return local(node, told.zone or UTC) if told and told.kind == ZONED and told.is_elsewhere else node


def text(node: exp.Expr | None) -> str | None:
    """Return the text of a string literal."""
    return str(node.this) if isinstance(node, exp.Literal) and node.is_string else None


# Literals and casts --------------------------------------------------------------------------------------------------


def _cast(node: exp.Cast) -> Changed | None:
    to: exp.DataType = node.args["to"]
    told = kind_of(to)
    if told is None:
        return _cast_elsewhere(node, to)
    value = text(node.this)
    if value is not None:
        return _read(node, to, told, value)
    given = moment(node.this)
    if given is None:
        return _cast_unknown(node, told)
    return _cast_moment(node, given, told)


def _read(node: exp.Cast, to: exp.DataType, told: Moment, value: str) -> Changed:
    literal = bool(node.meta.get("literal"))
    try:
        if told.kind == DATE:
            return exp.cast(exp.Literal.string(moment_literals.read_date(value)), exp.DType.DATE), told
        read, found = _READERS[to.this](value)
    except NotReadableError:
        return _unreadable(node, told, value, literal)
    if not literal:
        return _read_as(read, found, told, value)
    if found.kind == TIME_ZONED:
        return exp.cast(exp.Literal.string(read), exp.DType.TIMETZ), _time_with_zone(found)
    return exp.cast(exp.Literal.string(read), _TYPES[found.kind]), found


def _time_with_zone(found: Moment) -> Moment:
    raise QueryError("NOT_SUPPORTED", f"a {found.kind} is not answered offline")


def _read_as(read: str, found: Moment, told: Moment, value: str) -> Changed:
    """Return a cast of a text, rounded to the digits that the type has; a zone that it lacks is left out."""
    if TIME_ZONED in (found.kind, told.kind):
        return exp.null(), _time_with_zone(replace(found, kind=TIME_ZONED))
    if told.kind == TIMESTAMP and found.kind == ZONED:
        zone = value[value.index(":") :].lstrip("0123456789:.").strip()
        read, found = moment_literals.read_timestamp(value.strip().removesuffix(zone).strip())
    result = exp.cast(exp.Literal.string(read if found.kind == told.kind else f"{read}+00"), _TYPES[told.kind])
    return rounded(result, found, told), replace(told, zone=(found.zone or UTC) if told.kind == ZONED else None)


def _unreadable(node: exp.Cast, told: Moment, value: str, literal: bool) -> Changed:
    if literal:
        raise QueryError(
            "INVALID_LITERAL", f"line 1:1: '{value}' is not a valid {told.kind.split()[0].upper()} literal"
        )
    if isinstance(node, exp.TryCast):
        return exp.cast(exp.null(), _TYPES.get(told.kind, exp.DType.TIMETZ)), told
    return made(
        "trino_raise", exp.Literal.string("INVALID_CAST_ARGUMENT"),
        exp.Literal.string(f"Value cannot be cast to {told.kind}: {value}"),
        exp.cast(exp.null(), _TYPES.get(told.kind, exp.DType.TIMETZ)),
    ), told  # fmt: skip


def _cast_unknown(node: exp.Cast, told: Moment) -> Changed:
    """Return a cast of a column: a text must have Trino's form."""
    if told.kind == TIME_ZONED:
        _time_with_zone(told)
    if isinstance(node.this, exp.Null):
        return node, told
    if _is_constant(node.this):
        raise QueryError("TYPE_MISMATCH", f"line 1:1: Cannot cast {type_name(node.this)} to {told.name}")
    name = {DATE: "trino_date_text", TIMESTAMP: "trino_timestamp_text", ZONED: "trino_zoned_text"}.get(told.kind)
    if name:
        node.set("this", made(name, node.this))
    return rounded(node, replace(told, precision=6), told) if told.kind in (TIMESTAMP, ZONED) else node, told


def _cast_moment(node: exp.Cast, given: Moment, told: Moment) -> Changed:
    if TIME_ZONED in (given.kind, told.kind):
        _time_with_zone(told)
    if given.is_interval or (given.kind == TIME and told.kind == DATE) or (given.kind == DATE and told.kind == TIME):
        raise QueryError("TYPE_MISMATCH", f"line 1:1: Cannot cast {given.name} to {told.name}")
    if given.kind == ZONED and told.kind != ZONED:
        node.set("this", local(node.this, given.zone or UTC))
    if given.kind == TIME and told.kind in (TIMESTAMP, ZONED):
        today = made("trino_today_at", node.this)
        return exp.cast(today, _TYPES[told.kind]), told
    result = rounded(node, given, told)
    return result, replace(told, zone=(given.zone or UTC) if told.kind == ZONED else None)


def rounded(node: exp.Expr, given: Moment, told: Moment) -> exp.Expr:
    """Return a value with the digits of a second that its type has."""
    if (given.precision or 0) <= (told.precision or 0) or told.precision is None:
        return node
    name = {TIMESTAMP: "trino_round_timestamp", ZONED: "trino_round_zoned", TIME: "trino_round_time"}[told.kind]
    return made(name, node.copy(), exp.Literal.number(10 ** (6 - min(told.precision, 6))))


def _cast_elsewhere(node: exp.Cast, to: exp.DataType) -> Changed | None:
    given = moment(node.this)
    if given is None:
        if isinstance(to.this, exp.Interval) and text(node.this) is not None:
            raise QueryError("TYPE_MISMATCH", "line 1:1: Cannot cast varchar to an interval")
        return None
    if to.is_type(*exp.DataType.TEXT_TYPES):
        node.set("this", shown(node.this, given))
        return node, None
    if to.is_type(exp.DType.JSON) and given.kind in (DATE, TIMESTAMP):
        return node, None
    if isinstance(to.this, exp.Interval):
        return node.this, given
    raise QueryError("TYPE_MISMATCH", f"line 1:1: Cannot cast {given.name} to {to.sql('trino').lower()}")


def shown(node: exp.Expr, given: Moment) -> exp.Expr:
    """Return the text that a cast to varchar gives."""
    if given.is_interval:
        return made("trino_span_text" if given.kind == SPAN else "trino_months_text", node)
    if given.kind == DATE:
        return made("strftime", node, exp.Literal.string("%Y-%m-%d"))
    if given.kind not in (TIMESTAMP, ZONED):
        return node
    digits = exp.Literal.number(given.precision or 0)
    clock = made("trino_timestamp_digits", local(node, given.zone or UTC) if given.kind == ZONED else node, digits)
    if given.kind == TIMESTAMP:
        return clock
    return exp.Paren(this=exp.DPipe(this=clock, expression=exp.Literal.string(f" {given.zone or UTC}"), safe=False))


def _interval(node: exp.Interval) -> Changed | None:
    return None if isinstance(node.parent, exp.DataType) else moment_literals.interval(node)


# Arithmetic ----------------------------------------------------------------------------------------------------------


def _mismatch(node: exp.Expr, sign: str) -> QueryError:
    sides = [type_name(node.this), type_name(node.expression)]
    return QueryError("TYPE_MISMATCH", f"line 1:1: Cannot apply operator: {sides[0]} {sign} {sides[1]}")


def type_name(node: exp.Expr) -> str:
    """Return the name of an expression's type for an error."""
    told = moment(node)
    if told:
        return told.name
    value = node.unnest()
    if isinstance(value, exp.Literal):
        return f"varchar({len(value.name)})" if value.is_string else "integer"
    return "boolean" if isinstance(value, exp.Boolean) else "unknown"


def _add(node: exp.Add) -> Changed | None:
    left, right = moment(node.this), moment(node.expression)
    if left and left.is_interval and not (right and right.is_interval):
        return _plus(node, node.expression, right, node.this, left, "+")
    return _plus(node, node.this, left, node.expression, right, "+")


def _subtract(node: exp.Sub) -> Changed | None:
    left, right = moment(node.this), moment(node.expression)
    if left and right and not right.is_interval:
        if left.is_interval or TIME in (left.kind, right.kind):
            raise _mismatch(node, "-")
        return made("trino_span_between", node.expression, node.this), Moment(kind=SPAN)
    return _plus(node, node.this, left, node.expression, right, "-")


def _plus(  # noqa: PLR0917  (two operands with their types)
    node: exp.Expr, value: exp.Expr, told: Moment | None, step: exp.Expr, by: Moment | None, sign: str
) -> Changed | None:
    if by is None or not by.is_interval:
        if told and _is_constant(step):
            raise _mismatch(node, sign)
        return None
    if sign == "-":
        step = exp.Neg(this=exp.Paren(this=step))
    if told is None:
        if _is_constant(value):
            raise _mismatch(node, sign)
        return made("trino_plus_months" if by.kind == MONTHS else "trino_plus_span", value, step), None
    if told.is_interval:
        if told.kind != by.kind:
            raise _mismatch(node, sign)
        return made("trino_interval_sum", value, step), told
    return _moved(node, value, told, step, by, sign)


def _is_constant(node: exp.Expr) -> bool:
    return isinstance(node.unnest(), exp.Literal | exp.Boolean)


def _moved(node: exp.Expr, value: exp.Expr, told: Moment, step: exp.Expr, by: Moment, sign: str) -> Changed:  # noqa: PLR0917  (two operands with their types)
    if told.kind == TIME_ZONED or (told.kind == TIME and by.kind == MONTHS):
        raise _mismatch(node, sign)
    if told.kind == DATE:
        return made("trino_plus_months" if by.kind == MONTHS else "trino_plus_span", value, step), told
    if by.kind == MONTHS:
        return on_clock(value, told, lambda clock: made("trino_plus_months", clock, step)), told
    digits = max(told.precision or 0, 3)
    return made("trino_plus_span", value, step), replace(told, precision=digits)


def on_clock(value: exp.Expr, told: Moment, change: Callable[[exp.Expr], exp.Expr]) -> exp.Expr:
    """Return a value changed as its clock shows it."""
    if told.kind != ZONED:
        return change(value)
    return instant(change(local(value, told.zone or UTC)), told.zone or UTC)


def _multiply(node: exp.Mul) -> Changed | None:
    left, right = moment(node.this), moment(node.expression)
    if left and left.is_interval and not right:
        return _scaled(node.this, left, node.expression, "trino_times")
    if right and right.is_interval and not left:
        return _scaled(node.expression, right, node.this, "trino_times")
    return _refuse(node, left, right, "*")


def _divide(node: exp.Div) -> Changed | None:
    left, right = moment(node.this), moment(node.expression)
    if left and left.is_interval and not right:
        return _scaled(node.this, left, node.expression, "trino_parts")
    return _refuse(node, left, right, "/")


def _refuse(node: exp.Expr, left: Moment | None, right: Moment | None, sign: str) -> Changed | None:
    if left or right:
        raise _mismatch(node, sign)
    return None


def _scaled(value: exp.Expr, told: Moment, factor: exp.Expr, name: str) -> Changed:
    return made(f"{name}_{'span' if told.kind == SPAN else 'months'}", value, factor), told


def _negate(node: exp.Neg) -> Changed | None:
    told = moment(node.this)
    return (node, told) if told and told.is_interval else None


# Comparisons, EXTRACT, zones -----------------------------------------------------------------------------------------


def _compare(node: exp.Binary) -> Changed | None:
    left, right = moment(node.this), moment(node.expression)
    for told, other, node_ in ((left, right, node.expression), (right, left, node.this)):
        if told and (_is_constant(node_) if other is None else _differs(told, other)):
            raise _mismatch(node, _SIGNS.get(type(node), "="))
    return None


def _within(node: exp.In | exp.Between) -> Changed | None:
    told = moment(node.this)
    others = node.expressions if isinstance(node, exp.In) else [node.args["low"], node.args["high"]]
    for other in others if told else []:
        by = moment(other)
        if told and (_is_constant(other) if by is None else _differs(told, by)):
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


_SIGNS: dict[type[exp.Expr], str] = {
    exp.EQ: "=", exp.NEQ: "<>", exp.LT: "<", exp.LTE: "<=", exp.GT: ">", exp.GTE: ">=",
}  # fmt: skip


def _array(node: exp.Array) -> Changed | None:
    told = combined(list(node.expressions)) if node.expressions else None
    if told and told.is_elsewhere:
        raise QueryError("NOT_SUPPORTED", f"an array of timestamps in the zone {told.zone} is not answered offline")
    if told:
        node.meta["elements"] = told
    return (node, None) if told else None


def _at_time_zone(node: exp.AtTimeZone) -> Changed:
    zone = node.args["zone"]
    if "minutes" in zone.meta:
        return at_zone(node.this, zone.meta["minutes"])
    if moment(zone):
        raise QueryError("NOT_SUPPORTED", "AT TIME ZONE with a computed interval is not answered offline")
    name = text(zone)
    if name is None:
        raise QueryError("SYNTAX_ERROR", "line 1:1: mismatched input. Expecting: 'INTERVAL', <string>")
    return at_zone(node.this, name)


def at_zone(value: exp.Expr, name: str) -> Changed:
    """Return the same instants, shown in a zone."""
    zone = zone_name(name)
    if zone is None:
        raise QueryError("INVALID_FUNCTION_ARGUMENT", f"'{name}' is not a valid time zone")
    told = moment(value)
    if told and (told.is_interval or told.kind in (DATE, TIME, TIME_ZONED)):
        if told.kind in (TIME, TIME_ZONED):
            _time_with_zone(replace(told, kind=TIME_ZONED))
        raise QueryError("TYPE_MISMATCH", f"line 1:1: Type of value must be a time or timestamp, not {told.name}")
    result = exp.cast(value, exp.DType.TIMESTAMPTZ)
    return result, Moment(kind=ZONED, precision=told.precision if told else 3, zone=zone)


OPERATORS: dict[type[exp.Expr], Callable[[Any], Changed | None]] = {
    exp.Cast: _cast,
    exp.Interval: _interval,
    exp.Add: _add,
    exp.Sub: _subtract,
    exp.Mul: _multiply,
    exp.Div: _divide,
    exp.Neg: _negate,
    **dict.fromkeys(_SIGNS, _compare),
    exp.In: _within,
    exp.Between: _within,
    exp.DPipe: _joined,
    exp.Array: _array,
    exp.AtTimeZone: _at_time_zone,
    exp.CurrentDate: lambda node: (node, Moment(kind=DATE)),
    exp.CurrentTime: lambda node: (node, Moment(kind=TIME_ZONED, precision=3, zone=UTC)),
}
