"""Statements that change nothing: queries, EXPLAIN, SHOW and DESCRIBE."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace

import duckdb

from athena_local.errors import CancelledError, from_duckdb, out_of_memory
from athena_local.execution.engine import Engine
from athena_local.execution.explain_query import explain_query
from athena_local.execution.query_run import QueryRun
from athena_local.execution.requests import Answer, Request
from athena_local.statements.catalog_answers import answer
from athena_local.statements.explain_statement import read_explain
from athena_local.statements.kinds import unsupported
from athena_local.tables.catalog import Catalog
from athena_local.tables.scans import Scans
from athena_local.tables.sources import TableSource


class QueryRunner:
    """A runner of statements on an engine, over a catalog and its objects.

    Parameters
    ----------
    scans
        What EXPLAIN tells of tables; it needs one.
    """

    def __init__(self, *, engine: Engine, catalog: Catalog, tables: TableSource, scans: Scans | None = None) -> None:
        self._engine = engine
        self._catalog = catalog
        self._tables = tables
        self._scans = scans

    def cursor(self) -> AbstractContextManager[duckdb.DuckDBPyConnection]:
        """Return the connection to pass to `run`; interrupting it stops the query."""
        return self._engine.cursor()

    def run(self, request: Request, cursor: duckdb.DuckDBPyConnection, stopped: Callable[[], bool]) -> Answer:
        """Run a statement up to its first rows.

        Raises
        ------
        QueryError
            The statement fails, for the reason that Athena would give.
        """
        statement, kind = request.statement, request.statement.kind
        if kind in ("unsupported", "definition", "prepared"):
            raise unsupported(statement)
        if kind == "catalog":
            catalog_answer = answer(statement.substatement, statement.text, self._catalog, request.database)
            return Answer(columns=catalog_answer.columns, rows=catalog_answer.rows, has_header=False)
        run = self._query_run(request, cursor, stopped)
        try:
            return self._explain(run) if kind == "explain" else _query(run)
        except duckdb.InterruptException as error:
            raise CancelledError("Query cancelled by user") from error
        except duckdb.Error as error:
            raise from_duckdb(str(error)) from error
        except (MemoryError, SystemError) as error:
            raise out_of_memory() from error

    def _query_run(self, request: Request, cursor: duckdb.DuckDBPyConnection, stopped: Callable[[], bool]) -> QueryRun:
        return QueryRun(
            request=request,
            cursor=cursor,
            stopped=stopped,
            catalog=self._catalog,
            tables=self._tables,
            constant=self._engine.constant,
        )

    def _explain(self, run: QueryRun) -> Answer:
        asked = read_explain(run.request.statement.text)
        if self._scans is None:
            raise unsupported(run.request.statement)
        return explain_query(asked, run, self._scans)


def _query(run: QueryRun) -> Answer:
    checked = run.checked(run.request.statement.text)
    files = run.files(checked.uses)
    scanned = run.open_tables(checked.uses, files)
    answer = run.answer(checked, scanned)
    return replace(answer, scanned_rows=sum(file.rows for used in files for file in used))
