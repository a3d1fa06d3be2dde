"""The values of a subject, as conditions on columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from thermocline.contracts import Contract
from thermocline.export.ports import Condition
from thermocline.streams import QUARANTINE

_TEXTS = ("payload", "context")


class OneOf:
    """The column has one of some values, as text."""

    def __init__(self, values: Iterable[str]) -> None:
        self._values = frozenset(values)

    def __call__(self, value: object) -> bool:
        """Tell whether it is one of them."""
        return str(value) in self._values

    def between(self, low: object, high: object) -> bool:
        """Tell whether one of them may lie between two bounds; only those of text are in the order of text."""
        if not (isinstance(low, str) and isinstance(high, str)):
            return True
        return any(low <= value <= high for value in self._values)


class Mentions:
    """The column's text mentions one of the subjects, wherever in it."""

    def __init__(self, mentions: Callable[[str], bool]) -> None:
        self._mentions = mentions

    def __call__(self, value: object) -> bool:
        """Tell whether it does."""
        return self._mentions(str(value))

    def between(self, low: object, high: object) -> bool:  # noqa: ARG002  (bounds tell nothing of what is inside)
        """Tell that it may."""
        return True


def conditions_of(
    contract: Contract, subjects: Mapping[str, frozenset[str]], mentions: Callable[[str], bool]
) -> dict[str, Condition]:
    """Return the conditions on a table's columns; none of them: the table knows no such subjects.

    Parameters
    ----------
    subjects
        The values, by column.
    mentions
        Tells whether the text of a refused event has one of them.
    """
    if contract.name == QUARANTINE:
        return {name: Mentions(mentions) for name in _TEXTS}
    return {name: OneOf(subjects[name]) for name in contract.erasure_keys if name in subjects}
