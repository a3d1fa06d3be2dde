"""A query's text → the checked tree, with the tables that it reads."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlglot import exp

from athena_local.analyzer.clauses import check_clauses
from athena_local.analyzer.names import check_names
from athena_local.analyzer.trino_types import Type
from athena_local.analyzer.typed import check
from athena_local.execution.parameters import bind_parameters
from athena_local.execution.requests import Request
from athena_local.execution.resolve import resolve
from athena_local.execution.versions import Constant
from athena_local.statements.kinds import unsupported
from athena_local.syntax.dialect import parse
from athena_local.syntax.outputs import Outputs
from athena_local.tables.analysis import analyse
from athena_local.tables.catalog import Catalog, Table
from athena_local.tables.hidden import keep_hidden
from athena_local.tables.sources import TableSource
from athena_local.tables.table_uses import TableUse


@dataclass(frozen=True, kw_only=True)
class CheckedQuery:
    """A query that Trino accepts, without its rows.

    Attributes
    ----------
    tables
        The tables by their names in the tree.
    types, names
        Trino's types and names of the output's columns; None for one that cannot be told, none at all when none can.
    """

    sql: str
    tree: exp.Expr
    tables: Mapping[str, Table]
    uses: Sequence[TableUse]
    types: Sequence[Type | None]
    names: Sequence[str | None]


def checked_query(
    sql: str, request: Request, *, catalog: Catalog, tables: TableSource, constant: Constant
) -> CheckedQuery:
    """Check a query as Trino does before it runs.

    Raises
    ------
    QueryError
        Trino refuses it, or it is not supported offline.
    """
    tree = parse(sql)
    if not isinstance(tree, exp.Query | exp.Values):
        raise unsupported(request.statement)
    bind_parameters(tree, list(request.parameters), sql)
    resolved = resolve(tree, sql, catalog=catalog, tables=tables, database=request.database, constant=constant)
    check_clauses(resolved.tree, sql)
    check_names(resolved.tree, sql, resolved.tables)
    uses = analyse(resolved.tree, sql, resolved.tables)
    types = check(resolved.tree, resolved.tables)
    names = Outputs(catalog={}, common={}).of_statement(resolved.tree) or ()
    keep_hidden(resolved.tree, hidden_columns(uses))
    return CheckedQuery(sql=sql, tree=resolved.tree, tables=resolved.tables, uses=uses, types=types, names=names)


def hidden_columns(uses: Sequence[TableUse]) -> dict[str, set[str]]:
    """Return the hidden columns that a query reads, by table."""
    hidden: dict[str, set[str]] = {}
    for use in uses:
        names = use.columns & {column.name for column in use.table.hidden}
        hidden.setdefault(f"{use.table.database}.{use.table.name}", set()).update(names)
    return hidden
