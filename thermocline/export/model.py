"""What an export has."""

from __future__ import annotations

import datetime as dt

import msgspec


class Level(msgspec.Struct, frozen=True, kw_only=True):
    """How many files of a level were searched, and how many rows of the subjects they have."""

    files: int = 0
    rows: int = 0


class ExportedTable(msgspec.Struct, frozen=True, kw_only=True):
    """What was found in one table.

    Attributes
    ----------
    file
        Name of the file with its rows; None if nothing was written.
    rows
        Rows in the file: as the view shows them, so that twins in hot are one.
    watermark
        Generations before it were read from warm, the others from hot.
    columns
        The type of each column, by name, as the contract has them.
    """

    file: str | None
    rows: int
    watermark: str
    warm: Level
    hot: Level
    columns: dict[str, str]


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What an export has, and what it was made from; no value of a subject is in it.

    Attributes
    ----------
    at
        When it began.
    suppression
        Version of the list of suppressed subjects.
    keys
        The columns that were searched for.
    not_searched
        Tables without such a column: they cannot tell whose a row is.
    """

    at: dt.datetime
    suppression: int
    keys: tuple[str, ...]
    tables: dict[str, ExportedTable]
    not_searched: tuple[str, ...] = ()

    @property
    def rows(self) -> int:
        """Rows of all tables."""
        return sum(table.rows for table in self.tables.values())
