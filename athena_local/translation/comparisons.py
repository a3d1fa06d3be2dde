"""Comparisons that DuckDB answers otherwise than Trino: of NaN, of arrays with NULL, of maps.

Only what the SQL shows is seen: `nan()`, an array or a map in its own form.
"""

from sqlglot import exp

from athena_local.analyzer.row_values import ARRAYS, MAPS
from athena_local.analyzer.trino_types import FLOATING
from athena_local.errors import QueryError
from athena_local.syntax.calls import function
from athena_local.translation.arrays import is_array
from athena_local.translation.deep_equality import equal, is_deep

_ORDERS = (exp.LT, exp.LTE, exp.GT, exp.GTE)
_MAPS = frozenset(("trino_map", "map_from_entries", "map_concat", "trino_map_from_entries"))


def compared(node: exp.Binary) -> exp.Expr | None:
    """Return what a comparison becomes; None when it stays.

    Raises
    ------
    QueryError
        ``TYPE_MISMATCH`` for an order of maps, ``NOT_SUPPORTED`` for their equality.
    """
    if MAPS in node.meta:
        is_safe = isinstance(node, exp.NullSafeEQ | exp.NullSafeNEQ)
        equal = function("trino_same_maps" if is_safe else "trino_equal_maps", node.this, node.expression)
        return exp.Not(this=equal) if isinstance(node, exp.NEQ | exp.NullSafeNEQ) else equal
    if isinstance(node, exp.NullSafeEQ | exp.NullSafeNEQ):
        return None
    sides = (node.this.unnest(), node.expression.unnest())
    if any(isinstance(side, exp.Anonymous) and side.name == "trino_nan" for side in sides):
        return _with_nan(node)
    if any(isinstance(side, exp.Anonymous) and side.name.lower() in _MAPS for side in sides):
        return _of_maps(node)
    if all(map(is_array, sides)) or ARRAYS in node.meta:
        return _of_arrays(node)
    return _of_floating(node) if FLOATING in node.meta else None


def between(node: exp.Between) -> exp.Expr | None:
    """Return what BETWEEN becomes where a bound may be NaN, which DuckDB takes for the highest number."""
    if FLOATING not in node.meta or all(map(_is_number, (node.args["low"], node.args["high"]))):
        return None
    lower = exp.GTE(this=node.this.copy(), expression=node.args["low"])
    upper = exp.LTE(this=node.this, expression=node.args["high"])
    return exp.paren(exp.and_(*(_of_floating(side) or side for side in (lower, upper))))


def listed(node: exp.In) -> exp.Expr | None:
    """Return what IN becomes where NaN may be in its list."""
    if ARRAYS in node.meta:
        return exp.paren(exp.or_(*(_one_of_arrays(node, each) for each in node.expressions)))
    if FLOATING not in node.meta or not node.expressions or all(map(_is_number, node.expressions)):
        return None
    options = [exp.EQ(this=node.this.copy(), expression=each) for each in node.expressions]
    return exp.paren(exp.or_(*(_of_floating(each) or each for each in options)))


def _one_of_arrays(node: exp.In, option: exp.Expr) -> exp.Expr:
    same = exp.EQ(this=node.this.copy(), expression=option.copy())
    same.meta[ARRAYS] = node.meta[ARRAYS]
    return _of_arrays(same) or same


def _of_floating(node: exp.Binary) -> exp.Expr | None:
    """Return a comparison that is false for NaN; `<>` is true for it.

    NaN is more than every number in DuckDB, and equal to itself, so that only one side of an order must be looked at.
    """
    lower_first = isinstance(node, exp.LT | exp.LTE)
    high, low = (node.expression, node.this) if lower_first else (node.this, node.expression)
    is_order = isinstance(node, _ORDERS)
    if _is_number(high) or (not is_order and _is_number(low)):
        return None
    node = node.copy()
    is_nan = function("isnan", exp.cast(high.copy(), exp.DType.DOUBLE))
    is_null = exp.Is(this=low.copy(), expression=exp.Null())
    if isinstance(node, exp.NEQ):
        both = is_nan if _is_number(low) else exp.and_(is_nan, exp.Not(this=is_null))
        return exp.paren(exp.or_(node, both))
    number = exp.Not(this=is_nan)
    return exp.paren(exp.and_(node, number if _is_number(low) else exp.or_(number, is_null)))


def _is_number(node: exp.Expr) -> bool:
    """Whether it is the literal of a number, which is neither NaN nor NULL."""
    value = node.unnest()
    value = value.this if isinstance(value, exp.Neg | exp.Cast) else value
    return isinstance(value, exp.Literal)


def _with_nan(node: exp.Binary) -> exp.Expr:
    """Return false, or true for `<>`: nothing equals NaN, nothing is more or less."""
    known = [exp.Not(this=exp.Is(this=side.copy(), expression=exp.Null())) for side in (node.this, node.expression)]
    answer = exp.convert(isinstance(node, exp.NEQ))
    return exp.Case(ifs=[exp.If(this=exp.and_(*known), true=answer)])


def _of_maps(node: exp.Binary) -> exp.Expr | None:
    if isinstance(node, _ORDERS):
        raise QueryError("TYPE_MISMATCH", f"Cannot apply operator: map {_symbol(node)} map")
    raise QueryError("NOT_SUPPORTED", "a comparison of maps is not implemented offline")


def _symbol(node: exp.Binary) -> str:
    return {exp.LT: "<", exp.LTE: "<=", exp.GT: ">", exp.GTE: ">="}[type(node)]


def _of_arrays(node: exp.Binary) -> exp.Expr | None:
    if isinstance(node, _ORDERS):
        checked = function("trino_without_null", node.this.copy(), node.expression.copy())
        return exp.Case(ifs=[exp.If(this=checked, true=node.copy())])
    type_ = node.meta.get(ARRAYS)
    if type_ is not None and is_deep(type_):
        same = equal(node.this, node.expression, type_)
    else:
        same = function("trino_equal_arrays", node.this.copy(), node.expression.copy())
    if isinstance(node, exp.NEQ):
        return exp.Not(this=exp.paren(same))
    # In a join, DuckDB finds the rows by what it takes for equal.
    return exp.paren(exp.and_(node.copy(), same)) if node.find_ancestor(exp.Join) else exp.paren(same)
