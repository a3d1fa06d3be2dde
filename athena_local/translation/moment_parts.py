"""The parts of dates, times and intervals: year(x), EXTRACT and the offset of a zone."""

from collections.abc import Callable

from sqlglot import exp

from athena_local.errors import QueryError
from athena_local.translation.moment_changes import Changed, here, is_number, not_found, text, type_name, typed_null
from athena_local.translation.moment_columns import moment
from athena_local.translation.moments import (
    DATE,
    MONTHS,
    SPAN,
    TIME,
    TIME_ZONED,
    UTC,
    ZONED,
    Moment,
    local,
    made,
)

DAYS = ("day", "week", "month", "quarter", "year")
CLOCK = ("millisecond", "second", "minute", "hour")
_SPAN_PARTS = ("day", "hour", "minute", "second", "millisecond")
PARTS = (
    "year", "quarter", "month", "week", "week_of_year", "day", "day_of_month", "day_of_week", "dow", "day_of_year",
    "doy", "year_of_week", "yow", "hour", "minute", "second", "millisecond", "last_day_of_month",
)  # fmt: skip
_EXTRACTED = {
    "WEEK": "week", "YEAR_OF_WEEK": "year_of_week", "YOW": "year_of_week", "DAY_OF_MONTH": "day", "DOW": "day_of_week",
    "DAY_OF_WEEK": "day_of_week", "DOY": "day_of_year", "DAY_OF_YEAR": "day_of_year", "YEAR": "year",
    "QUARTER": "quarter", "MONTH": "month", "DAY": "day", "HOUR": "hour", "MINUTE": "minute", "SECOND": "second",
}  # fmt: skip


def part(call: exp.Anonymous) -> Changed | None:
    """Return a part of a date, time or interval, such as its year."""
    if len(call.expressions) != 1:
        raise not_found(call)
    value, name = call.expressions[0], call.name.lower()
    if text(value) is not None or is_number(value):
        raise not_found(call)
    told = moment(value)
    if told and told.is_interval:
        return _interval_part(call, value, told, name)
    if told and told.kind == TIME_ZONED:
        raise QueryError("NOT_SUPPORTED", f"{name} of a {told.kind} is not answered offline")
    if told and told.kind == TIME and name not in CLOCK:
        raise not_found(call)
    call.set("expressions", [typed_null(here(value), exp.DType.TIMESTAMP)])
    return call, Moment(kind=DATE) if name == "last_day_of_month" else None


def _interval_part(call: exp.Anonymous, value: exp.Expr, told: Moment, name: str) -> Changed:
    name = "day" if name == "day_of_month" else name
    if (told.kind == SPAN and name not in _SPAN_PARTS) or (told.kind == MONTHS and name not in ("year", "month")):
        raise not_found(call)
    macro = f"trino_span_{name}" if told.kind == SPAN else f"trino_months_{name}"
    return made(macro, value), None


def offset(part: str) -> Callable[[exp.Anonymous], Changed]:
    """Return a builder of the hours or minutes of a zone's offset."""

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


def timezone(call: exp.Anonymous) -> Changed:
    """Return the name of the zone of values."""
    told = moment(call.expressions[0])
    if told is None or told.kind != ZONED:
        raise QueryError("NOT_SUPPORTED", "timezone of a column is not answered offline")
    return made("trino_unless_null", call.expressions[0], exp.Literal.string(told.zone or UTC)), None


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
    if told and told.kind == DATE and _EXTRACTED[unit] in CLOCK:
        raise QueryError("TYPE_MISMATCH", f"line 1:1: Cannot extract {unit} from {told.name}")
    try:
        return part(call) or (call, None)
    except QueryError as error:
        if error.name != "FUNCTION_NOT_FOUND":
            raise
        raise QueryError("TYPE_MISMATCH", f"line 1:1: Cannot extract {unit} from {type_name(value)}") from None
