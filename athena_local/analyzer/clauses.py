"""Clauses that DuckDB would take, or refuse in its own words, and Trino refuses."""

from collections.abc import Callable, Iterator
from typing import Any

from sqlglot import exp

from athena_local.analyzer.recursion import check_recursion
from athena_local.analyzer.window_names import check_windows
from athena_local.errors import QueryError
from athena_local.syntax.dialect import position
from athena_local.syntax.outputs import Outputs, width

_WINDOW_FUNCTIONS = frozenset(
    ("row_number", "rank", "dense_rank", "percent_rank", "cume_dist", "ntile", "lag", "lead", "first_value",
     "last_value", "nth_value")
)  # fmt: skip
_LEAST_OFFSETS = {"lag": 0, "lead": 0, "nth_value": 1}
_AGGREGATES = frozenset(
    "approx_distinct arbitrary array_agg avg bool_and bool_or count count_if max max_by min min_by sum".split()  # noqa: SIM905
)
# Known without the catalog: the widths of queries without tables.
_NOTHING = Outputs(catalog={}, common={})


def check_clauses(tree: exp.Expr, sql: str) -> None:
    """Refuse what Trino refuses by the place or the shape of a clause.

    Raises
    ------
    QueryError
        With Trino's name for it, such as ``MISSING_OVER`` or ``INVALID_WINDOW_FRAME``.
    """
    for node in tree.walk():
        for kind, check in _CHECKS:
            if isinstance(node, kind):
                for name, message in check(node):
                    where = "" if name == "INVALID_FUNCTION_ARGUMENT" else f"{position(node, sql)}: "
                    raise QueryError(name, where + message)


def _arrow(_: exp.JSONExtract) -> Iterator[tuple[str, str]]:
    yield "TYPE_MISMATCH", "Lambda expression should always be used inside a function"


def _where(where: exp.Where) -> Iterator[tuple[str, str]]:
    if isinstance(where.parent, exp.Filter):
        return
    for node in where.walk(prune=lambda each: isinstance(each, exp.Query)):
        aggregate = isinstance(node, exp.Anonymous) and node.name.lower() in _AGGREGATES
        if aggregate or isinstance(node, exp.Window):
            message = "WHERE clause cannot contain aggregations, window functions or grouping operations"
            yield "EXPRESSION_NOT_SCALAR", f"{message}: [{node.sql('trino')}]"


def _having(having: exp.Having) -> Iterator[tuple[str, str]]:
    if any(isinstance(node, exp.Window) for node in having.walk(prune=lambda each: isinstance(each, exp.Query))):
        yield "NESTED_WINDOW", "HAVING clause cannot contain window functions or row pattern measures"


def _call(call: exp.Anonymous | exp.AggFunc) -> Iterator[tuple[str, str]]:
    name = call.name.lower() if isinstance(call, exp.Anonymous) else call.sql_name().lower()
    if name in _AGGREGATES and not _is_windowed(call):
        for inner in call.walk(prune=lambda each: isinstance(each, exp.Query)):
            if isinstance(inner, exp.Window):
                message = "Cannot nest window functions or row pattern measures inside aggregation"
                yield "NESTED_WINDOW", f"{message} '{name}': [{inner.sql('trino')}]"
            if inner is not call and isinstance(inner, exp.Anonymous) and inner.name.lower() in _AGGREGATES:
                message = f"Cannot nest aggregations inside aggregation '{name}': [{inner.sql('trino')}]"
                if not _is_windowed(inner):
                    yield "NESTED_AGGREGATION", message
    if name not in _WINDOW_FUNCTIONS:
        return
    around = call.parent
    while isinstance(around, exp.IgnoreNulls | exp.RespectNulls | exp.Filter):
        around = around.parent
    if not (isinstance(around, exp.Window) and call.find_ancestor(exp.Window) is around):
        yield "MISSING_OVER", f"Window function system.builtin.{name} requires an OVER clause"
    offset = _number(call.args.get("offset"))
    if offset is not None and offset < _LEAST_OFFSETS[name]:
        yield "INVALID_FUNCTION_ARGUMENT", f"Offset must be at least {_LEAST_OFFSETS[name]}"


