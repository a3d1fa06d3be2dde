"""Time zones and epochs: AT TIME ZONE, from_unixtime, texts with an offset, and the current time."""

import re
from collections.abc import Callable
from dataclasses import replace

from sqlglot import exp

from athena_local.errors import QueryError
from athena_local.translation.moment_changes import Changed, check_value, not_found, text, time_with_zone
from athena_local.translation.moment_columns import moment
from athena_local.translation.moments import (
    DATE,
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
)

_CLOCK = re.compile(r"T\d\d:\d\d")


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


def at_timezone(call: exp.Anonymous) -> Changed:
    """Return the same instants, shown in a zone."""
    value, zone = call.expressions
    check_value(call, value)
    return at_zone(value, _zone(zone))


def with_timezone(call: exp.Anonymous) -> Changed:
    """Return the instants at which the clock of a zone shows these times."""
    value, zone = call.expressions
    told = check_value(call, value)
    name = _zone(zone)
    clock = exp.cast(value, exp.DType.TIMESTAMP)
    return instant(clock, name), Moment(kind=ZONED, precision=told.precision if told else 3, zone=name)


def from_unixtime(call: exp.Anonymous) -> Changed:
    """Return the instants of seconds since 1970, in a zone."""
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


def iso_timestamp(precision: int) -> Callable[[exp.Anonymous], Changed]:
    """Return a builder of the instants that ISO texts name."""

    def build(call: exp.Anonymous) -> Changed:
        value, told = call.expressions[0], Moment(kind=ZONED, precision=precision, zone=UTC)
        written = made("trino_iso_nanos", value) if precision > 3 else value
        if precision > 3 and (written_text := text(value)) and not _CLOCK.search(written_text):
            raise QueryError("INVALID_FUNCTION_ARGUMENT", f"Text '{written_text}' could not be parsed")
        offset = re.search(r"T.*?([+-]\d\d)(?::?(\d\d))?$", text(value) or "")
        if offset:
            return made("trino_iso_timestamp", written), replace(
                told, zone=zone_name(f"{offset[1]}:{offset[2] or '00'}")
            )
        return made("trino_iso_timestamp_utc", written), told

    return build


def parse_datetime(call: exp.Anonymous) -> Changed:
    """Return parse_datetime, with the zone that the text or the pattern has."""
    pattern = text(call.expressions[1]) or ""
    if "ZZZ" in pattern:
        raise QueryError("NOT_SUPPORTED", "the date pattern 'ZZZ' is not implemented offline")
    if "Z" in pattern or "z" in pattern:
        value = text(call.expressions[0])
        zone = zone_name(value[-6:]) or zone_name(value[-5:]) if value else UTC
        if value is None:
            call.set("expressions", [made("trino_utc_text", call.expressions[0]), call.expressions[1]])
        return call, Moment(kind=ZONED, precision=3, zone=zone or UTC)
    return call, Moment(kind=ZONED, precision=3, zone=UTC)


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


def at_time_zone(node: exp.AtTimeZone) -> Changed:
    """Return AT TIME ZONE."""
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
            time_with_zone(replace(told, kind=TIME_ZONED))
        raise QueryError("TYPE_MISMATCH", f"line 1:1: Type of value must be a time or timestamp, not {told.name}")
    result = exp.cast(value, exp.DType.TIMESTAMPTZ)
    return result, Moment(kind=ZONED, precision=told.precision if told else 3, zone=zone)
