"""One query on one connection: checked, given its tables, and run or described."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import duckdb

from athena_local.errors import CancelledError
from athena_local.execution.checked_query import CheckedQuery, checked_query, hidden_columns
from athena_local.execution.cursors import execute, rows_on
from athena_local.execution.explain import scanned_bytes
from athena_local.execution.requests import Answer, Request
from athena_local.execution.result_columns import result_columns
from athena_local.execution.versions import Constant
from athena_local.syntax.quotes import quoted
from athena_local.tables.catalog import Catalog
from athena_local.tables.parquet_files import ParquetFile
from athena_local.tables.relations import relation
from athena_local.tables.sources import TableSource
from athena_local.tables.table_uses import TableUse
from athena_local.translation.rewrite import rewrite


@dataclass(frozen=True, kw_only=True)
class QueryRun:
    """The steps of one query.

    Attributes
    ----------
    cursor
        The query's own connection; its temporary views are private.
    constant
        What tells the value of an expression without columns.
    """

    request: Request
    cursor: duckdb.DuckDBPyConnection
    stopped: Callable[[], bool]
    catalog: Catalog
    tables: TableSource
    constant: Constant

    def checked(self, sql: str) -> CheckedQuery:
        """Return a query as Trino reads it."""
        return checked_query(sql, self.request, catalog=self.catalog, tables=self.tables, constant=self.constant)

    def files(self, uses: Sequence[TableUse]) -> list[list[ParquetFile]]:
        """Return the local files that each use of a table reads."""
        files = []
        for use in uses:
            self._continue()
            files.append(self.tables.files(use))
        return files

    def open_tables(self, uses: Sequence[TableUse], files: Sequence[Sequence[ParquetFile]]) -> int:
        """Give DuckDB a view per table, and return the bytes that the uses read.

        Raises
        ------
        CancelledError
            There are more of them than the workgroup allows, or the query is stopped.
        """
        self._create_views(uses, files)
        scanned = sum(scanned_bytes(use, used) for use, used in zip(uses, files, strict=True))
        if self.request.scan_limit is not None and scanned > self.request.scan_limit:
            raise CancelledError("Bytes scanned limit was exceeded")
        self._continue()
        return scanned

    def _create_views(self, uses: Sequence[TableUse], files: Sequence[Sequence[ParquetFile]]) -> None:
        hidden = hidden_columns(uses)
        tables = {f"{use.table.database}.{use.table.name}": use.table for use in uses}
        together: dict[str, dict[str, ParquetFile]] = {name: {} for name in tables}
        for use, used in zip(uses, files, strict=True):
            together[f"{use.table.database}.{use.table.name}"].update({file.path: file for file in used})
        for name, table in tables.items():
            query = relation(table, list(together[name].values()), hidden=hidden[name])
            self.cursor.execute(f"CREATE OR REPLACE TEMP VIEW {quoted(name)} AS {query}")

    def answer(self, checked: CheckedQuery, scanned: int) -> Answer:
        """Run a query, whose tables are open, up to its first rows."""
        rewritten = rewrite(checked.tree, checked.sql, checked.tables)
        planned = time.time()
        execute(self.cursor, rewritten.tree)
        return Answer(
            columns=result_columns(self.cursor.description or (), rewritten.moments, checked.types, checked.names),
            rows=rows_on(self.cursor, rewritten.moments, checked.types),
            scanned_bytes=scanned,
            types=tuple(checked.types),
            planned=planned,
        )

    def described(self, checked: CheckedQuery) -> Answer:
        """Return the columns of a query that does not run."""
        rewritten = rewrite(checked.tree, checked.sql, checked.tables)
        execute(self.cursor, rewritten.tree, "DESCRIBE ")
        return Answer(
            columns=result_columns(self.cursor.fetchall(), rewritten.moments, checked.types, checked.names), rows=()
        )

    def _continue(self) -> None:
        if self.stopped():
            raise CancelledError("Query cancelled by user")
