"""One statement, from text to rows."""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from typing import Any

import duckdb
import pyarrow as pa
from sqlglot import exp

from athena_local.analyzer.clauses import check_clauses
from athena_local.analyzer.names import check_names
from athena_local.analyzer.trino_types import Type
from athena_local.analyzer.typed import as_trino, check
from athena_local.errors import CancelledError, QueryError, from_duckdb
from athena_local.execution.engine import Engine
from athena_local.execution.explain import Explained, Took, explain, scanned_bytes
from athena_local.execution.own_texts import check_shown
from athena_local.execution.parameters import bind_parameters
from athena_local.execution.resolve import resolve
from athena_local.execution.results import rows_of
from athena_local.statements.explain_statement import read_explain
from athena_local.statements.statements import Statement, answer, unsupported
from athena_local.syntax.dialect import parse, to_duckdb
from athena_local.syntax.outputs import Outputs
from athena_local.tables.analysis import TableUse, analyse
from athena_local.tables.catalog import Catalog, Table
from athena_local.tables.hidden import keep_hidden
from athena_local.tables.relations import quoted, relation
from athena_local.tables.scans import Scans
from athena_local.tables.sources import TableSource
from athena_local.tables.storage import ParquetFile
from athena_local.tables.types import OutputColumn, ResultType, Row, result_type
from athena_local.tables.writing import Written
from athena_local.translation.moments import MONTHS, Moment
from athena_local.translation.rewrite import rewrite
from athena_local.translation.shapes import UNNAMED
from athena_local.translation.unnest import pairs_are_rows

_BATCH_ROWS = 2_048


@dataclass(frozen=True, kw_only=True)
class Request:
    """A client's request for one statement.

    Attributes
    ----------
    scan_limit
        BytesScannedCutoffPerQuery of the workgroup.
    reuse
        The ResultReuseConfiguration to show.
    execution_id, output_folder
        Of the execution that runs it: CREATE TABLE AS makes tables there.
    enforced
        Whether the workgroup alone decides on the output's location.
    """

    statement: Statement
    database: str
    parameters: tuple[str, ...] = ()
    scan_limit: int | None = None
    workgroup: str = "primary"
    reuse: Mapping[str, object] = field(default_factory=dict)
    execution_id: str = ""
    output_folder: str = ""
    enforced: bool = False


