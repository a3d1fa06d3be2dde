"""Dates and times as text."""

import re

from sqlglot import exp

from athena_local.errors import QueryError
from athena_local.translation.moment_changes import Changed, check_value, here, is_number, not_found, text
from athena_local.translation.moment_columns import moment
from athena_local.translation.moments import (
    DATE,
    SPAN,
    TIME,
    TIMESTAMP,
    UTC,
    ZONED,
    Moment,
    local,
    made,
)


def formatted(call: exp.Anonymous) -> Changed:
    """Return date_format or format_datetime."""
    value = call.expressions[0]
    told, pattern = moment(value), text(call.expressions[-1]) or ""
    if text(value) is not None or is_number(value) or (told and (told.is_interval or told.kind == TIME)):
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
    return "z" in re.sub(r"'(?:[^']|'')*(?:'|$)", "", pattern).lower()


def _with_offset(value: exp.Expr, told: Moment, pattern: str) -> exp.Expr:
    """Return format_datetime of a pattern that has the zone in it, part by part."""
    zone = told.zone or UTC
    parts = [part for part in re.split(r"('(?:[^']|'')*(?:'|$)|Z+)", pattern) if part]
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


def to_iso8601(call: exp.Anonymous) -> Changed | None:
    """Return the ISO text of a date or time."""
    value = call.expressions[0]
    told = check_value(call, value)
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
