"""One statement, from text to rows."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field

import duckdb
import pyarrow as pa
from sqlglot import exp

from athena_local.analyzer.clauses import check_clauses
from athena_local.analyzer.names import check_names
from athena_local.analyzer.trino_types import Type
from athena_local.analyzer.typed import as_trino, check
from athena_local.errors import CancelledError, QueryError, from_duckdb
from athena_local.execution.engine import Engine
from athena_local.execution.own_texts import check_shown
from athena_local.execution.resolve import bind_parameters, resolve
from athena_local.execution.results import rows_of
from athena_local.statements.statements import Statement, answer, unsupported
from athena_local.syntax.dialect import parse, to_duckdb
from athena_local.tables.analysis import PATH_COLUMN, TableUse, analyse
from athena_local.tables.catalog import Catalog, Table
from athena_local.tables.relations import quoted, relation
from athena_local.tables.sources import TableSource
from athena_local.tables.storage import ParquetFile
from athena_local.tables.types import OutputColumn, ResultType, Row, result_type
from athena_local.translation.moments import MONTHS, Moment
from athena_local.translation.rewrite import rewrite
from athena_local.translation.shapes import UNNAMED
from athena_local.translation.unnest import pairs_are_rows

_BATCH_ROWS = 10_000


@dataclass(frozen=True, kw_only=True)
class Request:
    """A client's request for one statement.

    Attributes
    ----------
    scan_limit
        BytesScannedCutoffPerQuery of the workgroup.
    reuse
        The ResultReuseConfiguration to show.
    """

    statement: Statement
    database: str
    parameters: tuple[str, ...] = ()
    scan_limit: int | None = None
    workgroup: str = "primary"
    reuse: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Answer:
    """A result whose rows have not been fetched yet.

    Attributes
    ----------
    scanned_bytes
        Compressed size of the column chunks that the query uses, in the files left after pruning by partition. As in
        Athena, a column counts once per scan, and ``count(*)`` counts nothing. Unlike in Athena, row groups that are
        skipped by their statistics and files that a LIMIT makes unnecessary count too.
    """

    columns: tuple[OutputColumn, ...]
    rows: Iterable[Row]
    scanned_bytes: int = 0
    has_header: bool = True


class QueryRunner:
    """A runner of statements on an engine, over a catalog and its objects."""

    def __init__(self, *, engine: Engine, catalog: Catalog, tables: TableSource) -> None:
        self._engine = engine
        self._catalog = catalog
        self._tables = tables

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
        statement = request.statement
        if statement.kind in ("unsupported", "definition", "prepared"):
            raise unsupported(statement)
        if statement.kind == "catalog":
            catalog_answer = answer(statement, self._catalog, request.database)
            return Answer(columns=catalog_answer.columns, rows=catalog_answer.rows, has_header=False)
        try:
            return self._query(request, cursor, stopped)
        except duckdb.InterruptException as error:
            raise CancelledError("Query cancelled by user") from error
        except duckdb.Error as error:
            raise from_duckdb(str(error)) from error

    def _query(self, request: Request, cursor: duckdb.DuckDBPyConnection, stopped: Callable[[], bool]) -> Answer:
        explain = request.statement.kind == "explain"
        sql = request.statement.text[len("EXPLAIN") :].lstrip() if explain else request.statement.text
        tree = parse(sql)
        if not isinstance(tree, exp.Query | exp.Values):
            raise unsupported(request.statement)
        bind_parameters(tree, list(request.parameters))
        resolved = resolve(tree, sql, catalog=self._catalog, tables=self._tables, database=request.database)
        check_clauses(resolved.tree, sql)
        check_names(resolved.tree, sql, resolved.tables)
        uses = analyse(resolved.tree, sql, resolved.tables)
        types = check(resolved.tree, resolved.tables)
        scanned = self._create_relations(cursor, uses, stopped)
        if request.scan_limit is not None and scanned > request.scan_limit:
            raise CancelledError("Bytes scanned limit was exceeded")
        rewritten = rewrite(resolved.tree, sql, resolved.tables)
        _execute(cursor, rewritten.tree, "EXPLAIN " if explain else "")
        if explain:
            return _plan(cursor)
        return Answer(
            columns=_columns(cursor, rewritten.moments, types),
            rows=_rows(cursor, rewritten.moments, types),
            scanned_bytes=scanned,
        )

    def _create_relations(
        self, cursor: duckdb.DuckDBPyConnection, uses: Sequence[TableUse], stopped: Callable[[], bool]
    ) -> int:
        scanned = 0
        files: dict[str, dict[str, ParquetFile]] = {}
        tables: dict[str, Table] = {}
        with_path: set[str] = set()
        for use in uses:
            if stopped():
                raise CancelledError("Query cancelled by user")
            name = f"{use.table.database}.{use.table.name}"
            tables[name] = use.table
            used = self._tables.files(use)
            stored = use.columns - {key.name for key in use.table.partition_keys}
            scanned += sum(file.column_bytes.get(column, 0) for file in used for column in stored)
            files.setdefault(name, {}).update({file.path: file for file in used})
            if PATH_COLUMN in use.columns:
                with_path.add(name)
        for name, table in tables.items():
            query = relation(table, list(files[name].values()), with_path=name in with_path)
            cursor.execute(f"CREATE OR REPLACE TEMP VIEW {quoted(name)} AS {query}")
        if stopped():
            raise CancelledError("Query cancelled by user")
        return scanned


def _execute(cursor: duckdb.DuckDBPyConnection, tree: exp.Expr, prefix: str) -> None:
    try:
        cursor.execute(prefix + to_duckdb(tree))
    except duckdb.BinderException as error:
        if "map_entries(" not in str(error):
            raise
        cursor.execute(prefix + to_duckdb(pairs_are_rows(tree)))


def _columns(
    cursor: duckdb.DuckDBPyConnection, moments: dict[int, Moment], types: Sequence[Type | None]
) -> tuple[OutputColumn, ...]:
    columns = []
    description = cursor.description or ()
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
        columns.append(OutputColumn(name=f"_col{number}" if name.startswith(UNNAMED) else name, type=shown))
    return tuple(columns)


def _rows(cursor: duckdb.DuckDBPyConnection, moments: dict[int, Moment], types: Sequence[Type | None]) -> Iterator[Row]:
    reader = cursor.to_arrow_reader(_BATCH_ROWS)
    try:
        for batch in reader:
            yield from rows_of(batch, moments, types)
    except OverflowError as error:
        raise QueryError("NOT_SUPPORTED", "years before 1 and after 9999 are not shown offline") from error
    except duckdb.InterruptException as error:
        raise CancelledError("Query cancelled by user") from error
    except (duckdb.Error, pa.ArrowException) as error:
        if "INTERRUPT" in str(error):
            raise CancelledError("Query cancelled by user") from error
        raise from_duckdb(str(error)) from error


def _plan(cursor: duckdb.DuckDBPyConnection) -> Answer:
    rows: list[Row] = [[line] for row in cursor.fetchall() for line in str(row[-1]).splitlines()]
    column = OutputColumn(name="Query Plan", type=ResultType(name="varchar", precision=2147483647))
    return Answer(columns=(column,), rows=rows, has_header=False)
