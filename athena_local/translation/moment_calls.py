"""Trino's functions of dates, times and intervals, where DuckDB's differ."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from sqlglot import exp

from athena_local.errors import QueryError
from athena_local.translation.moment_columns import moment
from athena_local.translation.moment_operators import OPERATORS, Changed, at_zone, here, on_clock, text, type_name
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

# Functions that return one of their first arguments: how many of them.
KEEPING: dict[str, int | None] = {
    "coalesce": None, "greatest": None, "least": None, "nullif": 1, "min": 1, "max": 1, "arbitrary": 1, "any_value": 1,
    "min_by": 1, "max_by": 1, "lag": 1, "lead": 1, "first_value": 1, "last_value": 1, "nth_value": 1, "try": 1,
}  # fmt: skip
_DAYS = ("day", "week", "month", "quarter", "year")
_CLOCK = ("millisecond", "second", "minute", "hour")
_MONTHS = ("month", "quarter", "year")
_SPAN_PARTS = ("day", "hour", "minute", "second", "millisecond")


def not_found(call: exp.Anonymous) -> QueryError:
    """Return the error of a call whose arguments have types that no such function takes."""
    types = ", ".join(type_name(argument) for argument in call.expressions)
    return QueryError(
        "FUNCTION_NOT_FOUND", f"line 1:1: Unexpected parameters ({types}) for function {call.name.lower()}"
    )


def _is_number(node: exp.Expr) -> bool:
    return isinstance(node.unnest(), exp.Literal) and not node.unnest().is_string


def _typed_null(node: exp.Expr, kind: exp.DType) -> exp.Expr:
    return exp.cast(node, kind) if isinstance(node, exp.Null) else node


# Parts ---------------------------------------------------------------------------------------------------------------


def _part(call: exp.Anonymous) -> Changed | None:
    if len(call.expressions) != 1:
        raise not_found(call)
    value, name = call.expressions[0], call.name.lower()
    if text(value) is not None or _is_number(value):
        raise not_found(call)
    told = moment(value)
    if told and told.is_interval:
        return _interval_part(call, value, told, name)
    if told and told.kind == TIME_ZONED:
        raise QueryError("NOT_SUPPORTED", f"{name} of a {told.kind} is not answered offline")
    if told and told.kind == TIME and name not in _CLOCK:
        raise not_found(call)
    call.set("expressions", [_typed_null(here(value), exp.DType.TIMESTAMP)])
    return call, Moment(kind=DATE) if name == "last_day_of_month" else None


def _interval_part(call: exp.Anonymous, value: exp.Expr, told: Moment, name: str) -> Changed:
    name = "day" if name == "day_of_month" else name
    if (told.kind == SPAN and name not in _SPAN_PARTS) or (told.kind == MONTHS and name not in ("year", "month")):
        raise not_found(call)
    macro = f"trino_span_{name}" if told.kind == SPAN else f"trino_months_{name}"
    return made(macro, value), None


def _offset(part: str) -> Callable[[exp.Anonymous], Changed]:
    def build(call: exp.Anonymous) -> Changed:
        return offset_part(call.expressions[0], part) or _raise(not_found(call))

    return build


def _raise(error: QueryError) -> Changed:
    raise error


def offset_part(value: exp.Expr, part: str) -> Changed | None:
    """Return the hours or minutes of the offset of values with a zone."""
    told = moment(value)
    if told is None or told.kind != ZONED:
        return None
    return made(f"trino_offset_{part}", value, local(value.copy(), told.zone or UTC)), None


def _timezone(call: exp.Anonymous) -> Changed:
    told = moment(call.expressions[0])
    if told is None or told.kind != ZONED:
        raise QueryError("NOT_SUPPORTED", "timezone of a column is not answered offline")
    return made("trino_unless_null", call.expressions[0], exp.Literal.string(told.zone or UTC)), None


# Arithmetic by unit --------------------------------------------------------------------------------------------------


def _unit(call: exp.Anonymous, told: Moment | None) -> str | None:
    """Return the unit in small letters, if it is a literal."""
    written = text(call.expressions[0])
    if written is None:
        if told and told.is_elsewhere:
            raise QueryError("NOT_SUPPORTED", "a unit of time must be a string literal offline")
        return None
    unit = written.lower()
    date = told is not None and told.kind == DATE
    valid = _DAYS if date else _CLOCK if told and told.kind == TIME else (*_CLOCK, *_DAYS)
    if unit not in valid:
        what = told.kind.split()[0].upper() if told else "TIMESTAMP"
        raise QueryError("INVALID_FUNCTION_ARGUMENT", f"'{written}' is not a valid {what} field")
    return unit


def _check_value(call: exp.Anonymous, value: exp.Expr) -> Moment | None:
    told = moment(value)
    if text(value) is not None or _is_number(value) or (told and told.is_interval):
        raise not_found(call)
    if told and told.kind == TIME_ZONED:
        raise QueryError("NOT_SUPPORTED", f"{call.name.lower()} of a {told.kind} is not answered offline")
    return told


def _ambiguous(value: exp.Expr) -> None:
    if isinstance(value, exp.Null):
        raise QueryError("AMBIGUOUS_FUNCTION_CALL", "line 1:1: Could not choose a best candidate operator.")


def _date_add(call: exp.Anonymous) -> Changed | None:
    if len(call.expressions) != 3:
        raise not_found(call)
    written, amount, value = call.expressions
    _ambiguous(value)
    told = _check_value(call, value)
    if _is_number(amount) and not amount.unnest().is_int:
        raise not_found(call)
    unit = _unit(call, told)
    if told is None or unit is None:
        return made("trino_date_add_checked", written, amount, value), told
    if unit == "millisecond" and told.precision is not None and told.precision < 3:
        added = made("trino_add_unit", exp.Literal.string(unit), amount, value)
        return _rounded_down(added, told), told
    return on_clock(value, told, lambda x: made("trino_add_unit", exp.Literal.string(unit), amount, x)) if (
        unit in _DAYS
    ) else made("trino_add_unit", exp.Literal.string(unit), amount, value), told  # fmt: skip


def _rounded_down(value: exp.Expr, told: Moment) -> exp.Expr:
    name = {TIMESTAMP: "trino_round_timestamp", ZONED: "trino_round_zoned", TIME: "trino_round_time"}[told.kind]
    return made(name, value, exp.Literal.number(10 ** (6 - (told.precision or 0))))


def _date_diff(call: exp.Anonymous) -> Changed | None:
    if len(call.expressions) != 3:
        raise not_found(call)
    written, start, end = call.expressions
    kinds = [_check_value(call, each) for each in (start, end)]
    clocks = [each.kind == TIME for each in kinds if each]
    if len(clocks) == 2 and any(clocks) and not all(clocks):
        raise not_found(call)
    widest = kinds[0] if kinds[1] is None or (kinds[0] and kinds[0].kind != DATE) else kinds[1]
    unit = _unit(call, widest if all(kinds) else None)
    elsewhere = any(each and each.is_elsewhere for each in kinds)
    if not elsewhere or unit in _CLOCK:
        return made("trino_date_diff_checked", written, _typed_null(start, exp.DType.DATE), end), None
    zone = (kinds[0].zone if kinds[0] else None) or UTC
    sides = [local(exp.cast(each, exp.DType.TIMESTAMPTZ), zone) for each in (start, end)]
    return made("trino_date_diff_checked", written, *sides), None


def _date_trunc(call: exp.Anonymous) -> Changed | None:
    if len(call.expressions) != 2:
        raise not_found(call)
    written, value = call.expressions
    _ambiguous(value)
    told = _check_value(call, value)
    unit = _unit(call, told)
    if told is None or unit is None:
        return made("trino_date_trunc_checked", written, value), told
    if told.kind == TIME:
        return made("trino_trunc_time", written, value), told
    if told.is_elsewhere and unit in _CLOCK:
        return made("trino_trunc_zoned", written, value, local(value.copy(), told.zone or UTC)), told
    return on_clock(value, told, lambda clock: made("trino_date_trunc_checked", written, clock)), told


# Zones and epochs ----------------------------------------------------------------------------------------------------


def _zone(
    node: exp.Expr, *, error: str = "INVALID_FUNCTION_ARGUMENT", form: str = "'{}' is not a valid time zone"
) -> str:
    name = text(node)
    if name is None:
        raise QueryError("NOT_SUPPORTED", "a time zone must be a string literal offline")
    zone = zone_name(name)
    if zone is None:
        raise QueryError(error, form.format(name))
    return zone


def _at_timezone(call: exp.Anonymous) -> Changed:
    value, zone = call.expressions
    _check_value(call, value)
    return at_zone(value, _zone(zone))


def _with_timezone(call: exp.Anonymous) -> Changed:
    value, zone = call.expressions
    told = _check_value(call, value)
    name = _zone(zone)
    clock = exp.cast(value, exp.DType.TIMESTAMP)
    return instant(clock, name), Moment(kind=ZONED, precision=told.precision if told else 3, zone=name)


def _from_unixtime(call: exp.Anonymous) -> Changed:
    seconds, *rest = call.expressions
    if text(seconds) is not None or moment(seconds) or len(rest) > 2:
        raise not_found(call)
    zone = UTC
    if len(rest) == 1:
        zone = _zone(rest[0], error="NOT_SUPPORTED", form="Time zone not supported: {} (offline too)")
    elif rest:
        zone = _fixed(rest)
    return made("trino_epoch", seconds), Moment(kind=ZONED, precision=3, zone=zone)


def _fixed(parts: list[exp.Expr]) -> str:
    try:
        hours, minutes = (int(part.sql()) for part in parts)
    except ValueError:
        raise QueryError("NOT_SUPPORTED", "the offset of from_unixtime must be two numbers offline") from None
    zone = zone_name(f"{'-' if hours < 0 or minutes < 0 else '+'}{abs(hours):02d}:{abs(minutes):02d}")
    if zone is None:
        raise QueryError("INVALID_FUNCTION_ARGUMENT", f"Invalid offset minutes {hours * 60 + minutes}")
    return zone


def _iso_timestamp(precision: int) -> Callable[[exp.Anonymous], Changed]:
    def build(call: exp.Anonymous) -> Changed:
        value, told = call.expressions[0], Moment(kind=ZONED, precision=precision, zone=UTC)
        offset = re.search(r"T.*?([+-]\d\d)(?::?(\d\d))?$", text(value) or "")
        if offset:
            return made("trino_iso_timestamp", value), replace(told, zone=zone_name(f"{offset[1]}:{offset[2] or '00'}"))
        return made("trino_iso_timestamp_utc", value), told

    return build


def _parse_datetime(call: exp.Anonymous) -> Changed:
    pattern = text(call.expressions[1]) or ""
    if "Z" in pattern or "z" in pattern:
        value = text(call.expressions[0])
        zone = zone_name(value[-6:]) or zone_name(value[-5:]) if value else UTC
        if value is None:
            call.set("expressions", [made("trino_utc_text", call.expressions[0]), call.expressions[1]])
        return call, Moment(kind=ZONED, precision=3, zone=zone or UTC)
    return call, Moment(kind=ZONED, precision=3, zone=UTC)


# Texts, and the rest -------------------------------------------------------------------------------------------------


def _formatted(call: exp.Anonymous) -> Changed:
    value = call.expressions[0]
    told, pattern = moment(value), text(call.expressions[-1]) or ""
    if text(value) is not None or _is_number(value) or (told and (told.is_interval or told.kind == TIME)):
        raise not_found(call)
    if told and told.kind == TIMESTAMP and call.name.lower() == "format_datetime" and _has_zone(pattern):
        raise QueryError(
            "INVALID_FUNCTION_ARGUMENT",
            "format_datetime for TIMESTAMP type, cannot use 'Z' nor 'z' in format, as this type does not contain TZ"
            " information",
        )
    if told and told.is_elsewhere and call.name.lower() == "format_datetime" and "z" in pattern.lower():
        return _with_offset(value, told, pattern), None
    call.set("expressions", [here(value), *call.expressions[1:]])
    return call, None


def _has_zone(pattern: str) -> bool:
    """Tell whether a pattern has a zone outside its quoted parts."""
    return "z" in re.sub(r"'(?:[^']|'')*'", "", pattern).lower()


def _with_offset(value: exp.Expr, told: Moment, pattern: str) -> exp.Expr:
    """Return format_datetime of a pattern that has the zone in it, part by part."""
    zone = told.zone or UTC
    parts = [part for part in re.split(r"('(?:[^']|'')*'|Z+)", pattern) if part]
    if any("z" in part for part in parts if part[0] not in "'Z"):
        raise QueryError("NOT_SUPPORTED", f"the short name of {zone} is not written by format_datetime offline")
    written: list[exp.Expr] = []
    for part in parts:
        if part.startswith("ZZZ"):
            written.append(exp.Literal.string(zone))
        elif part.startswith("Z"):
            written.append(made("trino_offset_text", value.copy(), local(value.copy(), zone), exp.Literal.string(part)))
        else:
            clock, form = local(value.copy(), zone), exp.Literal.string(part)
            written.append(exp.Anonymous(this="format_datetime", expressions=[clock, form]))
    text_ = written[0]
    for each in written[1:]:
        text_ = exp.DPipe(this=text_, expression=each, safe=False)
    return exp.Paren(this=text_)


def _sequence(call: exp.Anonymous) -> Changed | None:
    told = moment(call.expressions[0])
    by = moment(call.expressions[2]) if len(call.expressions) == 3 else None
    if told is None or told.is_elsewhere or told.is_interval:
        return None
    if len(call.expressions) == 2:
        return call, None
    if by is None or not by.is_interval or told.kind == TIME:
        raise not_found(call)
    call = made("trino_month_sequence" if by.kind == MONTHS else "trino_span_sequence", *call.expressions)
    call.meta["elements"] = told
    return call, None


def _to_iso8601(call: exp.Anonymous) -> Changed | None:
    value = call.expressions[0]
    told = _check_value(call, value)
    if told is None or told.kind == DATE:
        return None
    if told.kind == TIME:
        raise not_found(call)
    clock = local(value, told.zone or UTC) if told.kind == ZONED else value
    result = made("trino_iso_text", clock, exp.Literal.number(told.precision or 0))
    if told.kind == ZONED:
        offset = made("trino_iso_offset", value.copy(), clock.copy())
        result = exp.Paren(this=exp.DPipe(this=result, expression=offset, safe=False))  # type: ignore[assignment]
    return result, None


def _date(call: exp.Anonymous) -> Changed:
    cast = exp.cast(call.expressions[0], exp.DType.DATE)
    return OPERATORS[exp.Cast](cast) or (cast, Moment(kind=DATE))


def _typeof(call: exp.Anonymous) -> Changed | None:
    value = call.expressions[0]
    told, elements = moment(value), value.meta.get("elements")
    name = told.name if told else f"array({elements.name})" if elements else None
    return (exp.Literal.string(name), None) if name else None


def _to_milliseconds(call: exp.Anonymous) -> Changed:
    told = moment(call.expressions[0])
    if told is None or told.kind != SPAN:
        raise not_found(call)
    return made("epoch_ms", call.expressions[0]), None


def _total(call: exp.Anonymous) -> Changed | None:
    """Return the sum or the average of intervals, which DuckDB has not."""
    value = call.expressions[0]
    argument = value.expressions[0] if isinstance(value, exp.Distinct) else value
    told = moment(argument)
    if told is None:
        return None
    if not told.is_interval:
        raise not_found(call)
    number: exp.Expr = made("epoch_ms" if told.kind == SPAN else "trino_months_of", argument.copy())
    total = made(call.name.lower(), exp.Distinct(expressions=[number]) if isinstance(value, exp.Distinct) else number)
    if isinstance(call.parent, exp.Filter | exp.Window):
        raise QueryError(
            "NOT_SUPPORTED", f"{call.name.lower()} of intervals with FILTER or OVER is not answered offline"
        )
    return made("trino_sum_span" if told.kind == SPAN else "trino_sum_months", total), told


def constant(kind: str, zone: str | None) -> Callable[[exp.Anonymous], Changed]:
    """Return a builder of the current time, with the digits that the call asks for."""

    def build(call: exp.Expr) -> Changed:
        precision = int(call.expressions[0].name) if call.expressions else 3
        now: exp.Expr = made("now")
        if kind in (TIMESTAMP, TIME):
            now = exp.cast(local(now, UTC), exp.DType.TIMESTAMP if kind == TIMESTAMP else exp.DType.TIME)
        if precision < 6:
            name = {TIMESTAMP: "trino_round_timestamp", ZONED: "trino_round_zoned", TIME: "trino_round_time"}[kind]
            now = made(name, now, exp.Literal.number(10 ** (6 - precision)))
        return now, Moment(kind=kind, precision=precision, zone=zone)

    return build


# Functions of numbers and texts only.
OTHERS = frozenset(
    """
    abs acos asin atan cbrt ceil ceiling cos degrees exp floor ln log10 log2 mod pow power radians round sign sin sqrt
    tan tanh truncate concat length lower lpad ltrim replace reverse rpad rtrim split split_part starts_with
    strpos substr
    substring trim upper json_parse regexp_like regexp_replace regexp_extract
