"""Athena's partition projection: the partitions that a table's parameters describe."""

import itertools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol

from athena_local.errors import QueryError
from athena_local.tables.catalog import Table, as_folder
from athena_local.tables.date_patterns import from_joda

# A table with more possible partitions than this is listed as a whole, and not by partition.
MAX_ENUMERATED = 300_000
_NOW = re.compile(r"NOW\s*(?:([+-])\s*(\d+)\s*(\w+?)S?)?\s*", re.IGNORECASE)
_SECONDS = {"SECOND": 1, "MINUTE": 60, "HOUR": 3600, "DAY": 86400, "WEEK": 7 * 86400}


class Projected(Protocol):
    """The values that one partition key can have."""

    def contains(self, value: str) -> bool:
        """Tell whether a partition with this value is visible."""

    def count(self) -> int:
        """Return the number of values."""

    def values(self) -> Iterator[str]:
        """Yield all values, in order."""


@dataclass(frozen=True, kw_only=True)
class EnumProjection:
    """`projection.<key>.values`."""

    allowed: tuple[str, ...]

    def contains(self, value: str) -> bool:
        """Tell whether a partition with this value is visible."""
        return value in self.allowed

    def count(self) -> int:
        """Return the number of values."""
        return len(self.allowed)

    def values(self) -> Iterator[str]:
        """Yield all values, in order."""
        return iter(self.allowed)


