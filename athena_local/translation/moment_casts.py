"""Casts and literals of dates, times and intervals."""

from dataclasses import replace

from sqlglot import exp

from athena_local.errors import QueryError
from athena_local.translation import moment_literals
from athena_local.translation.moment_changes import Changed, is_constant, rounded, text, time_with_zone, type_name
from athena_local.translation.moment_columns import moment
from athena_local.translation.moment_formats import shown
from athena_local.translation.moment_literals import NotReadableError, kind_of
from athena_local.translation.moments import (
    DATE,
    TIME,
    TIME_ZONED,
    TIMESTAMP,
    UTC,
    ZONED,
    Moment,
    local,
    made,
)

_READERS = {
    exp.DType.TIME: moment_literals.read_time, exp.DType.TIMETZ: moment_literals.read_time,
    exp.DType.TIMESTAMP: moment_literals.read_timestamp, exp.DType.TIMESTAMPTZ: moment_literals.read_timestamp,
}  # fmt: skip
_TYPES = {DATE: exp.DType.DATE, TIME: exp.DType.TIME, TIMESTAMP: exp.DType.TIMESTAMP, ZONED: exp.DType.TIMESTAMPTZ}


def cast(node: exp.Cast) -> Changed | None:
    """Return a cast to or from a date, time or interval."""
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
        return exp.cast(exp.Literal.string(read), exp.DType.TIMETZ), time_with_zone(found)
    return exp.cast(exp.Literal.string(read), _TYPES[found.kind]), found


def _read_as(read: str, found: Moment, told: Moment, value: str) -> Changed:
    """Return a cast of a text, rounded to the digits that the type has; a zone that it lacks is left out."""
    if TIME_ZONED in (found.kind, told.kind):
        return exp.null(), time_with_zone(replace(found, kind=TIME_ZONED))
    if told.kind == TIMESTAMP and found.kind == ZONED:
        read, found = moment_literals.read_timestamp(moment_literals.without_zone(value))
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
        time_with_zone(told)
    if isinstance(node.this, exp.Null):
        return node, told
    if is_constant(node.this):
        raise QueryError("TYPE_MISMATCH", f"line 1:1: Cannot cast {type_name(node.this)} to {told.name}")
    name = {DATE: "trino_date_text", TIMESTAMP: "trino_timestamp_text", ZONED: "trino_zoned_text"}.get(told.kind)
    if name:
        node.set("this", made(name, node.this))
    return rounded(node, replace(told, precision=6), told) if told.kind in (TIMESTAMP, ZONED) else node, told


def _cast_moment(node: exp.Cast, given: Moment, told: Moment) -> Changed:
    if TIME_ZONED in (given.kind, told.kind):
        time_with_zone(told)
    if given.is_interval or (given.kind == TIME and told.kind == DATE) or (given.kind == DATE and told.kind == TIME):
        raise QueryError("TYPE_MISMATCH", f"line 1:1: Cannot cast {given.name} to {told.name}")
    if given.kind == ZONED and told.kind != ZONED:
        node.set("this", local(node.this, given.zone or UTC))
    if given.kind == TIME and told.kind in (TIMESTAMP, ZONED):
        today = made("trino_today_at", node.this)
        return exp.cast(today, _TYPES[told.kind]), told
    result = rounded(node, given, told)
    return result, replace(told, zone=(given.zone or UTC) if told.kind == ZONED else None)


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
