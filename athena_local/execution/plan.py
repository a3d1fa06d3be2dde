"""A query as a tree of Trino's operators, in the order in which SQL gives them their meaning.

It is the plan before an optimizer: what is computed, and not how. No costs are estimated.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from sqlglot import exp

_JOINS = {"LEFT": "LeftJoin", "RIGHT": "RightJoin", "FULL": "FullJoin"}
_AGGREGATES = frozenset(
    """
    any_value approx_distinct approx_most_frequent approx_percentile approx_set arbitrary array_agg avg bitwise_and_agg
    bitwise_or_agg bitwise_xor_agg bool_and bool_or checksum corr count count_if covar_pop covar_samp every
    geometric_mean histogram kurtosis listagg map_agg map_union max max_by merge min min_by multimap_agg
    numeric_histogram qdigest_agg reduce_agg regr_intercept regr_slope skewness stddev stddev_pop stddev_samp sum
    tdigest_agg var_pop var_samp variance
""".split()  # noqa: SIM905  (fifty quoted words read worse)
)


@dataclass(frozen=True, kw_only=True)
class PlanNode:
    """An operator.

    Attributes
    ----------
    descriptor
        What is in its brackets.
    outputs
        Names and Trino's types of its columns; empty when they are not told.
    details
        Lines below it.
    """

    name: str
    descriptor: dict[str, str] = field(default_factory=dict)
    outputs: tuple[tuple[str, str], ...] = ()
    details: tuple[str, ...] = ()
    children: tuple["PlanNode", ...] = ()


# A table of a query → its scan.
Scan = Callable[[exp.Table], PlanNode]


def plan(tree: exp.Expr, columns: Sequence[tuple[str, str]], scan: Scan) -> PlanNode:
    """Return the plan of a query.

    Parameters
    ----------
    tree
        A query of `resolve`; it is not changed.
    columns
        The names and types of its columns; types are empty when they are not told.
    """
    told = tuple(columns) if all(type_ for _, type_ in columns) else ()
    names = f"[{', '.join(name for name, _ in columns)}]"
    return PlanNode(
        name="Output", descriptor={"columnNames": names}, outputs=told, children=(_Planner(scan).query(tree, {}),)
    )


@dataclass(frozen=True)
class _Planner:
    scan: Scan

    def query(self, query: exp.Expr, common: dict[str, exp.Expr]) -> PlanNode:
        with_: exp.With | None = query.args.get("with_")
        for each in with_.expressions if with_ else ():
            common = {**common, each.alias.lower(): each.this}
        if isinstance(query, exp.Subquery):
            node = self._from(query, common) if query.args.get("joins") else self.query(query.this, common)
        elif isinstance(query, exp.SetOperation):
            node = self._set_operation(query, common)
        elif isinstance(query, exp.Select):
            node = self._select(query, common)
        elif isinstance(query, exp.Values):
            node = PlanNode(name="Values", details=tuple(_text(row) for row in query.expressions[:10]))
        else:
            node = PlanNode(name=query.key.capitalize())
        return _ordered(query, node)

    def _set_operation(self, query: exp.SetOperation, common: dict[str, exp.Expr]) -> PlanNode:
        children = (self.query(query.this, common), self.query(query.expression, common))
        is_union = isinstance(query, exp.Union)
        is_distinct = bool(query.args.get("distinct"))
        descriptor = {} if is_union else {"isDistinct": str(is_distinct).lower()}
        node = PlanNode(name=query.key.capitalize(), descriptor=descriptor, children=children)
        return PlanNode(name="Aggregate", children=(node,)) if is_union and is_distinct else node

    def _select(self, select: exp.Select, common: dict[str, exp.Expr]) -> PlanNode:
        node = self._from(select, common)
        node = self._filtered(select.args.get("where"), node, common)
        aggregates = [call for call in _calls(select) if _is_aggregate(call)]
        group: exp.Group | None = select.args.get("group")
        if group or aggregates:
            calls = tuple(dict.fromkeys(_text(call) for call in aggregates))
            node = PlanNode(name="Aggregate", descriptor=_keys(group, select), details=calls, children=(node,))
        node = self._filtered(select.args.get("having"), node, common)
        for window in dict.fromkeys(call for call in _calls(select) if isinstance(call, exp.Window)):
            node = PlanNode(name="Window", descriptor=_window(window), details=(_text(window),), children=(node,))
        if any(not isinstance(each.unalias(), exp.Column | exp.Star) for each in select.expressions):
            expressions = tuple(_text(each) for each in select.expressions if not each.is_star)
            node = self._applied(
                select.expressions, PlanNode(name="Project", details=expressions, children=(node,)), common
            )
        if select.args.get("distinct"):
            names = ", ".join(each.alias_or_name or _text(each) for each in select.expressions)
            return PlanNode(name="Aggregate", descriptor={"keys": f"[{names}]"}, children=(node,))
        return node

    def _filtered(self, clause: exp.Expr | None, node: PlanNode, common: dict[str, exp.Expr]) -> PlanNode:
        if clause is None:
            return node
        predicate = {"filterPredicate": f"({_text(clause.this)})"}
        return self._applied([clause], PlanNode(name="Filter", descriptor=predicate, children=(node,)), common)

    def _applied(self, clauses: Sequence[exp.Expr], node: PlanNode, common: dict[str, exp.Expr]) -> PlanNode:
        """Put the subqueries of an operator's expressions beside what it reads."""
        inner = [query for clause in clauses for query in _subqueries(clause)]
        if not inner:
            return node
        plans = tuple(self.query(query, common) for query in inner)
        return replace(node, children=(PlanNode(name="Apply", children=(*node.children, *plans)),))

    # FROM ------------------------------------------------------------------------------------------------------------

    def _from(self, query: exp.Expr, common: dict[str, exp.Expr]) -> PlanNode:
        first: exp.From | None = query.args.get("from_")
        source = query.this if isinstance(query, exp.Subquery) else first.this if first else None
        node = self._source(source, common) if source is not None else PlanNode(name="Values")
        for join in query.args.get("joins") or ():
            node = self._join(join, node, common)
        for lateral in query.args.get("laterals") or ():
            node = PlanNode(name="CorrelatedJoin", children=(node, self.query(lateral.this, common)))
        return node

    def _source(self, source: exp.Expr, common: dict[str, exp.Expr]) -> PlanNode:
        if isinstance(source, exp.Unnest):
            return PlanNode(name="Unnest", descriptor=_unnested(source), children=(PlanNode(name="Values"),))
        if not isinstance(source, exp.Table):
            return self.query(source, common)
        if source.name.lower() in common:
            without = {name: each for name, each in common.items() if name != source.name.lower()}
            return self.query(common[source.name.lower()], without)
        return self.scan(source)

    def _join(self, join: exp.Join, node: PlanNode, common: dict[str, exp.Expr]) -> PlanNode:
        if isinstance(join.this, exp.Unnest):
            return PlanNode(name="Unnest", descriptor=_unnested(join.this), children=(node,))
        right = self._source(join.this, common)
        on, using = join.args.get("on"), join.args.get("using") or ()
        criteria = _text(on) if on else ", ".join(each.name for each in using)
        name = _JOINS.get(join.side, "InnerJoin" if criteria else "CrossJoin")
        descriptor = {"criteria": f"({criteria})"} if criteria else {}
        return PlanNode(name=name, descriptor=descriptor, children=(node, right))