def _is_windowed(call: exp.Expr) -> bool:
    around = call.parent
    while isinstance(around, exp.IgnoreNulls | exp.RespectNulls | exp.Filter):
        around = around.parent
    return isinstance(around, exp.Window)


def _window(window: exp.Window) -> Iterator[tuple[str, str]]:
    order: exp.Order | None = window.args.get("order")
    keys = [*(window.args.get("partition_by") or ()), *(order.expressions if order else ())]
    if any(key.find(exp.Window) for key in keys):
        yield "NESTED_WINDOW", "Cannot nest window functions or row pattern measures inside window specification"
    if isinstance(window.this, exp.Filter):
        yield "NOT_SUPPORTED", "FILTER is not yet supported for window functions"
    spec: exp.WindowSpec | None = window.args.get("spec")
    if spec is None:
        return
    start, end = _bound(spec, "start"), _bound(spec, "end")
    if start == "UNBOUNDED FOLLOWING":
        yield "INVALID_WINDOW_FRAME", "Window frame start cannot be UNBOUNDED FOLLOWING"
    if end == "UNBOUNDED PRECEDING":
        yield "INVALID_WINDOW_FRAME", "Window frame end cannot be UNBOUNDED PRECEDING"
    if (start, end) in (("CURRENT ROW", "PRECEDING"), ("FOLLOWING", "PRECEDING"), ("FOLLOWING", "CURRENT ROW")):
        yield "INVALID_WINDOW_FRAME", f"Window frame starting from {start} cannot end with {end}"
    for side in ("start", "end"):
        offset = _number(spec.args.get(side))
        if offset is not None and offset < 0:
            yield "INVALID_WINDOW_FRAME", "Window frame offset value must not be negative or null"


def _bound(spec: exp.WindowSpec, side: str) -> str:
    value = spec.args.get(side)
    if value is None:
        return "CURRENT ROW"
    words = [value if isinstance(value, str) else "", spec.args.get(f"{side}_side") or ""]
    return " ".join(word for word in words if word).upper()


def _number(node: Any) -> float | None:
    if isinstance(node, exp.Neg):
        inner = _number(node.this)
        return None if inner is None else -inner
    return float(node.name) if isinstance(node, exp.Literal) and not node.is_string else None


def _select(select: exp.Select) -> Iterator[tuple[str, str]]:
    group, order = select.args.get("group"), select.args.get("order")
    count = len(select.expressions)
    starred = any(projection.is_star for projection in select.expressions)
    for clause, what in ((group, "GROUP BY"), (order, "ORDER BY")):
        for each in clause.expressions if clause and not starred else ():
            key = each.this if isinstance(each, exp.Ordered) else each
            if isinstance(key, exp.Literal) and not key.is_string and not 1 <= float(key.name) <= count:
                yield "INVALID_COLUMN_REFERENCE", f"{what} position {key.name} is not in select list"
    if select.args.get("distinct") and order and not starred:
        shown = {projection.unalias() for projection in select.expressions}
        names = {projection.alias_or_name.lower() for projection in select.expressions}
        for each in order.expressions:
            key = each.this
            is_shown = key in shown or isinstance(key, exp.Literal)
            if not is_shown and not (isinstance(key, exp.Column) and key.name.lower() in names):
                message = "For SELECT DISTINCT, ORDER BY expressions must appear in select list"
                yield "EXPRESSION_NOT_IN_DISTINCT", message
    limit = select.args.get("limit")
    if isinstance(limit, exp.Fetch) and _with_ties(limit) and not order:
        yield "MISSING_ORDER_BY", "FETCH FIRST WITH TIES clause requires ORDER BY"


def _group(group: exp.Group) -> Iterator[tuple[str, str]]:
    shown = group.parent.expressions if group.parent else []
    for each in group.expressions if not any(projection.is_star for projection in shown) else ():
        numbered = isinstance(each, exp.Literal) and each.is_int and 1 <= int(each.name) <= len(shown)
        key = shown[int(each.name) - 1] if numbered else each
        for node in key.walk(prune=lambda inner: isinstance(inner, exp.Query)):
            if isinstance(node, exp.Window) or (isinstance(node, exp.Anonymous) and node.name.lower() in _AGGREGATES):
                message = "GROUP BY clause cannot contain aggregations, window functions or grouping operations"
                yield "EXPRESSION_NOT_SCALAR", f"{message}: [{node.sql('trino')}]"


