"""Conditions and columns, brought from a query to the derived tables that it reads, such as a view's branches.

sqlglot's own rule moves conditions neither through UNION nor through window functions, and not safely through outer
joins. Here they are copied instead, so that nothing that the query means depends on it.
"""

import contextlib
from collections.abc import Iterator, Sequence

from sqlglot import exp
from sqlglot.errors import SqlglotError
from sqlglot.optimizer.pushdown_projections import projection_reachability, prune_projections
from sqlglot.optimizer.scope import Scope, traverse_scope

from athena_local.tables.conditions import bare, conditions_on

# Rows that depend on others: fewer rows below would be other rows above.
_COUNTED = ("limit", "offset", "distinct", "group", "having", "qualify", "connect", "match")


def copy_conditions(tree: exp.Expr) -> None:
    """Add each condition on a derived table that its rows must meet to the queries that the table is made of."""
    for scope in reversed(traverse_scope(tree)):  # outer queries first
        for alias, (_, source) in scope.selected_sources.items():
            if isinstance(source, Scope) and isinstance(query := source.expression, exp.Query) and _is_whole(source):
                names = query.named_selects
                conditions = conditions_on(scope, alias, set(names))
                _add(query, names, [bare(condition) for condition in conditions])


def leave_out_columns(tree: exp.Expr) -> None:
    """Leave out the columns of derived tables that no query reads; a tree that sqlglot cannot follow stays."""
    for star in list(tree.find_all(exp.Star)):
        if isinstance(star.parent, exp.Func):  # count(*), for which sqlglot would keep all columns
            star.replace(exp.Literal.number(1))
    with contextlib.suppress(SqlglotError, AssertionError):
        prune_projections(projection_reachability(tree, whole_query=True), root=0, remove_ctes=False)


def _is_whole(source: Scope) -> bool:
    """Tell whether a query sees all rows and columns of a derived table, under their own names."""
    if not source.is_derived_table or source.outer_columns:
        return False
    around = source.expression.parent
    while isinstance(around, exp.Subquery):
        if _is_cut(around):
            return False
        around = around.parent
    return True


def _is_cut(query: exp.Expr) -> bool:
    return any(query.args.get(arg) for arg in ("limit", "offset"))


def _add(query: exp.Expr, names: Sequence[str], conditions: Sequence[exp.Expr]) -> None:
    """Add conditions on a query's columns, which the names are in order."""
    if isinstance(query, exp.Union) and not _is_cut(query):
        _add(query.left, names, conditions)
        _add(query.right, names, conditions)
    elif isinstance(query, exp.Subquery) and not _is_cut(query):
        _add(query.this, names, conditions)
    elif isinstance(query, exp.Select) and not any(query.args.get(arg) for arg in _COUNTED):
        values = {name: each.unalias() for name, each in zip(names, query.selects, strict=True)}
        for condition in conditions:
            if _passes(query, [values[column.name] for column in condition.find_all(exp.Column)]):
                query.where(_replaced(condition, values), copy=False)


def _replaced(condition: exp.Expr, values: dict[str, exp.Expr]) -> exp.Expr:
    """Return a condition with a value in place of each column."""
    inside = condition.copy()
    for column in list(inside.find_all(exp.Column)):
        column.replace(values[column.name].copy())
    return inside


def _passes(query: exp.Select, columns: Sequence[exp.Expr]) -> bool:
    """Tell whether a condition on columns is true of a row before windows if it is of the row after them."""
    windows = [window for select in query.selects for window in select.find_all(exp.Window)]
    names = [name.sql() for column in columns for name in column.find_all(exp.Column)]
    return all(map(_is_plain, columns)) and all(name in _partition(window) for window in windows for name in names)


def _is_plain(value: exp.Expr) -> bool:
    """Tell whether a value is that of a column or its cast, and so neither an aggregate nor a random number."""
    while isinstance(value, exp.Cast):
        value = value.this
    return isinstance(value, exp.Column)


def _partition(window: exp.Window) -> Iterator[str]:
    return (each.sql() for each in window.args.get("partition_by") or ())
