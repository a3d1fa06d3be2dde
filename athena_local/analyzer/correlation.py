"""The subqueries that Trino cannot free from the columns of the query around them."""

from collections.abc import Iterator

from sqlglot import exp

from athena_local.analyzer.scopes import OUTER
from athena_local.errors import QueryError

_AGGREGATES = frozenset(
    (
        "any_value", "approx_distinct", "approx_percentile", "arbitrary", "array_agg", "avg", "bool_and", "bool_or",
        "count", "count_if", "every", "max", "max_by", "min", "min_by", "stddev", "stddev_pop", "stddev_samp", "sum",
        "var_pop", "var_samp", "variance",
    )
)  # fmt: skip


def check_correlated(tree: exp.Expr) -> None:
    """Refuse correlated subqueries of a checked tree as Trino does.

    Raises
    ------
    QueryError
        ``NOT_SUPPORTED``, for a union, several rows of VALUES, a window function or a limit with outer columns.
    """
    for column in tree.find_all(exp.Column):
        if OUTER in column.meta and any(_reasons(column)):
            raise QueryError("NOT_SUPPORTED", "line 1:1: Given correlated subquery is not supported")


def _reasons(column: exp.Column) -> Iterator[bool]:
    query = column.find_ancestor(exp.Select, exp.Values)
    if query is None:
        return
    if isinstance(query, exp.Values):
        yield len(query.expressions) > 1
        return
    yield isinstance(query.parent, exp.SetOperation)
    yield any(isinstance(each.unalias(), exp.Window) for each in query.expressions)
    where = column.find_ancestor(exp.Where, exp.Select)
    if isinstance(where, exp.Where) and not isinstance(query.parent, exp.Exists):
        yield any(map(_shows_outer, query.expressions))
    if query.args.get("limit") and isinstance(where, exp.Where) and not _is_aggregate(query):
        yield not isinstance(_conjunct(column, where), exp.EQ)
        yield not query.args.get("order") and not isinstance(query.parent, exp.Exists)


def _shows_outer(projection: exp.Expr) -> bool:
    """Whether outer columns are in what a query shows, but not beside an aggregate, which comes first."""
    grouped: list[exp.Expr] = [call for call in projection.find_all(exp.Anonymous) if call.name.lower() in _AGGREGATES]
    columns = (column for each in grouped or [projection] for column in each.find_all(exp.Column))
    return any(OUTER in each.meta and each.find_ancestor(exp.Select) is projection.parent for each in columns)


def _conjunct(column: exp.Column, where: exp.Where) -> exp.Expr:
    node: exp.Expr = column
    while node.parent is not None and node.parent is not where and not isinstance(node.parent, exp.And):
        node = node.parent
    return node


def _is_aggregate(query: exp.Expr) -> bool:
    return any(call.name.lower() in _AGGREGATES for each in query.expressions for call in each.find_all(exp.Anonymous))
