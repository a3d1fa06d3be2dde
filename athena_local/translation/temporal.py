"""Dates, times, zones and intervals: what each expression's type is, and what it becomes in DuckDB.

Values with a zone are instants in DuckDB. The zone of all values of an expression is known from the query; it is
carried beside, and used where a clock's time is asked for. What would lose it is refused.
"""

from collections.abc import Iterator, Mapping

from sqlglot import exp

from athena_local.errors import QueryError
from athena_local.tables.catalog import Table
from athena_local.translation.moment_calls import CALLS, KEEPING, NOW, OTHERS
from athena_local.translation.moment_changes import not_found
from athena_local.translation.moment_columns import column_moment, combined, moment, outputs
from athena_local.translation.moment_operators import OPERATORS
from athena_local.translation.moment_parts import extract
from athena_local.translation.moments import DATE, SEVERAL, TIME, TIMESTAMP, UTC, ZONED, Moment, mixed

# What passes a value on, or looks at its instant only.
_TRANSPARENT = (
    exp.Alias, exp.Select, exp.Subquery, exp.SetOperation, exp.Values, exp.Tuple, exp.From, exp.Join, exp.Where,
    exp.CTE, exp.With, exp.Having, exp.Order, exp.Ordered, exp.Group, exp.Limit, exp.Distinct, exp.EQ, exp.NEQ, exp.LT,
    exp.LTE, exp.GT, exp.GTE, exp.Between, exp.In, exp.Is, exp.Not, exp.And, exp.Or, exp.Exists, exp.Window, exp.Filter,
    exp.Lambda,
    exp.GroupingSets, exp.Cube, exp.Rollup, exp.Qualify, exp.NullSafeEQ, exp.NullSafeNEQ,
)  # fmt: skip
_PASSING = (
    exp.Paren, exp.Filter, exp.Window, exp.IgnoreNulls, exp.RespectNulls, exp.Lag, exp.Lead, exp.FirstValue,
    exp.LastValue, exp.NthValue,
)  # fmt: skip
_FIRST = ("with_", "from_", "joins", "laterals")
_COUNTING = ("count", "approx_distinct", "grouping")


_COLUMNS = {
    "date": Moment(kind=DATE),
    "time(6)": Moment(kind=TIME, precision=6),
    "timestamp": Moment(kind=TIMESTAMP, precision=3),
    "timestamp with time zone": Moment(kind=ZONED, precision=3, zone=UTC),
    "timestamp(6)": Moment(kind=TIMESTAMP, precision=6),
    "timestamp(3) with time zone": Moment(kind=ZONED, precision=3, zone=UTC),
    "timestamp(6) with time zone": Moment(kind=ZONED, precision=6, zone=UTC),
}


def rewrite_moments(tree: exp.Expr, tables: Mapping[str, Table]) -> dict[int, Moment]:
    """Rewrite what concerns dates, times and intervals; return the types of the output's columns that have one.

    Columns after a star whose columns are not known have negative numbers, from the end.

    Parameters
    ----------
    tables
        The tables by their names in the tree.

    Raises
    ------
    QueryError
        What Trino refuses, or ``NOT_SUPPORTED`` for a zone that is not followed.
    """
    for node in tree.find_all(exp.Table):
        if table := tables.get(node.name):
            node.meta["columns"] = [(column.name.lower(), _COLUMNS.get(column.type)) for column in table.all_columns]
    _visit(tree)
    columns = outputs(tree)
    if columns is not None:
        return {number: _shown(told) for number, (_, told) in enumerate(columns) if told}
    query = tree
    while isinstance(query, exp.Subquery | exp.SetOperation):
        query = query.this
    return dict(_around_star(query)) if isinstance(query, exp.Select) else {}


def _shown(told: Moment) -> Moment:
    if told.zone == SEVERAL:
        raise mixed()
    return told


def _around_star(query: exp.Select) -> Iterator[tuple[int, Moment]]:
    stars = [number for number, each in enumerate(query.expressions) if each.is_star]
    for number, projection in enumerate(query.expressions):
        if told := moment(projection.unalias()):
            if stars[0] < number < stars[-1]:
                raise QueryError("NOT_SUPPORTED", "a time between two stars is not followed offline")
            yield (number if number < stars[0] else number - len(query.expressions)), _shown(told)


def _visit(node: exp.Expr) -> None:
    for key in [*_FIRST, *(key for key in node.args if key not in _FIRST)]:
        value = node.args.get(key)
        for child in list(value) if isinstance(value, list) else [value]:
            if isinstance(child, exp.Expr):
                _visit(child)
    replacement, told = _changed(node)
    if told is not None:
        replacement.meta["moment"] = told
    if replacement is not node:
        node.replace(replacement)


def _changed(node: exp.Expr) -> tuple[exp.Expr, Moment | None]:  # noqa: PLR0911  (one per kind of node)
    if isinstance(node, exp.Column):
        return node, column_moment(node)
    if isinstance(node, _PASSING):
        return node, moment(node.this)
    if isinstance(node, exp.Subquery) and not isinstance(node.parent, exp.From | exp.Join | exp.CTE):
        columns = outputs(node)
        return node, columns[0][1] if columns else None
    if isinstance(node, exp.If | exp.Case):
        return node, combined(_branches(node))
    if isinstance(node, exp.Anonymous):
        return _call(node)
    if now := NOW.get(type(node)):
        return now(node)
    if isinstance(node, exp.Extract):
        return extract(node)
    for kind, change in OPERATORS.items():
        if isinstance(node, kind) and (changed := change(node)):
            return changed
    _guard(node)
    return node, None


def _branches(node: exp.If | exp.Case) -> list[exp.Expr]:
    if isinstance(node, exp.If):
        values = [node.args.get("true"), node.args.get("false")]
    else:
        values = [*(each.args.get("true") for each in node.args["ifs"]), node.args.get("default")]
    return [value for value in values if value is not None]


def _call(call: exp.Anonymous) -> tuple[exp.Expr, Moment | None]:
    name = call.name.lower()
    if handle := CALLS.get(name):
        changed = handle(call)
        if changed is not None:
            return changed
    if name in KEEPING:
        return call, combined(list(call.expressions)[: KEEPING[name]])
    if name in OTHERS and any(moment(argument) for argument in call.expressions):
        raise not_found(call)
    if name not in _COUNTING:
        _guard(call)
    return call, None


def _guard(node: exp.Expr) -> None:
    """Refuse what does not know that a value is of another zone than UTC."""
    if isinstance(node, _TRANSPARENT):
        return
    for child in node.iter_expressions():
        told = moment(child)
        if told and told.kind == ZONED and told.is_elsewhere and told.zone != UTC:
            what = node.name.lower() if isinstance(node, exp.Anonymous) else node.key
            raise QueryError("NOT_SUPPORTED", f"{what} of a timestamp in the zone {told.zone} is not answered offline")
