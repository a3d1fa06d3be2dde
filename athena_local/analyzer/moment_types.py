"""The types of intervals, EXTRACT and AT TIME ZONE."""

from sqlglot import exp

from athena_local.analyzer.operators import mismatch
from athena_local.analyzer.scopes import Scope, Typed
from athena_local.analyzer.trino_types import (
    BIGINT,
    Type,
)


def at_time_zone(typing: Typed, node: exp.AtTimeZone, scope: Scope) -> Type | None:
    """Return the type of AT TIME ZONE."""
    base = typing.type_of(node.this, scope)
    if base is None or base.name == "unknown":
        return None
    if base.name.removesuffix("tz") not in ("timestamp", "time"):
        raise mismatch(f"Type of value must be a time or timestamp with or without time zone (actual {base})")
    return Type(base.name.removesuffix("tz") + "tz", base.numbers)


def extract(typing: Typed, node: exp.Extract, scope: Scope) -> Type:
    """Check EXTRACT."""
    base = typing.type_of(node.expression, scope)
    if base and base.name == "date" and node.name.upper() in ("HOUR", "MINUTE", "SECOND", "TIMEZONE_HOUR"):
        raise mismatch(f"Cannot extract {node.name} from {base}")
    if base and not base.name.startswith(("date", "time", "interval", "unknown")):
        raise mismatch(f"Cannot extract from {base}")
    return BIGINT


def interval(_: Typed, node: exp.Interval, __: Scope) -> Type:
    """Return the type of an interval."""
    unit = node.args["unit"].sql().upper() if node.args.get("unit") else "DAY"
    months = unit.startswith(("YEAR", "MONTH"))
    return Type("interval year to month" if months else "interval day to second")
