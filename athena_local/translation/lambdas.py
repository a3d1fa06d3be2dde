"""Trino's functions of arrays whose lambdas DuckDB has not: a comparator, and a state of any type."""

from sqlglot import exp

from athena_local.syntax.calls import function, struct
from athena_local.translation.arrays import name_within, parameters, substitute


def sorted_by(arguments: list[exp.Expr]) -> exp.Expr:
    """Return an array in the order of a comparator: each element's place is the number of those before it."""
    array, comparator = arguments
    (left, right), body = parameters(comparator, 2)
    base = name_within(body).name
    x, i, y, j = (exp.to_identifier(f"{base}{letter}") for letter in "xiyj")
    pair = [exp.column(name.copy()) for name in (y, x)]
    there, back = (substitute(body, dict(zip((left, right), each, strict=True))) for each in (pair, pair[::-1]))
    compared = function("trino_comparison", there, back, *pair)
    before = exp.or_(
        exp.LT(this=compared, expression=exp.Literal.number(0)),
        exp.and_(
            exp.EQ(this=compared.copy(), expression=exp.Literal.number(0)),
            exp.LT(this=exp.column(j.copy()), expression=exp.column(i.copy())),
        ),
    )
    others = exp.and_(exp.NEQ(this=exp.column(i.copy()), expression=exp.column(j.copy())), before)
    rank = function("len", function("list_filter", array.copy(), _lambda(others, y, j)))
    places = _lambda(struct({"rank": rank, "place": exp.column(i.copy())}), x, i)
    ordered = function("list_sort", function("list_transform", array, places))
    picked = function(
        "list_extract", array.copy(), exp.Dot(this=exp.column(x.copy()), expression=exp.to_identifier("place"))
    )
    return function("list_transform", ordered, _lambda(picked, x))


def _lambda(body: exp.Expr, *names: exp.Identifier) -> exp.Lambda:
    return exp.Lambda(this=body, expressions=[name.copy() for name in names])


def reduced_state(arguments: list[exp.Expr]) -> exp.Expr:
    """Return a reduction whose state may be of another type than the elements: both are in a struct."""
    array, start, merge, finish = arguments
    (state, element), body = parameters(merge, 2)
    base = name_within(exp.Tuple(expressions=[body.copy(), start.copy()])).name
    so_far, following = (exp.to_identifier(f"{base}{letter}") for letter in "pq")
    values = {state: _field(so_far, "state"), element: _field(following, "element")}
    step = _lambda(struct({"state": substitute(body, values), "element": values[element].copy()}), so_far, following)
    first = struct({"state": start.copy(), "element": function("list_extract", array.copy(), exp.Literal.number(1))})
    rest = _lambda(struct({"state": start.copy(), "element": exp.column(following.copy())}), following)
    items = function("list_concat", exp.Array(expressions=[first]), function("list_transform", array.copy(), rest))
    last = exp.Dot(this=exp.Paren(this=function("list_reduce", items, step)), expression=exp.to_identifier("state"))
    (name,), ending = parameters(finish, 1)
    is_null = exp.Is(this=array, expression=exp.Null())
    return exp.Case(ifs=[exp.If(this=exp.Not(this=is_null), true=substitute(ending, {name: last}))])


def _field(entry: exp.Identifier, name: str) -> exp.Expr:
    return exp.Dot(this=exp.column(entry.copy()), expression=exp.to_identifier(name))
