"""Clauses that DuckDB writes otherwise: rows of VALUES, FETCH … WITH TIES, GROUP BY ALL x."""

from sqlglot import exp

from athena_local.analyzer.row_values import ROW
from athena_local.errors import QueryError
from athena_local.syntax.calls import function
from athena_local.syntax.outputs import width

# The beginning of an unnamed column's name; its number is known only after stars are expanded.
UNNAMED = "_col?"


def reshape(tree: exp.Expr) -> exp.Expr:
    """Return a parsed query, changed in place, whose clauses DuckDB knows.

    Raises
    ------
    QueryError
        ``NOT_SUPPORTED`` for WITH TIES where the rows cannot be ranked.
    """
    for node in list(tree.walk()):
        if isinstance(node, exp.Values):
            _values(node)
        elif isinstance(node, exp.Order) and isinstance(node.parent, exp.Query):
            _order(node, node.parent)
        elif isinstance(node, exp.Group):
            _group(node)
        elif isinstance(node, exp.Fetch) and isinstance(node.parent, exp.Query):
            _fetch(node, node.parent)
    return tree


def _values(values: exp.Values) -> None:
    """Write ``VALUES ROW(1, 2)`` as ``VALUES (1, 2)``, and give a name to VALUES in FROM that has none."""
    for row in values.expressions:
        expanded = ROW in row.meta  # by the check of types
        alone = isinstance(row, exp.Tuple) and len(row.expressions) == 1 and not expanded
        inner = row.expressions[0] if alone else None
        if isinstance(inner, exp.Anonymous) and inner.name.lower() == "row":
            row.set("expressions", inner.expressions)
    if isinstance(values.parent, exp.From | exp.Join | exp.SetOperation | exp.CTE) and not values.args.get("alias"):
        values.set("alias", exp.TableAlias(this=exp.to_identifier(f"values_{id(values)}__")))
    alias: exp.TableAlias | None = values.args.get("alias")
    if alias is not None and not alias.columns:
        columns = [exp.to_identifier(f"{UNNAMED}{number}") for number in range(width(values.expressions[0]))]
        alias.set("columns", columns)


def _order(order: exp.Order, query: exp.Query) -> None:
    """Drop the constants that rows are sorted by, which sort nothing."""
    kept = [each for each in order.expressions if not _is_constant(each.this)]
    order.set("expressions", kept)
    if not kept:
        query.set("order", None)


def _is_constant(key: exp.Expr) -> bool:
    return isinstance(key, exp.Null) or (isinstance(key, exp.Literal) and key.is_string)


def _group(group: exp.Group) -> None:
    """Drop ALL, which is the default, and DISTINCT where no grouping sets can repeat."""
    several = any(group.args.get(name) for name in ("rollup", "cube", "grouping_sets"))
    several = several or any(isinstance(each, exp.Rollup | exp.Cube | exp.GroupingSets) for each in group.expressions)
    if group.args.get("all") is False and several:
        raise QueryError("NOT_SUPPORTED", "GROUP BY DISTINCT of grouping sets is not supported offline")
    group.set("all", None)


def _fetch(fetch: exp.Fetch, query: exp.Query) -> None:
    """Write WITH TIES as the rows whose rank is no more than the number."""
    options = fetch.args.get("limit_options")
    if not (options and options.args.get("with_ties")):
        return
    order: exp.Order | None = query.args.get("order")
    if order is None or not isinstance(query, exp.Select) or query.args.get("distinct"):
        raise QueryError("NOT_SUPPORTED", "FETCH … WITH TIES of such a query is not supported offline")
    keys = [_key(each, query) for each in order.expressions]
    rank = exp.Window(this=function("rank"), order=exp.Order(expressions=keys), over="OVER")
    count = fetch.args.get("count") or exp.Literal.number(1)
    query.set("limit", None)
    offset: exp.Offset | None = query.args.get("offset")
    if offset is None:
        query.set("qualify", exp.Qualify(this=exp.LTE(this=rank, expression=count.copy())))
        return
    query.set("offset", None)
    skipped = offset.expression
    last = exp.Add(this=skipped.copy(), expression=count.copy())
    number = exp.Window(this=function("row_number"), order=rank.args["order"].copy(), over="OVER")
    kept = exp.and_(exp.LTE(this=rank, expression=last), exp.GT(this=number, expression=skipped.copy()))
    query.set("qualify", exp.Qualify(this=kept))


def _key(ordered: exp.Expr, select: exp.Select) -> exp.Expr:
    """Return a sort key with the expression that its number or its alias stands for."""
    key = ordered.copy()
    value = key.this
    if isinstance(value, exp.Literal) and not value.is_string:
        shown = select.expressions[int(value.name) - 1]
        if any(each.is_star for each in select.expressions):
            raise QueryError("NOT_SUPPORTED", "FETCH … WITH TIES by a position in * is not supported offline")
        key.set("this", shown.unalias().copy())
    if isinstance(value, exp.Column) and not value.table:
        for shown in select.expressions:
            if isinstance(shown, exp.Alias) and shown.alias.lower() == value.name.lower():
                key.set("this", shown.this.copy())
    return key
