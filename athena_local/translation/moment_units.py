"""Functions of a unit of time: date_add, date_diff, date_trunc and sequence."""

from sqlglot import exp

from athena_local.errors import QueryError
from athena_local.translation.moment_changes import (
    Changed,
    check_value,
    is_number,
    not_found,
    on_clock,
    rounded_down,
    text,
    typed_null,
)
from athena_local.translation.moment_columns import moment
from athena_local.translation.moment_parts import CLOCK, DAYS
from athena_local.translation.moments import (
    DATE,
    MONTHS,
    TIME,
    UTC,
    Moment,
    local,
    made,
)


def _unit(call: exp.Anonymous, told: Moment | None) -> str | None:
    """Return the unit in small letters, if it is a literal."""
    written = text(call.expressions[0])
    if written is None:
        if told and told.is_elsewhere:
            raise QueryError("NOT_SUPPORTED", "a unit of time must be a string literal offline")
        return None
    unit = written.lower()
    date = told is not None and told.kind == DATE
    valid = DAYS if date else CLOCK if told and told.kind == TIME else (*CLOCK, *DAYS)
    if unit not in valid:
        what = told.kind.split()[0].upper() if told else "TIMESTAMP"
        raise QueryError("INVALID_FUNCTION_ARGUMENT", f"'{written}' is not a valid {what} field")
    return unit


def _ambiguous(value: exp.Expr) -> None:
    if isinstance(value, exp.Null):
        raise QueryError("AMBIGUOUS_FUNCTION_CALL", "line 1:1: Could not choose a best candidate operator.")


def date_add(call: exp.Anonymous) -> Changed | None:
    """Return date_add."""
    if len(call.expressions) != 3:
        raise not_found(call)
    written, amount, value = call.expressions
    _ambiguous(value)
    told = check_value(call, value)
    if is_number(amount) and not amount.unnest().is_int:
        raise not_found(call)
    unit = _unit(call, told)
    if told is None or unit is None:
        return made("trino_date_add_checked", written, amount, value), told
    if unit == "millisecond" and told.precision is not None and told.precision < 3:
        added = made("trino_add_unit", exp.Literal.string(unit), amount, value)
        return rounded_down(added, told), told
    return on_clock(value, told, lambda x: made("trino_add_unit", exp.Literal.string(unit), amount, x)) if (
        unit in DAYS
    ) else made("trino_add_unit", exp.Literal.string(unit), amount, value), told  # fmt: skip


def date_diff(call: exp.Anonymous) -> Changed | None:
    """Return date_diff."""
    if len(call.expressions) != 3:
        raise not_found(call)
    written, start, end = call.expressions
    kinds = [check_value(call, each) for each in (start, end)]
    clocks = [each.kind == TIME for each in kinds if each]
    if len(clocks) == 2 and any(clocks) and not all(clocks):
        raise not_found(call)
    widest = kinds[0] if kinds[1] is None or (kinds[0] and kinds[0].kind != DATE) else kinds[1]
    unit = _unit(call, widest if all(kinds) else None)
    elsewhere = any(each and each.is_elsewhere for each in kinds)
    if not elsewhere or unit in CLOCK:
        start = typed_null(start, exp.DType.DATE)
        if kinds[0] and kinds[0].kind == DATE and kinds[1] and kinds[1].kind != DATE:
            start = exp.cast(start, exp.DType.TIMESTAMP)
        return made("trino_date_diff_checked", written, start, end), None
    zone = (kinds[0].zone if kinds[0] else None) or UTC
    sides = [local(exp.cast(each, exp.DType.TIMESTAMPTZ), zone) for each in (start, end)]
    return made("trino_date_diff_checked", written, *sides), None


def date_trunc(call: exp.Anonymous) -> Changed | None:
    """Return date_trunc."""
    if len(call.expressions) != 2:
        raise not_found(call)
    written, value = call.expressions
    _ambiguous(value)
    told = check_value(call, value)
    unit = _unit(call, told)
    if told is None or unit is None:
        return made("trino_date_trunc_checked", written, value), told
    if told.kind == TIME:
        return made("trino_trunc_time", written, value), told
    if told.is_elsewhere and unit in CLOCK:
        return made("trino_trunc_zoned", written, value, local(value.copy(), told.zone or UTC)), told
    return on_clock(value, told, lambda clock: made("trino_date_trunc_checked", written, clock)), told


def sequence(call: exp.Anonymous) -> Changed | None:
    """Return a sequence of dates or timestamps; None for one of numbers."""
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