""".split()  # noqa: SIM905  (fifty quoted words read worse)
)
_PARTS = (
    "year", "quarter", "month", "week", "week_of_year", "day", "day_of_month", "day_of_week", "dow", "day_of_year",
    "doy", "year_of_week", "yow", "hour", "minute", "second", "millisecond", "last_day_of_month",
)  # fmt: skip
NOW: dict[type[exp.Expr], Callable[[Any], Changed]] = {
    exp.CurrentTimestamp: constant(ZONED, UTC),
    exp.Localtimestamp: constant(TIMESTAMP, None),
    exp.Localtime: constant(TIME, None),
}
CALLS: dict[str, Callable[[exp.Anonymous], Changed | None]] = {
    **dict.fromkeys(_PARTS, _part),
    "timezone_hour": _offset("hour"),
    "timezone_minute": _offset("minute"),
    "timezone": _timezone,
    "date_add": _date_add,
    "date_diff": _date_diff,
    "date_trunc": _date_trunc,
    "at_timezone": _at_timezone,
    "with_timezone": _with_timezone,
    "from_unixtime": _from_unixtime,
    "from_unixtime_nanos": lambda call: (
        made("trino_epoch_nanos", *call.expressions), Moment(kind=ZONED, precision=9, zone=UTC)
    ),
    "from_iso8601_timestamp": _iso_timestamp(3),
    "from_iso8601_timestamp_nanos": _iso_timestamp(9),
    "from_iso8601_date": lambda call: (made("trino_iso_date", *call.expressions), Moment(kind=DATE)),
    "parse_datetime": _parse_datetime,
    "date_parse": lambda call: (call, Moment(kind=TIMESTAMP, precision=3)),
    "date_format": _formatted,
    "format_datetime": _formatted,
    "to_iso8601": _to_iso8601,
    "date": _date,
    "sequence": _sequence,
    "typeof": _typeof,
    "to_milliseconds": _to_milliseconds,
    "to_unixtime": lambda call: (call, None),
    "now": constant(ZONED, UTC),
    "current_timestamp": constant(ZONED, UTC),
    "localtimestamp": constant(TIMESTAMP, None),
    "localtime": constant(TIME, None),
    "sum": _total,
    "avg": _total,
    "human_readable_seconds": lambda call: (made("trino_readable_seconds", *call.expressions), None),
    "parse_duration": lambda call: (made("trino_duration", *call.expressions), Moment(kind=SPAN)),
}  # fmt: skip

_EXTRACTED = {
    "WEEK": "week", "YEAR_OF_WEEK": "year_of_week", "YOW": "year_of_week", "DAY_OF_MONTH": "day", "DOW": "day_of_week",
    "DAY_OF_WEEK": "day_of_week", "DOY": "day_of_year", "DAY_OF_YEAR": "day_of_year", "YEAR": "year",
    "QUARTER": "quarter", "MONTH": "month", "DAY": "day", "HOUR": "hour", "MINUTE": "minute", "SECOND": "second",
}  # fmt: skip


def extract(node: exp.Extract) -> Changed:
    """Return EXTRACT as the function of that part."""
    unit, value = node.name.upper(), node.expression
    told = moment(value)
    if unit in ("TIMEZONE_HOUR", "TIMEZONE_MINUTE"):
        changed = offset_part(value, unit.removeprefix("TIMEZONE_").lower())
        return changed or _raise(
            QueryError("TYPE_MISMATCH", f"line 1:1: Cannot extract {unit} from {type_name(value)}")
        )
    if unit not in _EXTRACTED:
        raise QueryError("SYNTAX_ERROR", f"line 1:1: Invalid EXTRACT field {unit}, valid fields are: YEAR, QUARTER, …")
    call = exp.Anonymous(this=_EXTRACTED[unit], expressions=[value])
    if told and told.kind == DATE and _EXTRACTED[unit] in _CLOCK:
        raise QueryError("TYPE_MISMATCH", f"line 1:1: Cannot extract {unit} from {told.name}")
    try:
        return _part(call) or (call, None)
    except QueryError as error:
        if error.name != "FUNCTION_NOT_FOUND":
            raise
        raise QueryError("TYPE_MISMATCH", f"line 1:1: Cannot extract {unit} from {type_name(value)}") from None
