"""Trino's functions of dates, times and intervals, where DuckDB's differ."""

from collections.abc import Callable
from typing import Any

from sqlglot import exp

from athena_local.errors import QueryError
from athena_local.translation.moment_changes import Changed, not_found
from athena_local.translation.moment_columns import moment
from athena_local.translation.moment_formats import formatted, to_iso8601
from athena_local.translation.moment_operators import OPERATORS
from athena_local.translation.moment_parts import PARTS, offset, part, timezone
from athena_local.translation.moment_units import date_add, date_diff, date_trunc, sequence
from athena_local.translation.moment_zones import (
    at_timezone,
    constant,
    from_unixtime,
    iso_timestamp,
    parse_datetime,
    with_timezone,
)
from athena_local.translation.moments import (
    DATE,
    SPAN,
    TIME,
    TIMESTAMP,
    UTC,
    ZONED,
    Moment,
    made,
)

# Functions that return one of their first arguments: how many of them.
KEEPING: dict[str, int | None] = {
    "coalesce": None, "greatest": None, "least": None, "nullif": 1, "min": 1, "max": 1, "arbitrary": 1, "any_value": 1,
    "min_by": 1, "max_by": 1, "lag": 1, "lead": 1, "first_value": 1, "last_value": 1, "nth_value": 1, "try": 1,
}  # fmt: skip
# Functions of numbers and texts only.
OTHERS = frozenset(
    """
    abs acos asin atan cbrt ceil ceiling cos degrees exp floor ln log10 log2 mod pow power radians round sign sin sqrt
    tan tanh truncate concat length lower lpad ltrim replace reverse rpad rtrim split split_part starts_with
    strpos substr
    substring trim upper json_parse regexp_like regexp_replace regexp_extract
""".split()  # noqa: SIM905  (fifty quoted words read worse)
)


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


NOW: dict[type[exp.Expr], Callable[[Any], Changed]] = {
    exp.CurrentTimestamp: constant(ZONED, UTC),
    exp.Localtimestamp: constant(TIMESTAMP, None),
    exp.Localtime: constant(TIME, None),
}
CALLS: dict[str, Callable[[exp.Anonymous], Changed | None]] = {
    **dict.fromkeys(PARTS, part),
    "timezone_hour": offset("hour"),
    "timezone_minute": offset("minute"),
    "timezone": timezone,
    "date_add": date_add,
    "date_diff": date_diff,
    "date_trunc": date_trunc,
    "at_timezone": at_timezone,
    "with_timezone": with_timezone,
    "from_unixtime": from_unixtime,
    "from_unixtime_nanos": lambda call: (
        made("trino_epoch_nanos", *call.expressions), Moment(kind=ZONED, precision=9, zone=UTC)
    ),
    "from_iso8601_timestamp": iso_timestamp(3),
    "from_iso8601_timestamp_nanos": iso_timestamp(9),
    "from_iso8601_date": lambda call: (made("trino_iso_date", *call.expressions), Moment(kind=DATE)),
    "parse_datetime": parse_datetime,
    "date_parse": lambda call: (call, Moment(kind=TIMESTAMP, precision=3)),
    "date_format": formatted,
    "format_datetime": formatted,
    "to_iso8601": to_iso8601,
    "date": _date,
    "sequence": sequence,
    "typeof": _typeof,
    "to_milliseconds": _to_milliseconds,
    "to_unixtime": lambda call: (
        exp.cast(exp.null(), exp.DType.DOUBLE) if isinstance(call.expressions[0], exp.Null) else call, None
    ),
    "now": constant(ZONED, UTC),
    "current_timestamp": constant(ZONED, UTC),
    "localtimestamp": constant(TIMESTAMP, None),
    "localtime": constant(TIME, None),
    "sum": _total,
    "avg": _total,
    "human_readable_seconds": lambda call: (made("trino_readable_seconds", *call.expressions), None),
    "parse_duration": lambda call: (made("trino_duration", *call.expressions), Moment(kind=SPAN)),
}  # fmt: skip