def _ordered(query: exp.Expr, node: PlanNode) -> PlanNode:
    """Add ORDER BY, OFFSET and LIMIT."""
    order: exp.Order | None = query.args.get("order")
    limit: exp.Limit | exp.Fetch | None = query.args.get("limit")
    offset: exp.Offset | None = query.args.get("offset")
    count = limit.expression or limit.args.get("count") if limit else None
    by = {"orderBy": f"[{', '.join(_sorted_by(each, query) for each in order.expressions)}]"} if order else {}
    if order and count and not offset:
        return PlanNode(name="TopN", descriptor={"count": _text(count), **by}, children=(node,))
    if order:
        node = PlanNode(name="Sort", descriptor=by, children=(node,))
    if offset:
        node = PlanNode(name="Offset", descriptor={"count": _text(offset.expression)}, children=(node,))
    return PlanNode(name="Limit", descriptor={"count": _text(count)}, children=(node,)) if count else node


def _sorted_by(each: exp.Expr, query: exp.Expr) -> str:
    direction = "DESC" if each.args.get("desc") else "ASC"
    return f"{_meant(each.this, query)} {direction} NULLS {'FIRST' if each.args.get('nulls_first') else 'LAST'}"


def _meant(each: exp.Expr, query: exp.Expr) -> str:
    """Return an expression of ORDER BY or GROUP BY; a number is that of a column."""
    columns: list[exp.Expr] = query.expressions if isinstance(query, exp.Select) else []
    if isinstance(each, exp.Literal) and each.is_int and 0 < int(each.name) <= len(columns):
        return columns[int(each.name) - 1].alias_or_name or _text(columns[int(each.name) - 1])
    return _text(each)


def _keys(group: exp.Group | None, select: exp.Select) -> dict[str, str]:
    if group is None:
        return {}
    sets = [_text(each) for kind in ("grouping_sets", "rollup", "cube") for each in group.args.get(kind) or ()]
    return {"keys": f"[{', '.join([*(_meant(each, select) for each in group.expressions), *sets])}]"}


def _window(window: exp.Window) -> dict[str, str]:
    partition: list[exp.Expr] = window.args.get("partition_by") or []
    order: exp.Order | None = window.args.get("order")
    descriptor = {"partitionBy": f"[{', '.join(map(_text, partition))}]"}
    if order:
        descriptor["orderBy"] = f"[{', '.join(_sorted_by(each, window) for each in order.expressions)}]"
    return descriptor


def _unnested(unnest: exp.Unnest) -> dict[str, str]:
    return {"unnest": f"[{', '.join(map(_text, unnest.expressions))}]"}


def _calls(select: exp.Select) -> list[exp.Expr]:
    """Return the calls in a SELECT's own expressions, HAVING and ORDER BY."""
    clauses = [*select.expressions, select.args.get("having"), select.args.get("order")]
    nodes = (node for each in clauses if each for node in each.walk(prune=lambda node: isinstance(node, exp.Query)))
    return [node for node in nodes if isinstance(node, exp.Anonymous | exp.AggFunc | exp.Window)]


def _is_aggregate(call: exp.Expr) -> bool:
    around = call.parent
    while isinstance(around, exp.Filter | exp.IgnoreNulls | exp.RespectNulls | exp.WithinGroup):
        around = around.parent
    if isinstance(around, exp.Window) or isinstance(call, exp.Window):
        return False
    return isinstance(call, exp.AggFunc) or call.name.lower() in _AGGREGATES


def _subqueries(clause: exp.Expr) -> list[exp.Expr]:
    nodes = clause.walk(prune=lambda node: isinstance(node, exp.Query))
    return [node for node in nodes if isinstance(node, exp.Query)]


def _text(node: exp.Expr) -> str:
    return node.sql(dialect="trino", normalize_functions=False)
