"""A query on DuckDB's cursor; its errors have Trino's names."""

from collections.abc import Iterator, Sequence

import duckdb
import pyarrow as pa
from sqlglot import exp

from athena_local.analyzer.trino_types import Type
from athena_local.errors import CancelledError, QueryError, from_duckdb, out_of_memory
from athena_local.execution.result_texts import rows_of
from athena_local.syntax.dialect import to_duckdb
from athena_local.tables.types import Row
from athena_local.translation.moments import Moment
from athena_local.translation.unnest import pairs_are_rows

_BATCH_ROWS = 2_048


def execute(cursor: duckdb.DuckDBPyConnection, tree: exp.Expr, prefix: str = "") -> None:
    """Run a query up to its first rows.

    Parameters
    ----------
    prefix
        What stands before the query, such as ``DESCRIBE``.
    """
    try:
        cursor.execute(prefix + to_duckdb(tree))
    except duckdb.BinderException as error:
        if "map_entries(" not in str(error):
            raise
        cursor.execute(prefix + to_duckdb(pairs_are_rows(tree)))


def rows_on(
    cursor: duckdb.DuckDBPyConnection, moments: dict[int, Moment], types: Sequence[Type | None]
) -> Iterator[Row]:
    """Yield the rows of the query that a cursor has run, as texts."""
    try:
        for batch in batches_of(cursor, _BATCH_ROWS):
            yield from rows_of(batch, moments, types)
    except OverflowError as error:
        raise QueryError("NOT_SUPPORTED", "years before 1 and after 9999 are not shown offline") from error


def batches_of(cursor: duckdb.DuckDBPyConnection, size: int) -> Iterator[pa.RecordBatch]:
    """Yield the rows of the query that a cursor has run."""
    try:
        yield from cursor.to_arrow_reader(size)
    except duckdb.InterruptException as error:
        raise CancelledError("Query cancelled by user") from error
    except (duckdb.Error, pa.ArrowException) as error:
        if "INTERRUPT" in str(error):
            raise CancelledError("Query cancelled by user") from error
        raise from_duckdb(str(error)) from error
    except (MemoryError, SystemError) as error:
        raise out_of_memory() from error