@dataclass(frozen=True, kw_only=True)
class Answer:
    """A result whose rows have not been fetched yet.

    Attributes
    ----------
    scanned_bytes
        Compressed size of the column chunks that the query uses, in the files left after pruning by partition. As in
        Athena, a column counts once per scan, and ``count(*)`` counts nothing. Unlike in Athena, row groups that are
        skipped by their statistics and files that a LIMIT makes unnecessary count too.
    types
        Trino's types of the columns; None for one that is not known, and none at all when they cannot be told.
    written
        What a statement that writes has written.
    scanned_rows
        Rows of those files.
    update_count
        Rows that the statement wrote; None for one that writes none.
    planned
        When the plan was ready, in seconds since 1970.
    """

    columns: tuple[OutputColumn, ...]
    rows: Iterable[Row]
    scanned_bytes: int = 0
    scanned_rows: int = 0
    has_header: bool = True
    types: tuple[Type | None, ...] = ()
    written: Written | None = None
    update_count: int | None = None
    planned: float | None = None


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
            catalog_answer = answer(statement, self._catalog, request.database)
            return Answer(columns=catalog_answer.columns, rows=catalog_answer.rows, has_header=False)
        try:
            return (
                self._explain(request, cursor, stopped) if kind == "explain" else self._query(request, cursor, stopped)
            )
        except duckdb.InterruptException as error:
            raise CancelledError("Query cancelled by user") from error
        except duckdb.Error as error:
            raise from_duckdb(str(error)) from error

    def _query(self, request: Request, cursor: duckdb.DuckDBPyConnection, stopped: Callable[[], bool]) -> Answer:
        checked = self._checked(request.statement.text, request)
        files = self._files(checked.uses, stopped)
        scanned = self._create_relations(cursor, checked.uses, files)
        if request.scan_limit is not None and scanned > request.scan_limit:
            raise CancelledError("Bytes scanned limit was exceeded")
        if stopped():
            raise CancelledError("Query cancelled by user")
        answer = self._run_checked(checked, cursor, scanned)
        return replace(answer, scanned_rows=sum(file.rows for used in files for file in used))

    def _run_checked(self, checked: "_Checked", cursor: duckdb.DuckDBPyConnection, scanned: int) -> Answer:
        rewritten = rewrite(checked.tree, checked.sql, checked.tables)
        planned = time.time()
        _execute(cursor, rewritten.tree, "")
        return Answer(
            columns=_columns(cursor.description or (), rewritten.moments, checked.types, checked.names),
            rows=_rows(cursor, rewritten.moments, checked.types),
            scanned_bytes=scanned,
            types=tuple(checked.types),
            planned=planned,
        )

    def _described(self, checked: "_Checked", cursor: duckdb.DuckDBPyConnection) -> Answer:
        """Return the columns of a query that does not run."""
        rewritten = rewrite(checked.tree, checked.sql, checked.tables)
        _execute(cursor, rewritten.tree, "DESCRIBE ")
        columns = _columns(cursor.fetchall(), rewritten.moments, checked.types, checked.names)
        return Answer(columns=columns, rows=())

    def _checked(self, sql: str, request: Request) -> "_Checked":
        tree = parse(sql)
        if not isinstance(tree, exp.Query | exp.Values):
            raise unsupported(request.statement)
        bind_parameters(tree, list(request.parameters), sql)
        resolved = resolve(
            tree,
            sql,
            catalog=self._catalog,
            tables=self._tables,
            database=request.database,
            constant=self._engine.constant,
        )
        check_clauses(resolved.tree, sql)
        check_names(resolved.tree, sql, resolved.tables)
        uses = analyse(resolved.tree, sql, resolved.tables)
        types = check(resolved.tree, resolved.tables)
        names = Outputs(catalog={}, common={}).of_statement(resolved.tree) or ()
        keep_hidden(resolved.tree, hidden_columns(uses))
        return _Checked(sql=sql, tree=resolved.tree, tables=resolved.tables, uses=uses, types=types, names=names)

    def _explain(self, request: Request, cursor: duckdb.DuckDBPyConnection, stopped: Callable[[], bool]) -> Answer:
        asked = read_explain(request.statement.text)
        if self._scans is None:
            raise unsupported(request.statement)
        started = time.monotonic()
        checked = self._checked(asked.query, request)
        tree = checked.tree.copy()
        files = self._files(checked.uses, stopped) if asked.is_run else [[] for _ in checked.uses]
        scanned = self._create_relations(cursor, checked.uses, files)
        if request.scan_limit is not None and scanned > request.scan_limit:
            raise CancelledError("Bytes scanned limit was exceeded")
        planned = time.monotonic()
        answer = self._run_checked(checked, cursor, scanned) if asked.is_run else self._described(checked, cursor)
        rows = sum(1 for _ in answer.rows)
        times = {"planning": planned - started, "running": time.monotonic() - planned}
        took = Took(rows=rows, scanned_bytes=scanned, files=files, **times) if asked.is_run else None
        explained = Explained(tree=tree, uses=checked.uses, columns=answer.columns, types=checked.types)
        column, lines = explain(asked, explained, self._scans, took)
        return Answer(columns=(column,), rows=lines, scanned_bytes=scanned, has_header=False)

    def _files(self, uses: Sequence[TableUse], stopped: Callable[[], bool]) -> list[list[ParquetFile]]:
        files = []
        for use in uses:
            if stopped():
                raise CancelledError("Query cancelled by user")
            files.append(self._tables.files(use))
        return files

    def _create_relations(
        self, cursor: duckdb.DuckDBPyConnection, uses: Sequence[TableUse], files: Sequence[Sequence[ParquetFile]]
    ) -> int:
        """Create a view per table, and return the bytes that the uses read."""
        hidden = hidden_columns(uses)
        tables = {f"{use.table.database}.{use.table.name}": use.table for use in uses}
        together: dict[str, dict[str, ParquetFile]] = {name: {} for name in tables}
        for use, used in zip(uses, files, strict=True):
            together[f"{use.table.database}.{use.table.name}"].update({file.path: file for file in used})
        for name, table in tables.items():
            query = relation(table, list(together[name].values()), hidden=hidden[name])
            cursor.execute(f"CREATE OR REPLACE TEMP VIEW {quoted(name)} AS {query}")
        return sum(scanned_bytes(use, used) for use, used in zip(uses, files, strict=True))


