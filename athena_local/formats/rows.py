"""Rows on their way from lines to columns, and what is wrong with them."""

from collections.abc import Callable
from typing import Protocol

from athena_local.formats.values import OutOfReachError

Row = list[object]
# A failure that a query has even if it needs only some other column.
ANY_COLUMN = ""


class Failures:
    """The first failure of each column.

    An invalid value fails only the queries that use its column, so that its row is kept with NULL in its place.

    Attributes
    ----------
    by_column
        Trino's name for the failure, and a message.
    """

    def __init__(self) -> None:
        self.by_column: dict[str, tuple[str, str]] = {}

    def note(self, column: str, name: str, message: str) -> None:
        """Remember a failure, unless the column has one."""
        self.by_column.setdefault(column, (name, message))

    def value(
        self, column: str, number: int, read: Callable[[], object], *, nulls: bool, name: str = "HIVE_BAD_DATA"
    ) -> object:
        """Return a value; NULL for an invalid one, which is a failure unless `nulls` allows it.

        Parameters
        ----------
        number
            The column's, from 0.
        name
            Of the failure.
        """
        try:
            return read()
        except OutOfReachError as error:
            self.note(column, "NOT_SUPPORTED", f"a time of column '{column}' is not read offline: {error}")
        except ValueError as error:
            if not nulls:
                message = f"Error parsing field value '{error}' for field {number}: For input string: \"{error}\""
                self.note(column, name, message)
        return None


class RowReader(Protocol):
    """What reads the rows of one layout."""

    def row(self, line: bytes, failures: Failures) -> Row:
        """Return the values of a line, in the order of the columns."""
