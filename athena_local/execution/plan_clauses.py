"""What a plan's operators tell of a query's clauses."""

from sqlglot import exp

from athena_local.execution.plan_nodes import PlanNode, sql_text

_AGGREGATES = frozenset(
    """
    any_value approx_distinct approx_most_frequent approx_percentile approx_set arbitrary array_agg avg bitwise_and_agg
    bitwise_or_agg bitwise_xor_agg bool_and bool_or checksum corr count count_if covar_pop covar_samp every
    geometric_mean histogram kurtosis listagg map_agg map_union max max_by merge min min_by multimap_agg
    numeric_histogram qdigest_agg reduce_agg regr_intercept regr_slope skewness stddev stddev_pop stddev_samp sum
    tdigest_agg var_pop var_samp variance
""".split()  # noqa: SIM905  (fifty quoted words read worse)
)


def ordered(query: exp.Expr, node: PlanNode) -> PlanNode:
    """Add ORDER BY, OFFSET and LIMIT."""
    order: exp.Order | None = query.args.get("order")
    limit: exp.Limit | exp.Fetch | None = query.args.get("limit")
    offset: exp.Offset | None = query.args.get("offset")
    count = limit.expression or limit.args.get("count") if limit else None
    by = {"orderBy": f"[{', '.join(_sorted_by(each, query) for each in order.expressions)}]"} if order else {}
    if order and count and not offset:
        return PlanNode(name="TopN", descriptor={"count": sql_text(count), **by}, children=(node,))
    if order:
        node = PlanNode(name="Sort", descriptor=by, children=(node,))
    if offset:
        node = PlanNode(name="Offset", descriptor={"count": sql_text(offset.expression)}, children=(node,))
    return PlanNode(name="Limit", descriptor={"count": sql_text(count)}, children=(node,)) if count else node


def _sorted_by(each: exp.Expr, query: exp.Expr) -> str:
    direction = "DESC" if each.args.get("desc") else "ASC"
    return f"{_meant(each.this, query)} {direction} NULLS {'FIRST' if each.args.get('nulls_first') else 'LAST'}"


def _meant(each: exp.Expr, query: exp.Expr) -> str:
    """Return an expression of ORDER BY or GROUP BY; a number is that of a column."""
    columns: list[exp.Expr] = query.expressions if isinstance(query, exp.Select) else []
    if isinstance(each, exp.Literal) and each.is_int and 0 < int(each.name) <= len(columns):
        return columns[int(each.name) - 1].alias_or_name or sql_text(columns[int(each.name) - 1])
    return sql_text(each)


def aggregate_keys(group: exp.Group | None, select: exp.Select) -> dict[str, str]:
    """Return what GROUP BY groups by."""
    if group is None:
        return {}
    sets = [sql_text(each) for kind in ("grouping_sets", "rollup", "cube") for each in group.args.get(kind) or ()]
    return {"keys": f"[{', '.join([*(_meant(each, select) for each in group.expressions), *sets])}]"}


def window_parts(window: exp.Window) -> dict[str, str]:
    """Return a window's partition and order."""
    partition: list[exp.Expr] = window.args.get("partition_by") or []
    order: exp.Order | None = window.args.get("order")
    descriptor = {"partitionBy": f"[{', '.join(map(sql_text, partition))}]"}
    if order:
        descriptor["orderBy"] = f"[{', '.join(_sorted_by(each, window) for each in order.expressions)}]"
    return descriptor


def unnest_items(unnest: exp.Unnest) -> dict[str, str]:
    """Return what UNNEST unfolds."""
    return {"unnest": f"[{', '.join(map(sql_text, unnest.expressions))}]"}


def calls_of(select: exp.Select) -> list[exp.Expr]:
    """Return the calls in a SELECT's own expressions, HAVING and ORDER BY."""
    clauses = [*select.expressions, select.args.get("having"), select.args.get("order")]
    nodes = (node for each in clauses if each for node in each.walk(prune=lambda node: isinstance(node, exp.Query)))
    return [node for node in nodes if isinstance(node, exp.Anonymous | exp.AggFunc | exp.Window)]


def is_aggregate(call: exp.Expr) -> bool:
    """Tell whether a call aggregates rows."""
    around = call.parent
    while isinstance(around, exp.Filter | exp.IgnoreNulls | exp.RespectNulls | exp.WithinGroup):
        around = around.parent
    if isinstance(around, exp.Window) or isinstance(call, exp.Window):
        return False
    return isinstance(call, exp.AggFunc) or call.name.lower() in _AGGREGATES


def subqueries(clause: exp.Expr) -> list[exp.Expr]:
    """Return the queries in an expression, without those inside them."""
    nodes = clause.walk(prune=lambda node: isinstance(node, exp.Query))
    return [node for node in nodes if isinstance(node, exp.Query)]
