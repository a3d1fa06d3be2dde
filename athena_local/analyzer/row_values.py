"""Rows in a checked query, in forms that mean in DuckDB what they mean in Trino.

A row equals another when each field does, so that NULL in a field makes the answer NULL, unless another field differs.
"""

from typing import Final

from sqlglot import exp

from athena_local.analyzer.trino_types import Type

ROW: Final = "trino row type"
# In the meta of a comparison of maps: their type.
MAPS: Final = "trino map type"
ARRAYS: Final = "trino arrays"


def expand_rows(tree: exp.Expr) -> None:
    """Write comparisons of rows by their fields, a row in VALUES as a row of it, and ALL, SOME and EXISTS as such."""
    for node in list(tree.walk(bfs=False))[::-1]:  # children first
        if isinstance(node, exp.Tuple) and isinstance(node.parent, exp.Values) and ROW in node.meta:
            node.set("expressions", [_field(node.expressions[0], node.meta[ROW], n) for n in _numbers(node.meta[ROW])])
        elif isinstance(node, exp.EQ | exp.NEQ) and ROW in node.meta:
            equal = _equal(node.this, node.expression, node.meta[ROW])
            node.replace(exp.Paren(this=equal if isinstance(node, exp.EQ) else exp.Not(this=exp.Paren(this=equal))))
        elif isinstance(node, exp.In) and ROW in node.meta:
            options = [_equal(node.this, each, node.meta[ROW]) for each in node.expressions]
            node.replace(exp.Paren(this=exp.or_(*options)))
        elif isinstance(node, exp.Anonymous) and (quantified := _quantified(node)):
            node.replace(quantified)


def _numbers(row: Type) -> range:
    return range(len(row.items))


def _equal(left: exp.Expr, right: exp.Expr, row: Type) -> exp.Expr:
    pairs = ((_field(left, row, n), _field(right, row, n), row.items[n]) for n in _numbers(row))
    return exp.and_(*(_equal(a, b, kind) if kind.name == "row" else _same(a, b, kind) for a, b, kind in pairs))


def _same(left: exp.Expr, right: exp.Expr, kind: Type) -> exp.EQ:
    node = exp.EQ(this=left, expression=right)
    if kind.name == "array":
        node.meta[ARRAYS] = kind
    return node


def _field(node: exp.Expr, row: Type, number: int) -> exp.Expr:
    inner = node.this if isinstance(node, exp.Paren) else node
    if isinstance(inner, exp.Tuple) or (isinstance(inner, exp.Anonymous) and inner.name.lower() == "row"):
        field: exp.Expr = inner.expressions[number]
        return field.copy()
    name = row.fields[number]
    if name:
        return exp.Dot(this=exp.Paren(this=node.copy()), expression=exp.to_identifier(name, quoted=True))
    return exp.Bracket(this=exp.Paren(this=node.copy()), expressions=[exp.Literal.number(number)])


def _quantified(call: exp.Anonymous) -> exp.Expr | None:
    kind = {"all": exp.All, "some": exp.Any, "any": exp.Any, "exists": exp.Exists}.get(call.name.lower())
    if kind is None or len(call.expressions) != 1 or not isinstance(call.expressions[0], exp.Values | exp.Query):
        return None
    query = call.expressions[0]
    if isinstance(query, exp.Values):
        query = exp.select("*").from_(exp.Subquery(this=query.copy()))
    return kind(this=query if kind is exp.Exists else exp.Subquery(this=query))
