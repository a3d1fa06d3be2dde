"""Athena's partition projection: the partitions that a table's parameters describe."""

import calendar
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol

from athena_local.errors import QueryError
from athena_local.tables.catalog import Table, as_folder
from athena_local.tables.formats import from_joda

# A table with more possible partitions than this is listed as a whole, and not by partition.
MAX_ENUMERATED = 300_000
_NOW = re.compile(r"NOW\s*(?:([+-])\s*(\d+)\s*(\w+?)S?)?\s*", re.IGNORECASE)
# The values of columns whose types have one text.
_ISO = {"date": "%Y-%m-%d", "timestamp": "%Y-%m-%d %H:%M:%S"}
_SECONDS = {"SECOND": 1, "MINUTE": 60, "HOUR": 3600, "DAY": 86400, "WEEK": 7 * 86400}


class Projected(Protocol):
    """The values that one partition key can have."""

    def contains(self, value: str) -> bool:
        """Tell whether a partition with this value is visible."""

    def count(self) -> int:
        """Return the number of values."""

    def values(self) -> Iterator[str]:
        """Yield all values, in order."""

    def folder(self, value: str) -> str:
        """Return what stands for a value in the location of its partition."""

    def value(self, folder: str) -> str:
        """Return the value for which a text stands in a location; a text that stands for none stays as it is."""

    def pattern(self) -> str:
        """Return a regular expression of all that stands in locations, and of as few other texts as it can tell."""


class _AsWritten:
    """Values that stand in locations as they are."""

    def folder(self, value: str) -> str:
        """Return what stands for a value in the location of its partition."""
        return value

    def value(self, folder: str) -> str:
        """Return the value for which a text stands in a location."""
        return folder


@dataclass(frozen=True, kw_only=True)
class EnumProjection(_AsWritten):
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

    def pattern(self) -> str:
        """Return a pattern of all values."""
        return "|".join(map(re.escape, sorted(self.allowed, reverse=True)))


