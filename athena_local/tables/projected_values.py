"""The values that one partition key can have: listed, numbers, dates or injected ones."""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

SECONDS = {"SECOND": 1, "MINUTE": 60, "HOUR": 3600, "DAY": 86400, "WEEK": 7 * 86400}


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
class ListedProjection(_AsWritten):
    """`projection.<key>.values`, or the values that a query's WHERE clause gives."""

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
        if self.unit in SECONDS:
            return (moment - self.first).total_seconds() % (SECONDS[self.unit] * self.step) == 0
        return moment in set(self._moments())

    def count(self) -> int:
        """Return the number of values."""
        seconds = SECONDS.get(self.unit, 28 * 86400) * self.step
        return max(0, int((self.last - self.first).total_seconds() // seconds) + 1)

    def values(self) -> Iterator[str]:
        """Yield all values, in order."""
        return iter(dict.fromkeys(moment.strftime(self._of_values) for moment in self._moments()))

    def _moments(self) -> Iterator[datetime]:
        moment = self.first
        try:
            while moment <= self.last:
                yield moment
                moment = shifted(moment, self.step, self.unit)
        except (OverflowError, ValueError):  # after the year 9999
            return

    def pattern(self) -> str:
        """Return a pattern of all values: a text with other digits and letters fits, too."""
        example = self.first.strftime(self.format)
        width = "+" if "%-" in self.format else ""
        parts = re.findall(r"[0-9]+|[^\W\d_]+|.", example, re.DOTALL)
        return "".join(_shape(part, width) for part in parts)


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


def shifted(moment: datetime, number: int, unit: str) -> datetime:
    """Return a time that is some units later; months and years end on the last day of a month at the latest."""
    if unit in SECONDS:
        return moment + timedelta(seconds=number * SECONDS[unit])
    months = number * (12 if unit == "YEAR" else 1)
    year, month = divmod(moment.year * 12 + moment.month - 1 + months, 12)
    last_day = calendar.monthrange(year, month + 1)[1]
    return moment.replace(year=year, month=month + 1, day=min(moment.day, last_day))
