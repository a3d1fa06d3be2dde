"""The subqueries that Trino cannot free from the columns of the query around them."""

from collections.abc import Iterator

from sqlglot import exp

from athena_local.analyzer.scopes import OUTER
from athena_local.errors import QueryError


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
    if query.args.get("limit") and isinstance(where, exp.Where) and not _is_aggregate(query):
        yield not isinstance(_conjunct(column, where), exp.EQ)
        yield not query.args.get("order") and not isinstance(query.parent, exp.Exists)


def _conjunct(column: exp.Column, where: exp.Where) -> exp.Expr:
    node: exp.Expr = column
    while node.parent is not None and node.parent is not where and not isinstance(node.parent, exp.And):
        node = node.parent
    return node


def _is_aggregate(query: exp.Expr) -> bool:
    names = ("count", "max", "min", "sum", "avg", "array_agg", "max_by", "min_by", "arbitrary", "any_value")
    return any(call.name.lower() in names for each in query.expressions for call in each.find_all(exp.Anonymous))
