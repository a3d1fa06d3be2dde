"""The port for kinds of tables that are written: rows in, with an undo for what comes after them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

import pyarrow as pa

from athena_local.tables.catalog import Column, Table

# A value after WITH: a text, a number, a truth value, or ARRAY['…', …].
Property = str | int | bool | tuple[str, ...]
# Whether the user has stopped the statement.
Stopped = Callable[[], bool]


def _nothing() -> None:
    """Undo nothing."""


@dataclass(frozen=True, kw_only=True)
class Written:
    """What one statement has written.

    Attributes
    ----------
    rows
        How many.
    addresses
        The ``s3://`` addresses of the new data files.
    undo
        Take it back; called at most once, when something after the write fails or the user stops the statement.
    """

    rows: int
    addresses: tuple[str, ...] = ()
    undo: Callable[[], None] = field(default=_nothing, compare=False)


@dataclass(frozen=True, kw_only=True)
class NewTable:
    """A table that CREATE TABLE AS makes.

    Attributes
    ----------
    columns
        All of them, in the query's order, with their Hive types.
    location
        ``s3://bucket/prefix/``, where nothing is yet.
    properties
        Those after WITH, by names in lower case.
    """

    database: str
    name: str
    columns: tuple[Column, ...]
    location: str
    properties: Mapping[str, Property] = field(default_factory=dict)


class TableWriter(Protocol):
    """One kind of tables.

    Each method is done completely or not at all: an error, one of `rows`' own included, leaves no object, no table
    and no partition. `stopped` is asked between steps, and `CancelledError` raised when it is true.
    """

    def insert(self, table: Table, rows: pa.RecordBatchReader, stopped: Stopped) -> Written:
        """Add rows, whose columns are the table's in its order, partition keys last, with the types of its columns."""

    def create(self, table: NewTable, rows: pa.RecordBatchReader, stopped: Stopped) -> Written:
        """Create a table with rows; undoing it drops the table, too."""
