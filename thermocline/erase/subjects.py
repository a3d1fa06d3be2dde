"""Tells the subjects of a run by their digests: whose value a column has, and whether a text names one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from thermocline.contracts import Contract
from thermocline.erase.mentions import values
from thermocline.subjects import SubjectHasher

_MOST_REMEMBERED: Final = 200_000


class Subjects:
    """The subjects of a run; a value that was asked for once is remembered.

    Parameters
    ----------
    digests
        Of the subjects.
    columns
        All erasure keys of the lake: a text does not say which of them a value in it is of.
    """

    def __init__(self, hasher: SubjectHasher, digests: Iterable[str], columns: Sequence[str]) -> None:
        self._hasher = hasher
        self._digests = frozenset(digests)
        self._columns = columns
        self._known: dict[tuple[str, str], bool] = {}

    def owns(self, column: str, value: object) -> bool:
        """Tell whether a column's value is a subject's."""
        if value is None:
            return False
        asked = (column, str(value))
        if asked not in self._known:
            if len(self._known) >= _MOST_REMEMBERED:
                self._known.clear()
            self._known[asked] = self._hasher.digest(column, value) in self._digests
        return self._known[asked]

    def named_in(self, text: str) -> bool:
        """Tell whether a text has the value of a subject, under any erasure key."""
        distinct = set(values(text))
        return any(self.owns(column, value) for column in self._columns for value in distinct)

    def among(self, digests: Iterable[str]) -> frozenset[str]:
        """Return those of some digests that are a subject's."""
        return self._digests.intersection(digests)


def erasure_keys(contracts: Mapping[str, Contract]) -> tuple[str, ...]:
    """Return the erasure keys of all contracts, each once."""
    return tuple(dict.fromkeys(key for contract in contracts.values() for key in contract.erasure_keys))
