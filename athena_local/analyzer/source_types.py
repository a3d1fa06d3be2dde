"""The columns of what FROM names: tables, subqueries, VALUES and UNNEST."""

from collections.abc import Mapping

from sqlglot import exp

from athena_local.analyzer.scopes import Columns, Scope, Typed, aliased, renamed
from athena_local.analyzer.trino_types import from_hive
from athena_local.analyzer.unnest_types import unnested
from athena_local.tables.catalog import Table


class SourceTypes:
    """The columns of a statement's sources.

    Parameters
    ----------
    tables
        The tables by their names in the tree.
    """

    def __init__(self, tables: Mapping[str, Table], typing: Typed) -> None:
        self._tables = tables
        self._typing = typing

    def columns(self, source: exp.Expr, scope: Scope) -> tuple[str, Columns | None]:
        """Return a source's alias and its columns; None when they cannot be told."""
        alias = source.alias_or_name.lower()
        if isinstance(source, exp.Table):
            return alias, renamed(self._table(source, scope), source.args.get("alias"))
        if isinstance(source, exp.Unnest):
            return alias, unnested(source, self._typing, scope)
        if isinstance(source, exp.Subquery):
            if source.args.get("joins"):
                return alias, None
            inner = self._typing.query(source.this, Scope(scope.sources, scope.parameters, scope.common, scope.parent))
            return alias, aliased(inner, source.args.get("alias")) if inner is not None else None
        inner = None
        if isinstance(source, exp.Values):
            inner = self._typing.query(source, Scope(common=scope.common, parent=scope.parent))
        if isinstance(source, exp.Lateral) and isinstance(source.this, exp.Query | exp.Values):
            inner = self._typing.query(source.this, Scope(common=scope.common, parent=scope))
            inner = aliased(inner, source.args.get("alias")) if inner is not None else None
        return alias, inner

    def _table(self, table: exp.Table, scope: Scope) -> Columns | None:
        name = table.name
        if name in self._tables:
            return [(column.name.lower(), from_hive(column.type)) for column in self._tables[name].all_columns]
        return scope.common.get(name.lower())

    def hidden(self, source: exp.Expr) -> Columns:
        """Return the columns that only their names bring."""
        table = self._tables.get(source.name) if isinstance(source, exp.Table) else None
        return [(column.name, from_hive(column.type)) for column in table.hidden] if table else []
