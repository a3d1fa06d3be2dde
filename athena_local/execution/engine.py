"""DuckDB, limited to the cache folder and to some memory."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pyarrow as pa
from sqlglot import exp

from athena_local.errors import QueryError
from athena_local.syntax.dialect import to_duckdb
from athena_local.syntax.quotes import literal, quoted
from athena_local.tables.catalog import Table
from athena_local.tables.partition_names import NO_VALUE
from athena_local.tables.relations import column_types
from athena_local.translation.functions import MACROS
from athena_local.translation.moments import MOMENT_MACROS
from athena_local.translation.rewrite import rewrite
from athena_local.udf import distributions, geospatial
from athena_local.udf.python_functions import register
from athena_local.udf.registry import PYTHON_FUNCTIONS


class Engine:
    """One in-memory DuckDB, with one cursor per query.

    No SQL can read outside the cache folder or change the configuration.

    Parameters
    ----------
    memory_limit, spill_limit
        What all queries together may use of memory, and of the disk beyond that.
    """

    def __init__(self, *, folder: Path, memory_limit: str = "1GB", spill_limit: str = "10GB", threads: int = 2) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self._opened: dict[int, float] = {}
        self._connection = duckdb.connect(config={"memory_limit": memory_limit, "threads": threads})
        register(self._connection, PYTHON_FUNCTIONS)
        self._connection.execute(MACROS)
        self._connection.execute(MOMENT_MACROS)
        distributions.register(self._connection)
        if spatial := geospatial.extension():
            self._connection.execute(f"LOAD {literal(str(spatial))}")
            self._connection.execute(geospatial.macros())
        for setting in (
            "TimeZone = 'UTC'",
            "parquet_metadata_cache = true",
            "python_enable_replacements = false",
            "autoinstall_known_extensions = false",
            "autoload_known_extensions = false",
            f"temp_directory = {literal(str(folder / 'spill'))}",
            f"max_temp_directory_size = {literal(spill_limit)}",
            f"allowed_directories = [{literal(str(folder))}]",
            "enable_external_access = false",
            "lock_configuration = true",
        ):
            self._connection.execute(f"SET {setting}")

    @contextmanager
    def cursor(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """Yield a connection for one query: its temporary views are private, and an interrupt stops only it."""
        cursor = self._connection.cursor()
        self._opened[id(cursor)] = time.monotonic()
        try:
            yield cursor
        finally:
            del self._opened[id(cursor)]
            cursor.close()

    def constant(self, tree: exp.Expr) -> object:
        """Return the value of an expression without columns; None when it is NULL, or fails."""
        try:
            query = to_duckdb(rewrite(exp.select(tree.copy()), tree.sql()).tree)
            with self.cursor() as cursor:
                value: object = cursor.execute(query).to_arrow_table().column(0)[0].as_py()
                return value
        except (duckdb.Error, QueryError, ValueError, OverflowError):
            return None

    def busy_since(self) -> float | None:
        """Return when the oldest open cursor was opened, by `time.monotonic`; None when there is none."""
        return min(list(self._opened.values()), default=None)

    def keep_partitions(
        self, table: Table, rows: Sequence[tuple[str, ...]], predicates: Sequence[exp.Expr]
    ) -> list[tuple[str, ...]]:
        """Return the rows that may satisfy the predicates; all of them when a predicate cannot be evaluated alone."""
        keys = [key.name for key in table.partition_keys]
        types = column_types(table)
        typed = ", ".join(f"CAST({quoted(key)} AS {types[key]}) AS {quoted(key)}" for key in keys)
        try:
            wheres = [to_duckdb(rewrite(predicate.copy(), predicate.sql()).tree) for predicate in predicates]
            with self.cursor() as cursor:
                columns = {
                    key: [None if row[number] == NO_VALUE else row[number] for row in rows]
                    for number, key in enumerate(keys)
                }
                cursor.register("candidates", pa.table({**columns, "row number": range(len(rows))}))
                source = f'(SELECT {typed}, "row number" FROM candidates)'  # noqa: S608  (every name is quoted)
                query = f'SELECT "row number" FROM {source} WHERE ({") AND (".join(wheres)})'  # noqa: S608
                return [rows[number] for (number,) in cursor.execute(query).fetchall()]
        except duckdb.Error:
            return list(rows)
