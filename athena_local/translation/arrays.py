"""Calls of Trino's functions of arrays and maps that depend on how their arguments are written.

A lambda of two parameters over pairs becomes one over a struct; an array beside an element becomes two arrays.
"""

from collections.abc import Callable, Mapping

from sqlglot import exp
from sqlglot.expressions import apply_index_offset

from athena_local.errors import QueryError
from athena_local.syntax.calls import function, struct

# Functions of Trino, and DuckDB's beneath them, that return an array whatever their arguments are.
_ARRAYS = frozenset(
    """
    array_agg array_distinct array_except array_intersect array_remove array_sort array_union filter flatten list
    list_filter list_transform map_keys map_values repeat sequence slice split transform trim_array zip zip_with
""".split()  # noqa: SIM905  (the names read better without quotes)
)


def substitute(body: exp.Expr, values: Mapping[str, exp.Expr]) -> exp.Expr:
    """Return a lambda's body with values for its parameters."""

    def swap(node: exp.Expr) -> exp.Expr:
        name = node.name.lower() if isinstance(node, exp.Column | exp.Identifier) else ""
        row = node.table.lower() if isinstance(node, exp.Column) else ""
        if row in values:
            return exp.Dot(this=exp.Paren(this=values[row].copy()), expression=node.this.copy())
        return values[name].copy() if name in values and not row else node

    return body.copy().transform(swap)


def parameters(argument: exp.Expr, count: int) -> tuple[list[str], exp.Expr]:
    """Return the names of a lambda's parameters, and its body.

    Raises
    ------
    QueryError
        It is no lambda, or has another number of parameters.
    """
    if not isinstance(argument, exp.Lambda) or len(argument.expressions) != count:
        raise QueryError("FUNCTION_NOT_FOUND", f"Unexpected parameters: a lambda of {count} parameters is expected")
    return [parameter.name.lower() for parameter in argument.expressions], argument.this


def name_within(body: exp.Expr) -> exp.Identifier:
    """Return a name for a lambda's parameter that no lambda within the body has."""
    return exp.to_identifier(f"entry{sum(1 for _ in body.find_all(exp.Lambda))}__")


def zip_with(arguments: list[exp.Expr]) -> exp.Expr:
    """Return a transformation of the zipped arrays."""
    left, right, merge = arguments
    names, body = parameters(merge, 2)
    entry = name_within(body)
    values = {
        name: function("struct_extract_at", exp.column(entry.copy()), exp.Literal.number(number))
        for number, name in enumerate(names, 1)
    }
    zipped = function("list_zip", left, right)
    return function("list_transform", zipped, exp.Lambda(this=substitute(body, values), expressions=[entry]))


def map_zip_with(arguments: list[exp.Expr]) -> exp.Expr:
    """Return a map of the keys of both maps, with a value made of both values."""
    left, right, merge = arguments
    names, body = parameters(merge, 3)
    key = name_within(body)
    sides = [function("map_extract_value", side.copy(), exp.column(key.copy())) for side in (left, right)]
    value = substitute(body, dict(zip(names, [exp.column(key.copy()), *sides], strict=True)))
    keys = function("list_concat", *(function("map_keys", side.copy()) for side in (left, right)))
    entries = exp.Lambda(this=struct({"k": exp.column(key.copy()), "v": value}), expressions=[key])
    return function("map_from_entries", function("list_transform", function("trino_array_distinct", keys), entries))


def sequence(arguments: list[exp.Expr]) -> exp.Expr:
    """Return a sequence: by an interval, of days when an argument is seen to be a date, or of numbers."""
    if len(arguments) == 3:
        return function("trino_steps" if arguments[2].find(exp.Interval) else "trino_sequence", *arguments)
    dates = len(arguments) == 2 and any(map(_is_date, arguments))
    return function("trino_days" if dates else "trino_sequence", *arguments)


def _is_date(argument: exp.Expr) -> bool:
    if isinstance(argument, exp.Cast):
        return argument.to.is_type(exp.DType.DATE)
    called = argument.name.lower() if isinstance(argument, exp.Anonymous) else ""
    return isinstance(argument, exp.CurrentDate) or called in ("date", "trino_date")


def is_array(node: exp.Expr) -> bool:
    """Tell whether an expression is an array by its own form."""
    node = node.unnest()
    if isinstance(node, exp.DPipe):
        return is_array(node.this) or is_array(node.expression)
    if isinstance(node, exp.Cast):
        return node.to.is_type(exp.DType.ARRAY)
    called = node.name.lower().removeprefix("trino_") if isinstance(node, exp.Anonymous) else ""
    return isinstance(node, exp.Array) or called in _ARRAYS


def concatenated(node: exp.DPipe) -> exp.Expr | None:
    """Change `array || element` in place into a concatenation of two arrays."""
    sides = (node.this, node.expression)
    if is_array(sides[0]) != is_array(sides[1]):
        for side, key in zip(sides, ("this", "expression"), strict=True):
            if isinstance(side.unnest(), exp.Literal | exp.Boolean):
                node.set(key, exp.Array(expressions=[side.copy()]))
    return None


def reverse(arguments: list[exp.Expr]) -> exp.Expr:
    """Return a reversed array or text."""
    return function("list_reverse" if is_array(arguments[0]) else "reverse", *arguments)


def subscript(node: exp.Bracket) -> exp.Expr | None:
    """Return `x[k]` as a call that refuses what is not there."""
    if len(node.expressions) != 1 or isinstance(node.expressions[0], exp.Slice):
        return None
    # sqlglot counts from 0 in its tree.
    (key,) = apply_index_offset(node.this, node.expressions, 1 - int(node.args.get("offset") or 0), dialect="duckdb")
    if isinstance(key, exp.Cast) and isinstance(key.this, exp.Null):
        key = key.this
    if isinstance(key, exp.Null):
        key = exp.cast(key, exp.DType.BIGINT)
        if is_array(node.this):
            return function("list_extract", node.this, key)
    if isinstance(node.this, exp.Cast) and node.this.to.is_type(exp.DType.STRUCT):
        return function("struct_extract_at", node.this, key)
    certain = isinstance(key, exp.Literal)
    return function("trino_subscript" if certain else "trino_any_subscript", node.this, key)


BUILDERS: dict[str, Callable[[list[exp.Expr]], exp.Expr]] = {
    "zip_with": zip_with,
    "map_zip_with": map_zip_with,
    "sequence": sequence,
    "reverse": reverse,
}
