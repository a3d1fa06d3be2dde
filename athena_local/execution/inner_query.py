"""The query inside a statement that writes."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import duckdb
import pyarrow as pa
from sqlglot import exp

from athena_local.errors import QueryError
from athena_local.execution.cursors import batches_of
from athena_local.execution.requests import Answer, Request
from athena_local.execution.table_rows import BATCH_ROWS, QueryColumn, query_columns
from athena_local.statements.kinds import Statement
from athena_local.statements.view_statements import check_columns
from athena_local.syntax.dialect import parse
from athena_local.tables.types import OutputColumn
from athena_local.tables.writing import Stopped

# A request, the connection for it, and whether it is to stop → its answer.
Run = Callable[[Request, duckdb.DuckDBPyConnection, Stopped], Answer]


class InnerQuery:
    """What runs the query inside one statement.

    Parameters
    ----------
    describe
        Run a query over tables without rows.
    run
        Run a query up to its first rows, which the cursor then has.
    """

    def __init__(
        self, *, describe: Run, run: Run, request: Request, cursor: duckdb.DuckDBPyConnection, stopped: Stopped
    ) -> None:
        self._describe = describe
        self._run = run
        self._cursor = cursor
        self.request = request
        self.stopped = stopped

    def columns(self, query: str, *, named: bool) -> list[QueryColumn]:
        """Return the columns of a query without reading a row.

        Parameters
        ----------
        named
            Whether they must have names, because a table is made of them.

        Raises
        ------
        QueryError
            The query fails, or no table can have its columns.
        """
        answer = self._describe(self._request(query), self._cursor, self.stopped)
        duckdb_types = [each[1] for each in self._cursor.description or ()]
        if named:
            lowered = [OutputColumn(name=column.name.lower(), type=column.type) for column in answer.columns]
            check_columns(lowered, query, parse(query))
        columns = query_columns(answer.columns, answer.types, duckdb_types)
        for number, column in enumerate(columns, start=1):
            if named and column.type.name == "unknown":
                raise QueryError("COLUMN_TYPE_UNKNOWN", f"line 1:1: Column type is unknown at position {number}")
        return columns

    def rows(self, query: str) -> tuple[Iterator[pa.RecordBatch], Answer]:
        """Run a query; return its rows, and the answer that tells what it reads."""
        answer = self._run(self._request(query), self._cursor, self.stopped)
        return batches_of(self._cursor, BATCH_ROWS), answer

    def _request(self, query: str) -> Request:
        if not isinstance(parse(query), exp.Query | exp.Values):
            raise QueryError("NOT_SUPPORTED", "only SELECT, WITH, VALUES and TABLE can be written offline")
        statement = Statement(text=query, kind="query", type="DML", substatement="SELECT")
        return replace(self.request, statement=statement)
