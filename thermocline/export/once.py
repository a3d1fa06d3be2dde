"""The rows of hot files as the view shows them: twins once, and of each raw object the rows of one attempt."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from thermocline.contracts import Contract
from thermocline.export.ports import Row

_IDENTITY: Final = ("source", "event_id", "fingerprint")
_PLACE: Final = ("received_at", "_src", "gen")


def each_once(contract: Contract, rows: Iterable[tuple[str, Row]]) -> list[Row]:
    """Return hot rows without twins, given each with its file's key (see `thermocline.publish.view`)."""
    if {column.name for column in contract.columns}.issuperset(_IDENTITY):
        return _first_of_twins(row for _, row in rows)
    return _of_one_attempt(list(rows))


def _first_of_twins(rows: Iterable[Row]) -> list[Row]:
    first: dict[tuple[Any, ...], Row] = {}
    for row in rows:
        identity = tuple(row.get(name) for name in _IDENTITY)
        if identity not in first or _place(row) < _place(first[identity]):
            first[identity] = row
    return list(first.values())


def _of_one_attempt(rows: list[tuple[str, Row]]) -> list[Row]:
    """Return the rows of the first file of each raw object: another attempt wrote the same ones."""
    files: dict[object, str] = {}
    for key, row in rows:
        files[row["_src"]] = min(key, files.get(row["_src"], key))
    return [row for key, row in rows if files[row["_src"]] == key]


def _place(row: Row) -> tuple[Any, ...]:
    return tuple(row[name] for name in _PLACE)
