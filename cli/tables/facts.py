"""What a sample says about each member: how often it occurs, which types hold its values, what looks personal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any, Final

from cli.tables.names import looks_like_key
from cli.tables.personal_values import kinds_in
from cli.tables.types import CELL_TESTS, JSON_TESTS, Test

_MOST_KEYS: Final = 5_000_000


class Facts:
    """What the values of one member have in common.

    Parameters
    ----------
    member
        The member's name.
    cells
        True: values are the text of CSV cells; False: they are JSON values.
    is_key
        True: its values are remembered, to count those that repeat.

    Attributes
    ----------
    values
        Count of the values that are not null.
    kinds
        Count of the values that hold something personal, by what it is.
    repeats
        Count of the values that occurred before; only where `is_key`.
    """

    def __init__(self, member: str, *, cells: bool = False, is_key: bool = False) -> None:
        self.member = member
        self.values = 0
        self.repeats = 0
        self.kinds: Counter[str] = Counter()
        self._tests: dict[str, Test] = dict(CELL_TESTS if cells else JSON_TESTS)
        self._keys: set[Any] | None = set() if is_key else None

    @property
    def possible(self) -> frozenset[str]:
        """Names of the tests that every value passed."""
        return frozenset(self._tests)

    def add(self, value: Any) -> None:
        """Add a value that is not null."""
        self.values += 1
        failed = [name for name, test in self._tests.items() if not test(value)]
        for name in failed:
            del self._tests[name]
        if "date" not in self._tests and "timestamp" not in self._tests:
            for kind in set(kinds_in(value, self.member)):
                self.kinds[kind] += 1
        if self._keys is not None and isinstance(value, int | str) and len(self._keys) < _MOST_KEYS:
            self.repeats += value in self._keys
            self._keys.add(value)


class Columns:
    """The facts of all members, in the order in which they first occurred.

    Parameters
    ----------
    cells
        True: the sample is CSV.
    """

    def __init__(self, *, cells: bool = False) -> None:
        self.rows = 0
        self.facts: dict[str, Facts] = {}
        self._cells = cells

    def add(self, row: Mapping[str, Any]) -> None:
        """Add a row."""
        self.rows += 1
        for member, value in row.items():
            facts = self.facts.get(member) or self.expect(member)
            if value is not None:
                facts.add(value)

    def expect(self, member: str) -> Facts:
        """Return the facts of a member; it is added, even if no row has it."""
        return self.facts.setdefault(member, Facts(member, cells=self._cells, is_key=looks_like_key(member)))