def _ordered_distinct(order: exp.Order) -> Iterator[tuple[str, str]]:
    distinct = order.this
    if not isinstance(distinct, exp.Distinct) or isinstance(order.parent, exp.Query):
        return
    shown = [*distinct.expressions, *(order.parent.expressions if order.parent else ())]
    names = {each.name.lower() for each in shown if isinstance(each, exp.Column)}
    for ordered in order.expressions:
        key = ordered.this
        if key not in shown and not (isinstance(key, exp.Column) and key.name.lower() in names):
            message = "For aggregate function with DISTINCT, ORDER BY expressions must appear in arguments"
            yield "EXPRESSION_NOT_IN_DISTINCT", message


def _grouping(sets: exp.Rollup | exp.Cube | exp.GroupingSets) -> Iterator[tuple[str, str]]:
    for each in sets.expressions:
        for part in _parts(each):
            if not isinstance(part, exp.Column | exp.Dot | exp.Rollup | exp.Cube | exp.GroupingSets):
                message = f"GROUP BY expression must be a column reference: {part.sql('trino')}"
                yield "INVALID_COLUMN_REFERENCE", message


def _parts(item: exp.Expr) -> list[exp.Expr]:
    if isinstance(item, exp.Paren):
        return _parts(item.this)
    return list(item.expressions) if isinstance(item, exp.Tuple) else [item]


def _with_ties(fetch: exp.Fetch) -> bool:
    options = fetch.args.get("limit_options")
    return bool(options and options.args.get("with_ties"))


def _union(union: exp.SetOperation) -> Iterator[tuple[str, str]]:
    left, right = _NOTHING.of_query(union.left), _NOTHING.of_query(union.right)
    if left is not None and right is not None and len(left) != len(right):
        what = type(union).__name__.upper()
        yield "TYPE_MISMATCH", f"{what} query has different number of fields: {len(left)}, {len(right)}"


def _values(values: exp.Values) -> Iterator[tuple[str, str]]:
    widths = [width(row) for row in values.expressions]
    for each in widths:
        if each != widths[0]:
            yield "TYPE_MISMATCH", f"Values rows have mismatched sizes: {widths[0]} vs {each}"


def _common(cte: exp.CTE) -> Iterator[tuple[str, str]]:
    names = [column.lower() for column in cte.alias_column_names]
    for name in names:
        if names.count(name) > 1:
            yield "DUPLICATE_COLUMN_NAME", f"Column name '{name}' specified more than once"


def _subquery(query: exp.Subquery) -> Iterator[tuple[str, str]]:
    columns = _NOTHING.of_query(query)
    inside = not isinstance(query.parent, exp.From | exp.Join | exp.Lateral | exp.SetOperation | exp.Subquery | exp.In)
    if query.parent and inside and not query.alias and query.arg_key != "query" and columns and len(columns) > 1:
        yield "NOT_SUPPORTED", "a scalar subquery of several columns is not supported offline"


def _from(select: exp.From) -> Iterator[tuple[str, str]]:
    joins = select.parent.args.get("joins") or () if select.parent else ()
    names = [each.alias_or_name.lower() for each in (select.this, *(join.this for join in joins))]
    for name in names:
        if name and names.count(name) > 1:
            yield "NOT_SUPPORTED", f"two relations by the name '{name}' in one FROM are not supported offline"


_CHECKS: tuple[tuple[Any, Callable[[Any], Iterator[tuple[str, str]]]], ...] = (
    (exp.JSONExtract, _arrow),
    (exp.With, check_recursion),
    (exp.Where, _where),
    (exp.Having, _having),
    (exp.Group, _group),
    (exp.Order, _ordered_distinct),
    (exp.Select, check_windows),
    ((exp.Anonymous, exp.AggFunc), _call),
    (exp.Window, _window),
    (exp.CTE, _common),
    (exp.Select, _select),
    (exp.SetOperation, _union),
    (exp.Values, _values),
    (exp.Subquery, _subquery),
    (exp.From, _from),
    ((exp.Rollup, exp.Cube, exp.GroupingSets), _grouping),
)