@dataclass(frozen=True, kw_only=True)
class _Checked:
    """A query that has been checked, without its rows."""

    sql: str
    tree: exp.Expr
    tables: Mapping[str, Table]
    uses: Sequence[TableUse]
    types: Sequence[Type | None]
    names: Sequence[str | None]


def hidden_columns(uses: Sequence[TableUse]) -> dict[str, set[str]]:
    """Return the hidden columns that a query reads, by table."""
    hidden: dict[str, set[str]] = {}
    for use in uses:
        names = use.columns & {column.name for column in use.table.hidden}
        hidden.setdefault(f"{use.table.database}.{use.table.name}", set()).update(names)
    return hidden


def _execute(cursor: duckdb.DuckDBPyConnection, tree: exp.Expr, prefix: str) -> None:
    try:
        cursor.execute(prefix + to_duckdb(tree))
    except duckdb.BinderException as error:
        if "map_entries(" not in str(error):
            raise
        cursor.execute(prefix + to_duckdb(pairs_are_rows(tree)))


def _columns(
    description: Sequence[Sequence[Any]],
    moments: dict[int, Moment],
    types: Sequence[Type | None],
    names: Sequence[str | None],
) -> tuple[OutputColumn, ...]:
    """Return the columns of a result, of which `description` has names and DuckDB's types."""
    columns = []
    for number, (name, type_, *_) in enumerate(description):
        told = types[number] if number < len(types) else None
        check_shown(told)
        if "GEOMETRY" in str(type_) and told is None:
            raise QueryError(
                "NOT_SUPPORTED", "a geometry as a result is not implemented offline: select ST_AsText of it"
            )
        moment = moments.get(number, moments.get(number - len(description)))
        shown = ResultType(name=moment.kind) if moment and moment.kind == MONTHS else result_type(str(type_))
        if moment is None:
            shown = as_trino(shown, told)
        shared = names[number] if number < len(names) else None
        columns.append(OutputColumn(name=_column_name(name, number, shared), type=shown))
    return tuple(columns)


def _column_name(name: str, number: int, shared: str | None) -> str:
    """Return a column's name without the number that DuckDB adds to one that an earlier column has, too."""
    if name.startswith(UNNAMED):
        return f"_col{number}"
    bare = name.rpartition("_")[0]
    return bare if shared is not None and bare.lower() == shared else name


def _rows(cursor: duckdb.DuckDBPyConnection, moments: dict[int, Moment], types: Sequence[Type | None]) -> Iterator[Row]:
    try:
        for batch in batches_of(cursor, _BATCH_ROWS):
            yield from rows_of(batch, moments, types)
    except OverflowError as error:
        raise QueryError("NOT_SUPPORTED", "years before 1 and after 9999 are not shown offline") from error


def batches_of(cursor: duckdb.DuckDBPyConnection, size: int) -> Iterator[pa.RecordBatch]:
    """Yield the rows of the query that a cursor has run; errors have Trino's names."""
    try:
        yield from cursor.to_arrow_reader(size)
    except duckdb.InterruptException as error:
        raise CancelledError("Query cancelled by user") from error
    except (duckdb.Error, pa.ArrowException) as error:
        if "INTERRUPT" in str(error):
            raise CancelledError("Query cancelled by user") from error
        raise from_duckdb(str(error)) from error
