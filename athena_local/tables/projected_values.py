"""The values that one partition key can have: listed, numbers, dates or injected ones."""

import itertools
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


@dataclass(frozen=True, kw_only=True)
class ListedProjection:
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
        if self.unit in SECONDS:
            return (moment - self.first).total_seconds() % (SECONDS[self.unit] * self.step) == 0
        months = 12 * (moment.year - self.first.year) + moment.month - self.first.month
        return months % (self.step * (12 if self.unit == "YEAR" else 1)) == 0

    def count(self) -> int:
        """Return the number of values."""
        seconds = SECONDS.get(self.unit, 28 * 86400) * self.step
        return max(0, int((self.last - self.first).total_seconds() // seconds) + 1)

    def values(self) -> Iterator[str]:
        """Yield all values, in order."""
        for number in itertools.count():
            moment = shifted(self.first, number * self.step, self.unit)
            if moment > self.last:
                return
            yield moment.strftime(self.format)


def shifted(moment: datetime, number: int, unit: str) -> datetime:
    """Return a time that is some units later; behind the 28th of a month, months and years end on the 28th."""
    if unit in SECONDS:
        return moment + timedelta(seconds=number * SECONDS[unit])
    months = number * (12 if unit == "YEAR" else 1)
    year, month = divmod(moment.year * 12 + moment.month - 1 + months, 12)
    return moment.replace(year=year, month=month + 1, day=min(moment.day, 28))
