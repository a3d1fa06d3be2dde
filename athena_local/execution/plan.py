"""A query as a tree of Trino's operators, in the order in which SQL gives them their meaning.

It is the plan before an optimizer: what is computed, and not how. No costs are estimated.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from sqlglot import exp

from athena_local.execution.plan_clauses import (
    aggregate_keys,
    calls_of,
    is_aggregate,
    ordered,
    subqueries,
    unnest_items,
    window_parts,
)
from athena_local.execution.plan_nodes import PlanNode, sql_text

_JOINS = {"LEFT": "LeftJoin", "RIGHT": "RightJoin", "FULL": "FullJoin"}


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
            node = PlanNode(name="Values", details=tuple(sql_text(row) for row in query.expressions[:10]))
        else:
            node = PlanNode(name=query.key.capitalize())
        return ordered(query, node)

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
        aggregates = [call for call in calls_of(select) if is_aggregate(call)]
        group: exp.Group | None = select.args.get("group")
        if group or aggregates:
            calls = tuple(dict.fromkeys(sql_text(call) for call in aggregates))
            node = PlanNode(name="Aggregate", descriptor=aggregate_keys(group, select), details=calls, children=(node,))
        node = self._filtered(select.args.get("having"), node, common)
        for window in dict.fromkeys(call for call in calls_of(select) if isinstance(call, exp.Window)):
            node = PlanNode(
                name="Window", descriptor=window_parts(window), details=(sql_text(window),), children=(node,)
            )
        if any(not isinstance(each.unalias(), exp.Column | exp.Star) for each in select.expressions):
            expressions = tuple(sql_text(each) for each in select.expressions if not each.is_star)
            node = self._applied(
                select.expressions, PlanNode(name="Project", details=expressions, children=(node,)), common
            )
        if select.args.get("distinct"):
            names = ", ".join(each.alias_or_name or sql_text(each) for each in select.expressions)
            return PlanNode(name="Aggregate", descriptor={"keys": f"[{names}]"}, children=(node,))
        return node

    def _filtered(self, clause: exp.Expr | None, node: PlanNode, common: dict[str, exp.Expr]) -> PlanNode:
        if clause is None:
            return node
        predicate = {"filterPredicate": f"({sql_text(clause.this)})"}
        return self._applied([clause], PlanNode(name="Filter", descriptor=predicate, children=(node,)), common)

    def _applied(self, clauses: Sequence[exp.Expr], node: PlanNode, common: dict[str, exp.Expr]) -> PlanNode:
        """Put the subqueries of an operator's expressions beside what it reads."""
        inner = [query for clause in clauses for query in subqueries(clause)]
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
            return PlanNode(name="Unnest", descriptor=unnest_items(source), children=(PlanNode(name="Values"),))
        if not isinstance(source, exp.Table):
            return self.query(source, common)
        if source.name.lower() in common:
            without = {name: each for name, each in common.items() if name != source.name.lower()}
            return self.query(common[source.name.lower()], without)
        return self.scan(source)

    def _join(self, join: exp.Join, node: PlanNode, common: dict[str, exp.Expr]) -> PlanNode:
        if isinstance(join.this, exp.Unnest):
            return PlanNode(name="Unnest", descriptor=unnest_items(join.this), children=(node,))
        right = self._source(join.this, common)
        on, using = join.args.get("on"), join.args.get("using") or ()
        criteria = sql_text(on) if on else ", ".join(each.name for each in using)
        name = _JOINS.get(join.side, "InnerJoin" if criteria else "CrossJoin")
        descriptor = {"criteria": f"({criteria})"} if criteria else {}
        return PlanNode(name=name, descriptor=descriptor, children=(node, right))
