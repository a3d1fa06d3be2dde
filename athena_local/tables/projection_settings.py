"""The parameters ``projection.<key>.…`` of a table → the values of a key."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime

from athena_local.errors import QueryError
from athena_local.tables.catalog import Table
from athena_local.tables.date_patterns import from_joda
from athena_local.tables.projected_values import (
    SECONDS,
    DateProjection,
    IntegerProjection,
    ListedProjection,
    Projected,
    shifted,
)

# The values of columns whose types have one text.
_ISO = {"date": "%Y-%m-%d", "timestamp": "%Y-%m-%d %H:%M:%S"}
_NOW = re.compile(r"NOW\s*(?:([+-])\s*(\d+)\s*(\w+?)S?)?\s*", re.IGNORECASE)


def projected_values(
    table: Table, key: str, column_type: str, now: datetime, injected: Mapping[str, tuple[str, ...]]
) -> Projected:
    """Return the values of one key, as `projections` has them."""
    settings = {
        name.removeprefix(f"projection.{key}."): value
        for name, value in table.parameters.items()
        if name.startswith(f"projection.{key}.")
    }
    kind = settings.get("type", "").lower()
    try:
        if kind == "enum":
            return ListedProjection(allowed=tuple(value.strip() for value in settings["values"].split(",")))
        if kind == "integer":
            return _integer(settings)
        if kind == "date":
            return _date(settings, now, column_type)
    except (KeyError, ValueError) as error:
        raise _invalid(table, key, str(error)) from error
    if kind == "injected":
        return _injected(key, injected)
    raise _invalid(table, key, f"type {kind or 'missing'}")


def _invalid(table: Table, key: str, why: str) -> QueryError:
    return QueryError(
        "INVALID_TABLE_PROPERTY",
        f"Invalid partition projection of {table.database}.{table.name} for column {key}: {why}",
    )


def _injected(key: str, injected: Mapping[str, tuple[str, ...]]) -> Projected:
    if key not in injected:
        raise QueryError(
            "CONSTRAINT_VIOLATION",
            f"For the injected projected partition column {key}, the WHERE clause must contain only static equality "
            "conditions, and at least one such condition must be present.",
        )
    return ListedProjection(allowed=injected[key])


def _integer(settings: Mapping[str, str]) -> IntegerProjection:
    first, last = (int(bound) for bound in settings["range"].split(","))
    return IntegerProjection(first=first, last=last, step=_step(settings), digits=int(settings.get("digits", "1")))


def _step(settings: Mapping[str, str]) -> int:
    step = int(settings.get("interval", "1"))
    if step < 1:
        raise ValueError(f"interval {step}")
    return step


def _date(settings: Mapping[str, str], now: datetime, column_type: str) -> DateProjection:
    pattern = from_joda(settings["format"])
    unit = settings.get("interval.unit", _finest_unit(settings["format"])).upper().removesuffix("S")
    if unit not in (*SECONDS, "MONTH", "YEAR"):
        raise ValueError(f"interval.unit {unit}")
    bounds = [_bound(bound.strip(), pattern, now) for bound in settings["range"].split(",")]
    first, last = bounds
    return DateProjection(
        first=first,
        last=last,
        format=pattern,
        step=_step(settings),
        unit=unit,
        value_format=_ISO.get(column_type, ""),
    )


def _finest_unit(pattern: str) -> str:
    by_letter = {"s": "SECOND", "m": "MINUTE", "H": "HOUR", "d": "DAY", "M": "MONTH"}
    return next((unit for letter, unit in by_letter.items() if letter in re.sub("'.*?'", "", pattern)), "YEAR")


def _bound(text: str, pattern: str, now: datetime) -> datetime:
    match = _NOW.fullmatch(text)
    if match is None:
        return datetime.strptime(text, pattern)  # noqa: DTZ007
    sign, number, shift_unit = match.groups()
    moment = now.astimezone(UTC).replace(tzinfo=None)
    if number:
        moment = shifted(moment, int(f"{sign}{number}"), shift_unit.upper())
    return datetime.strptime(moment.strftime(pattern), pattern)  # noqa: DTZ007
