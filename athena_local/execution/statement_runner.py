"""All statements: those that only read, and those that define, prepare or write."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import duckdb

from athena_local.errors import QueryError
from athena_local.execution.inner_query import InnerQuery
from athena_local.execution.query_runner import QueryRunner
from athena_local.execution.requests import Answer, Request
from athena_local.execution.writes import Writes
from athena_local.statements.define import define
from athena_local.statements.definitions import Definitions
from athena_local.statements.iceberg_statements import IcebergStatements, NoIcebergStatements
from athena_local.statements.kinds import Statement, classify
from athena_local.statements.prepared import PreparedStatements
from athena_local.syntax.dialect import parse
from athena_local.tables.glue_writer import CatalogWriter
from athena_local.tables.sources import WithoutRows
from athena_local.tables.storage import ObjectStore
from athena_local.tables.types import OutputColumn


class StatementRunner(QueryRunner):
    """A `QueryRunner` that also changes the catalog.

    Parameters
    ----------
    writer
        What changes the catalog.
    prepared
        The prepared statements of all workgroups.
    store
        The objects of tables.
    writes
        What runs the statements that write rows.
    iceberg
        What defines Iceberg tables; they are refused without it.
    """

    def __init__(
        self,
        *,
        writer: CatalogWriter,
        prepared: PreparedStatements,
        store: ObjectStore,
        writes: Writes,
        iceberg: IcebergStatements | None = None,
        **parts: Any,
    ) -> None:
        super().__init__(**parts)
        self._writer = writer
        self._store = store
        self._iceberg = iceberg or NoIcebergStatements()
        self._prepared = prepared
        self._writes = writes
        self._columns = QueryRunner(**{**parts, "tables": WithoutRows(parts["tables"])})

    def run(self, request: Request, cursor: duckdb.DuckDBPyConnection, stopped: Callable[[], bool]) -> Answer:
        """Run a statement up to its first rows.

        Raises
        ------
        QueryError
            The statement fails, for the reason that Athena would give.
        """
        if request.statement.kind == "definition":
            return self._define(request, cursor, stopped)
        if request.statement.kind == "prepared":
            return self._prepare(request, cursor, stopped)
        if request.statement.kind == "write":
            describe, run = self._columns.run, super().run
            inner = InnerQuery(describe=describe, run=run, request=request, cursor=cursor, stopped=stopped)
            return self._writes.run(inner)
        return super().run(request, cursor, stopped)

    def _define(self, request: Request, cursor: duckdb.DuckDBPyConnection, stopped: Callable[[], bool]) -> Answer:
        def describe(sql: str, database: str) -> list[tuple[OutputColumn, Any]]:
            statement = Statement(text=sql, kind="query", type="DML", substatement="SELECT")
            columns = self._columns.run(Request(statement=statement, database=database), cursor, stopped).columns
            return [(column, each[1]) for column, each in zip(columns, cursor.description or (), strict=True)]

        on = Definitions(
            catalog=self._catalog,
            writer=self._writer,
            store=self._store,
            describe=describe,
            database=request.database,
            iceberg=self._iceberg,
        )
        defined = define(request.statement, on)
        return Answer(columns=defined.columns, rows=defined.rows, has_header=False)

    def _prepare(self, request: Request, cursor: duckdb.DuckDBPyConnection, stopped: Callable[[], bool]) -> Answer:
        statement = request.statement
        if statement.substatement == "EXECUTE":
            query, values = self._prepared.execution(statement.text, request.workgroup)
            inner = replace(request, statement=_executed(query), parameters=values or request.parameters)
            return self.run(inner, cursor, stopped)
        if statement.substatement == "PREPARE":
            parse(_query_only(self._prepared.query(statement.text)).text)
            self._prepared.prepare(statement.text, request.workgroup)
        else:
            self._prepared.deallocate(statement.text, request.workgroup)
        return Answer(columns=(), rows=(), has_header=False)


def _executed(sql: str) -> Statement:
    """Return the query to execute, with the spaces before it."""
    return replace(_query_only(sql), text=sql)


def _query_only(sql: str) -> Statement:
    """Return a prepared statement's query; other statements are not prepared offline."""
    statement = classify(sql)
    if statement.kind != "query":
        raise QueryError("NOT_SUPPORTED", "only SELECT, WITH and VALUES can be prepared offline")
    return statement
