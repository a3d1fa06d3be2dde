"""The equality of arrays and rows, value by value: NULL where a NULL inside could make the difference."""

from sqlglot import exp

from athena_local.analyzer.trino_types import Type
from athena_local.errors import QueryError
from athena_local.syntax.calls import function

_FLOATING = ("double", "real")


def is_deep(type_: Type) -> bool:
    """Tell whether an array's values are compared one by one: they hold values, or may be NaN."""
    return bool(type_.items[0].items) or type_.items[0].name in _FLOATING


def equal(left: exp.Expr, right: exp.Expr, type_: Type, depth: int = 0) -> exp.Expr:
    """Return ``left = right`` in DuckDB's SQL.

    Raises
    ------
    QueryError
        ``NOT_SUPPORTED`` for maps inside.
    """
    if type_.name == "map":
        raise QueryError("NOT_SUPPORTED", "a comparison of values with maps inside is not implemented offline")
    if type_.name == "array":
        return _arrays(left, right, type_.items[0], depth)
    if type_.name == "row":
        numbers = [exp.Literal.number(number) for number in range(1, len(type_.items) + 1)]
        fields = [[function("struct_extract_at", side.copy(), each) for side in (left, right)] for each in numbers]
        return exp.and_(*(equal(a, b, item, depth) for (a, b), item in zip(fields, type_.items, strict=True)))
    same = exp.EQ(this=left.copy(), expression=right.copy())
    if type_.name not in _FLOATING:
        return same
    is_nan = function("isnan", exp.cast(left.copy(), exp.DType.DOUBLE))
    return exp.paren(exp.and_(same, exp.Not(this=is_nan)))


def _arrays(left: exp.Expr, right: exp.Expr, item: Type, depth: int) -> exp.Expr:
    entry = exp.to_identifier(f"pair{depth}__")
    sides = [function("struct_extract_at", exp.column(entry.copy()), exp.Literal.number(number)) for number in (1, 2)]
    of_items = exp.Lambda(this=equal(sides[0], sides[1], item, depth + 1), expressions=[entry])
    pairs = function("list_zip", left.copy(), right.copy())
    every = function("trino_all", function("list_transform", pairs, of_items))
    null = exp.or_(*(exp.Is(this=side.copy(), expression=exp.Null()) for side in (left, right)))
    lengths = exp.NEQ(this=function("len", left.copy()), expression=function("len", right.copy()))
    return exp.Case(ifs=[exp.If(this=null, true=exp.Null()), exp.If(this=lengths, true=exp.false())], default=every)