@dataclass(frozen=True, kw_only=True)
class IntegerProjection(_AsWritten):
    """`projection.<key>.range`, `.interval` and `.digits`."""

    first: int
    last: int
    step: int = 1
    digits: int = 1

    def contains(self, value: str) -> bool:
        """Tell whether a partition with this value is visible."""
        if not re.fullmatch(r"-?[0-9]+", value):
            return False
        number = int(value)
        in_range = self.first <= number <= self.last and (number - self.first) % self.step == 0
        return in_range and self._text(number) == value

    def count(self) -> int:
        """Return the number of values."""
        return max(0, (self.last - self.first) // self.step + 1)

    def values(self) -> Iterator[str]:
        """Yield all values, in order."""
        return (self._text(number) for number in range(self.first, self.last + 1, self.step))

    def pattern(self) -> str:
        """Return a pattern of all values."""
        return f"-?[0-9]{{{self.digits},}}"

    def _text(self, number: int) -> str:
        return f"{number:0{self.digits}d}"


@dataclass(frozen=True, kw_only=True)
class DateProjection:
    """`projection.<key>.range`, `.format`, `.interval` and `.interval.unit`.

    Attributes
    ----------
    format
        Of locations, as strftime has it.
    value_format
        Of values, which are ISO's for a column of dates or times; the format of locations, if it is empty.
    """

    first: datetime
    last: datetime
    format: str
    step: int = 1
    unit: str = "DAY"
    value_format: str = ""

    def contains(self, value: str) -> bool:
        """Tell whether a partition with this value is visible."""
        moment = _read(value, self._of_values)
        if moment is None or moment.strftime(self._of_values) != value:
            return False
        return self.first <= moment <= self.last and self._aligned(moment)

    @property
    def _of_values(self) -> str:
        return self.value_format or self.format

    def folder(self, value: str) -> str:
        """Return what stands for a value in the location of its partition."""
        moment = _read(value, self._of_values)
        return value if moment is None else moment.strftime(self.format)

    def value(self, folder: str) -> str:
        """Return the value for which a text stands in a location; a text that stands for none stays as it is."""
        moment = _read(folder, self.format)
        stands = moment is not None and moment.strftime(self.format) == folder
        return moment.strftime(self._of_values) if moment is not None and stands else folder

    def _aligned(self, moment: datetime) -> bool:
        if self.unit in _SECONDS:
            return (moment - self.first).total_seconds() % (_SECONDS[self.unit] * self.step) == 0
        return moment in set(self._moments())

    def count(self) -> int:
        """Return the number of values."""
        seconds = _SECONDS.get(self.unit, 28 * 86400) * self.step
        return max(0, int((self.last - self.first).total_seconds() // seconds) + 1)

    def values(self) -> Iterator[str]:
        """Yield all values, in order."""
        return iter(dict.fromkeys(moment.strftime(self._of_values) for moment in self._moments()))

    def _moments(self) -> Iterator[datetime]:
        moment = self.first
        try:
            while moment <= self.last:
                yield moment
                moment = _shifted(moment, self.step, self.unit)
        except (OverflowError, ValueError):  # after the year 9999
            return

    def pattern(self) -> str:
        """Return a pattern of all values: a text with other digits and letters fits, too."""
        example = self.first.strftime(self.format)
        width = "+" if "%-" in self.format else ""
        parts = re.findall(r"[0-9]+|[^\W\d_]+|.", example, re.DOTALL)
        return "".join(_shape(part, width) for part in parts)


@dataclass(frozen=True, kw_only=True)
class InjectedProjection(_AsWritten):
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

    def pattern(self) -> str:
        """Return a pattern of all values."""
        return "|".join(map(re.escape, sorted(self.allowed, reverse=True)))


def _read(text: str, pattern: str) -> datetime | None:
    """Return a moment by a pattern; None if it is none."""
    try:
        return datetime.strptime(text, pattern)  # noqa: DTZ007  (partition values are in UTC)
    except ValueError:
        return None


def _shape(part: str, width: str) -> str:
    if re.fullmatch("[0-9]+", part):
        return f"[0-9]{width or f'{{{len(part)}}}'}"
    return r"[^\W\d_]+" if part.isalpha() else re.escape(part)


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
    return [_projection(table, key.name, key.type.strip().lower(), now, injected) for key in table.partition_keys]


def location(table: Table, folders: Sequence[str]) -> str:
    """Return the location of a partition: from `storage.location.template`, or as Hive builds it.

    Parameters
    ----------
    folders
        What stands for each of its values there.
    """
    names = [key.name for key in table.partition_keys]
    template = table.parameters.get("storage.location.template")
    if not template:
        template = table.location + "/".join(f"{name}=${{{name}}}" for name in names)
    for name, folder in zip(names, folders, strict=True):
        template = template.replace(f"${{{name}}}", folder)
    return as_folder(template)


def values_of(table: Table, keys: Sequence[Projected]) -> Callable[[str], tuple[str, ...] | None]:
    """Return the function that reads the partition values from an object's ``s3://`` address.

    It returns None where there is no partition that is visible.
    """
    marks = [f"\0{number}\0" for number in range(len(keys))]
    pattern = re.escape(location(table, tuple(marks)))
    for number, (mark, key) in enumerate(zip(marks, keys, strict=True)):
        pattern = pattern.replace(re.escape(mark), f"(?P<key{number}>{key.pattern()})", 1)
        pattern = pattern.replace(re.escape(mark), f"(?P=key{number})")
    compiled = re.compile(pattern)

    def values(address: str) -> tuple[str, ...] | None:
        match = compiled.match(address)
        told = tuple(key.value(match[f"key{number}"]) for number, key in enumerate(keys)) if match else ()
        return told if told and all(map(_visible, keys, told)) else None

    return values


def _visible(key: Projected, value: str) -> bool:
    return key.contains(value)


def _projection(
    table: Table, key: str, column_type: str, now: datetime, injected: Mapping[str, tuple[str, ...]]
) -> Projected:
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
    return InjectedProjection(allowed=injected[key])


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
    if unit not in (*_SECONDS, "MONTH", "YEAR"):
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
        moment = _shifted(moment, int(f"{sign}{number}"), shift_unit.upper())
    return datetime.strptime(moment.strftime(pattern), pattern)  # noqa: DTZ007


def _shifted(moment: datetime, number: int, unit: str) -> datetime:
    if unit in _SECONDS:
        return moment + timedelta(seconds=number * _SECONDS[unit])
    months = number * (12 if unit == "YEAR" else 1)
    year, month = divmod(moment.year * 12 + moment.month - 1 + months, 12)
    last_day = calendar.monthrange(year, month + 1)[1]
    return moment.replace(year=year, month=month + 1, day=min(moment.day, last_day))
