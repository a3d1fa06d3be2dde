"""Files that do not hold what their table says: an error for the queries that use such a column."""

from collections.abc import Sequence

from athena_local.errors import QueryError
from athena_local.formats.rows import ANY_COLUMN
from athena_local.tables.analysis import TableUse
from athena_local.tables.storage import ParquetFile


def check_files(use: TableUse, files: Sequence[ParquetFile]) -> None:
    """Refuse files with a value that the query needs and that cannot be read.

    Raises
    ------
    QueryError
        ``HIVE_BAD_DATA`` or ``HIVE_CURSOR_ERROR``.
    """
    stored = [column.name for column in use.table.columns if column.name in use.columns]
    for file in files:
        for column in [ANY_COLUMN, *stored] if stored else []:
            if column in file.failures:
                name, message = file.failures[column]
                raise QueryError(name, f"{message} ({file.address})")
