"""The columns of queries: WITH, VALUES, UNION and its like; a SELECT's are those of `SelectTypes`."""

from collections.abc import Mapping

from sqlglot import exp

from athena_local.analyzer.expressions import Typing
from athena_local.analyzer.operators import joint
from athena_local.analyzer.recursion import check_step
from athena_local.analyzer.row_values import ROW
from athena_local.analyzer.scopes import Columns, Scope, aliased, renamed
from athena_local.analyzer.select_types import SelectTypes
from athena_local.analyzer.source_types import SourceTypes
from athena_local.analyzer.trino_types import Type
from athena_local.syntax.outputs import refers_to
from athena_local.tables.catalog import Table


class QueryTypes:
    """The columns of a statement's queries.

    Parameters
    ----------
    tables
        The tables by their names in the tree.
    """

    def __init__(self, tables: Mapping[str, Table]) -> None:
        self._typing = Typing(self.columns)
        self._selects = SelectTypes(SourceTypes(tables, self._typing), self._typing)

    def columns(self, query: exp.Expr, outer: Scope) -> Columns | None:
        """Return a query's columns; None when they cannot be told."""
        scope = self._with_common(query, outer)
        if isinstance(query, exp.Subquery):
            inner = self.columns(query.this, scope)
            return renamed(inner, query.args.get("alias"))
        if isinstance(query, exp.Values):
            return self._values(query, scope)
        if isinstance(query, exp.SetOperation):
            return self._set_operation(query, scope)
        if isinstance(query, exp.Select):
            return self._selects.columns(query, scope)
        return None

    def _with_common(self, query: exp.Expr, outer: Scope) -> Scope:
        with_: exp.With | None = query.args.get("with_")
        if with_ is None:
            return outer
        common: dict[str, Columns | None] = dict(outer.common)
        for each in with_.expressions:
            scope = Scope(outer.sources, outer.parameters, common, outer.parent)
            name = each.alias.lower()
            if with_.args.get("recursive") and refers_to(each.this, each.alias):
                common = {**common, name: self._recursive(each, scope)}
                continue
            common = {**common, name: renamed(self.columns(each.this, scope), each.args.get("alias"))}
        return Scope(outer.sources, outer.parameters, common, outer.parent)

    def _recursive(self, cte: exp.CTE, scope: Scope) -> Columns | None:
        base = renamed(self.columns(cte.this.this, scope), cte.args.get("alias"))
        known = Scope(scope.sources, scope.parameters, {**scope.common, cte.alias.lower(): base}, scope.parent)
        step = self.columns(cte.this.expression, known)
        if base is not None:
            check_step(base, step)
        return base

    def _values(self, values: exp.Values, scope: Scope) -> Columns | None:
        rows = [self._row(each, scope) for each in values.expressions]
        widths = {len(each) for each in rows if each is not None}
        if None in rows or len(widths) != 1:
            return None
        typed = [each for each in rows if each is not None]
        types = [joint(column, "Values rows have mismatched types:") for column in zip(*typed, strict=True)]
        columns: Columns = [(f"_col{number}", type_) for number, type_ in enumerate(types)]
        return aliased(columns, values.args.get("alias"))

    def _row(self, node: exp.Expr, scope: Scope) -> list[Type | None] | None:
        if not isinstance(node, exp.Tuple):
            return self._expanded(self._typing.type_of(node, scope))
        if len(node.expressions) == 1:
            type_ = self._typing.type_of(node.expressions[0], scope)
            if type_ is not None and type_.name == "row":
                node.meta[ROW] = type_
            return self._expanded(type_)
        return self._typing.types_of(node.expressions, scope)

    def _expanded(self, type_: Type | None) -> list[Type | None] | None:
        """Return the columns of a row of VALUES that is one expression: a row has its own."""
        if type_ is None:
            return None
        return list(type_.items) if type_.name == "row" else [type_]

    def _set_operation(self, query: exp.SetOperation, scope: Scope) -> Columns | None:
        left, right = self.columns(query.this, scope), self.columns(query.expression, scope)
        if left is None or right is None or len(left) != len(right):
            return None
        return [
            (name, joint([a, b], f"column {number + 1} in {query.key.upper()} query"))
            for number, ((name, a), (_, b)) in enumerate(zip(left, right, strict=True))
        ]
