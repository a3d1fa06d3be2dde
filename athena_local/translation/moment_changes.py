"""What the functions and operators of dates, times and intervals share."""

from collections.abc import Callable

from sqlglot import exp

from athena_local.errors import QueryError
from athena_local.translation.moment_columns import moment
from athena_local.translation.moments import (
    TIME,
    TIME_ZONED,
    TIMESTAMP,
    UTC,
    ZONED,
    Moment,
    instant,
    local,
    made,
)

Changed = tuple[exp.Expr, Moment | None]


def here(node: exp.Expr) -> exp.Expr:
    """Return a value as its clock shows it: the local time of what has a zone."""
    told = moment(node)
    return local(node, told.zone or UTC) if told and told.kind == ZONED and told.is_elsewhere else node


def text(node: exp.Expr | None) -> str | None:
    """Return the text of a string literal."""
    return str(node.this) if isinstance(node, exp.Literal) and node.is_string else None


def type_name(node: exp.Expr) -> str:
    """Return the name of an expression's type for an error."""
    told = moment(node)
    if told:
        return told.name
    value = node.unnest()
    if isinstance(value, exp.Literal):
        return f"varchar({len(value.name)})" if value.is_string else "integer"
    return "boolean" if isinstance(value, exp.Boolean) else "unknown"


def is_constant(node: exp.Expr) -> bool:
    """Tell whether an expression is a number, a text, true or false."""
    return isinstance(node.unnest(), exp.Literal | exp.Boolean)


def is_number(node: exp.Expr) -> bool:
    """Tell whether an expression is a number that is written in the query."""
    return isinstance(node.unnest(), exp.Literal) and not node.unnest().is_string


def typed_null(node: exp.Expr, kind: exp.DType) -> exp.Expr:
    """Return NULL as a value of a type, and anything else as it is."""
    return exp.cast(node, kind) if isinstance(node, exp.Null) else node


def not_found(call: exp.Anonymous) -> QueryError:
    """Return the error of a call whose arguments have types that no such function takes."""
    types = ", ".join(type_name(argument) for argument in call.expressions)
    return QueryError(
        "FUNCTION_NOT_FOUND", f"line 1:1: Unexpected parameters ({types}) for function {call.name.lower()}"
    )


def mismatch(node: exp.Expr, sign: str) -> QueryError:
    """Return the error of an operator between two types that it does not take."""
    sides = [type_name(node.this), type_name(node.expression)]
    return QueryError("TYPE_MISMATCH", f"line 1:1: Cannot apply operator: {sides[0]} {sign} {sides[1]}")


def time_with_zone(found: Moment) -> Moment:
    """Refuse a time with a zone."""
    raise QueryError("NOT_SUPPORTED", f"a {found.kind} is not answered offline")


def check_value(call: exp.Anonymous, value: exp.Expr) -> Moment | None:
    """Return what is known of a function's date or time, or refuse what is none."""
    told = moment(value)
    if text(value) is not None or is_number(value) or (told and told.is_interval):
        raise not_found(call)
    if told and told.kind == TIME_ZONED:
        raise QueryError("NOT_SUPPORTED", f"{call.name.lower()} of a {told.kind} is not answered offline")
    return told


def on_clock(value: exp.Expr, told: Moment, change: Callable[[exp.Expr], exp.Expr]) -> exp.Expr:
    """Return a value changed as its clock shows it."""
    if told.kind != ZONED:
        return change(value)
    return instant(change(local(value, told.zone or UTC)), told.zone or UTC)


def rounded(node: exp.Expr, given: Moment, told: Moment) -> exp.Expr:
    """Return a value with the digits of a second that its type has."""
    if (given.precision or 0) <= (told.precision or 0) or told.precision is None:
        return node
    name = {TIMESTAMP: "trino_round_timestamp", ZONED: "trino_round_zoned", TIME: "trino_round_time"}[told.kind]
    return made(name, node.copy(), exp.Literal.number(10 ** (6 - min(told.precision, 6))))


def rounded_down(value: exp.Expr, told: Moment) -> exp.Expr:
    """Return a value with the digits of a second that its type has."""
    name = {TIMESTAMP: "trino_round_timestamp", ZONED: "trino_round_zoned", TIME: "trino_round_time"}[told.kind]
    return made(name, value, exp.Literal.number(10 ** (6 - (told.precision or 0))))