@dataclass(frozen=True, kw_only=True)
class IntegerProjection:
    """`projection.<key>.range`, `.interval` and `.digits`."""

    first: int
    last: int
    step: int = 1
    digits: int = 1

    def contains(self, value: str) -> bool:
        """Tell whether a partition with this value is visible."""
        if not re.fullmatch(r"-?\d+", value):
            return False
        number = int(value)
        return self.first <= number <= self.last and (number - self.first) % self.step == 0

    def count(self) -> int:
        """Return the number of values."""
        return max(0, (self.last - self.first) // self.step + 1)

    def values(self) -> Iterator[str]:
        """Yield all values, in order."""
        return (f"{number:0{self.digits}d}" for number in range(self.first, self.last + 1, self.step))


@dataclass(frozen=True, kw_only=True)
class DateProjection:
    """`projection.<key>.range`, `.format`, `.interval` and `.interval.unit`; `format` is strftime's."""

    first: datetime
    last: datetime
    format: str
    step: int = 1
    unit: str = "DAY"

    def contains(self, value: str) -> bool:
        """Tell whether a partition with this value is visible."""
        try:
            moment = datetime.strptime(value, self.format)  # noqa: DTZ007  (partition values are in UTC)
        except ValueError:
            return False
        return moment.strftime(self.format) == value and self.first <= moment <= self.last and self._aligned(moment)

    def _aligned(self, moment: datetime) -> bool:
        if self.unit in _SECONDS:
            return (moment - self.first).total_seconds() % (_SECONDS[self.unit] * self.step) == 0
        months = 12 * (moment.year - self.first.year) + moment.month - self.first.month
        return months % (self.step * (12 if self.unit == "YEAR" else 1)) == 0

    def count(self) -> int:
        """Return the number of values."""
        seconds = _SECONDS.get(self.unit, 28 * 86400) * self.step
        return max(0, int((self.last - self.first).total_seconds() // seconds) + 1)

    def values(self) -> Iterator[str]:
        """Yield all values, in order."""
        for number in itertools.count():
            moment = _shifted(self.first, number * self.step, self.unit)
            if moment > self.last:
                return
            yield moment.strftime(self.format)


@dataclass(frozen=True, kw_only=True)
class InjectedProjection:
    """The values that the query's WHERE clause gives."""

    allowed: tuple[str, ...]

    def contains(self, value: str) -> bool:
        """Tell whether a partition with this value is visible."""
        return value in self.allowed

    def count(self) -> int:
        """Return the number of values."""
        return len(self.allowed)

    def values(self) -> Iterator[str]:
        """Yield all values, in order."""
        return iter(self.allowed)


def is_projected(table: Table) -> bool:
    """Tell whether the table's partitions are projected instead of registered."""
    return bool(table.partition_keys) and table.parameters.get("projection.enabled", "").lower() == "true"


def projections(table: Table, *, now: datetime, injected: Mapping[str, tuple[str, ...]]) -> list[Projected]:
    """Return one projection per partition key, in the keys' order.

    Parameters
    ----------
    table
        A table with ``projection.enabled``.
    now
        The time that ``NOW`` stands for.
    injected
        Values that the query gives for keys of type ``injected``.

    Raises
    ------
    QueryError
        ``INVALID_TABLE_PROPERTY`` for wrong parameters; ``CONSTRAINT_VIOLATION`` for an injected key without a value.
    """
    return [_projection(table, key.name, now, injected) for key in table.partition_keys]


def location(table: Table, values: tuple[str, ...]) -> str:
    """Return the location of a partition: from `storage.location.template`, or as Hive builds it."""
    names = [key.name for key in table.partition_keys]
    template = table.parameters.get("storage.location.template")
    if not template:
        template = table.location + "/".join(f"{name}=${{{name}}}" for name in names)
    for name, value in zip(names, values, strict=True):
        template = template.replace(f"${{{name}}}", value)
    return as_folder(template)


def location_pattern(table: Table) -> re.Pattern[str]:
    """Return a pattern that reads the partition values from an object's ``s3://`` address."""
    names = [key.name for key in table.partition_keys]
    marks = [f"\0{number}\0" for number in range(len(names))]
    pattern = re.escape(location(table, tuple(marks)))
    for mark, name in zip(marks, names, strict=True):
        pattern = pattern.replace(re.escape(mark), f"(?P<{name}>.+?)", 1).replace(re.escape(mark), f"(?P={name})")
    return re.compile(pattern)


def _projection(table: Table, key: str, now: datetime, injected: Mapping[str, tuple[str, ...]]) -> Projected:
    settings = {
        name.removeprefix(f"projection.{key}."): value
        for name, value in table.parameters.items()
        if name.startswith(f"projection.{key}.")
    }
    kind = settings.get("type", "").lower()
    try:
        if kind == "enum":
            return EnumProjection(allowed=tuple(value.strip() for value in settings["values"].split(",")))
        if kind == "integer":
            return _integer(settings)
        if kind == "date":
            return _date(settings, now)
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
    return InjectedProjection(allowed=injected[key])


def _integer(settings: Mapping[str, str]) -> IntegerProjection:
    first, last = (int(bound) for bound in settings["range"].split(","))
    step, digits = int(settings.get("interval", "1")), int(settings.get("digits", "1"))
    return IntegerProjection(first=first, last=last, step=step, digits=digits)


def _date(settings: Mapping[str, str], now: datetime) -> DateProjection:
    pattern = from_joda(settings["format"])
    unit = settings.get("interval.unit", _finest_unit(settings["format"])).upper().removesuffix("S")
    bounds = [_bound(bound.strip(), pattern, unit, now) for bound in settings["range"].split(",")]
    first, last = bounds
    return DateProjection(first=first, last=last, format=pattern, step=int(settings.get("interval", "1")), unit=unit)


def _finest_unit(pattern: str) -> str:
    by_letter = {"s": "SECOND", "m": "MINUTE", "H": "HOUR", "d": "DAY", "M": "MONTH"}
    return next((unit for letter, unit in by_letter.items() if letter in re.sub("'.*?'", "", pattern)), "YEAR")


def _bound(text: str, pattern: str, unit: str, now: datetime) -> datetime:
    match = _NOW.fullmatch(text)
    if match is None:
        return datetime.strptime(text, pattern)  # noqa: DTZ007
    sign, number, shift_unit = match.groups()
    moment = now.astimezone(UTC).replace(tzinfo=None)
    if number:
        moment = _shifted(moment, int(f"{sign}{number}"), shift_unit.upper())
    return _truncated(moment, unit)


def _truncated(moment: datetime, unit: str) -> datetime:
    fields = {"microsecond": 0}
    for coarser, field, floor in (("SECOND", "second", 0), ("MINUTE", "minute", 0), ("HOUR", "hour", 0)):
        if unit == coarser:
            return moment.replace(**fields)  # type: ignore[arg-type]
        fields[field] = floor
    if unit in ("MONTH", "YEAR"):
        fields["day"] = 1
    if unit == "YEAR":
        fields["month"] = 1
    return moment.replace(**fields)  # type: ignore[arg-type]


def _shifted(moment: datetime, number: int, unit: str) -> datetime:
    if unit in _SECONDS:
        return moment + timedelta(seconds=number * _SECONDS[unit])
    months = number * (12 if unit == "YEAR" else 1)
    year, month = divmod(moment.year * 12 + moment.month - 1 + months, 12)
    return moment.replace(year=year, month=month + 1, day=min(moment.day, 28))
