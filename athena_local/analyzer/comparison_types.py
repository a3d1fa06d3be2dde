"""The types of operators and comparisons."""

from typing import Final

from sqlglot import exp

from athena_local.analyzer import operators
from athena_local.analyzer.char_values import align, refuse_mixed
from athena_local.analyzer.coercions import TEXTS, common, comparable, decimal
from athena_local.analyzer.member_types import single
from athena_local.analyzer.operators import compared, joint, mismatch
from athena_local.analyzer.row_values import ARRAYS, MAPS, ROW
from athena_local.analyzer.scopes import Scope, Typed
from athena_local.analyzer.trino_types import (
    BOOLEAN,
    DECIMALS,
    FLOATING,
    Type,
)
from athena_local.errors import QueryError

OPERATORS: Final[dict[type[exp.Expr], str]] = {
    exp.Add: "+", exp.Sub: "-", exp.Mul: "*", exp.Div: "/", exp.Mod: "%", exp.EQ: "=", exp.NEQ: "<>", exp.LT: "<",
    exp.LTE: "<=", exp.GT: ">", exp.GTE: ">=", exp.NullSafeNEQ: "IS DISTINCT FROM", exp.NullSafeEQ: "IS DISTINCT FROM",
}  # fmt: skip


def operation(typing: Typed, node: exp.Binary, scope: Scope) -> Type | None:
    """Return the type of an operator between two values."""
    a = typing.type_of(node.this, scope)
    b = typing.type_of(node.expression, scope)
    symbol = OPERATORS[type(node)]
    if isinstance(node, exp.Add | exp.Sub | exp.Mul | exp.Div | exp.Mod):
        number = operators.arithmetic(a, b, symbol)
        _note_decimals(node, a, b, number)
        return number
    result = compared(a, b, symbol)
    note_rows(node, a, b)
    note_floating(node, a, b)
    align(node, [node.this, node.expression], [a, b])
    if a is not None and b is not None and a.name == b.name == "array":
        node.meta[ARRAYS] = common(a, b) or a
    if a is not None and b is not None and a.name == b.name == "map":
        _note_maps(node, a)
    return result


def _note_decimals(node: exp.Binary, a: Type | None, b: Type | None, result: Type | None) -> None:
    if a is not None and b is not None and result is not None and result.name == "decimal":
        numbers = [(10, 0) if each.name == "unknown" else decimal(each) for each in (a, b, result)]
        node.meta[DECIMALS] = numbers


def note_floating(node: exp.Expr, *types: Type | None) -> None:
    """Note that a comparison may meet NaN."""
    if any(type_ is not None and type_.name in ("double", "real") for type_ in types):
        node.meta[FLOATING] = True


def note_rows(node: exp.Expr, a: Type | None, b: Type | None) -> None:
    """Note the type of rows that are compared; fields are taken by the first one's names, so both must have them."""
    if a is not None and b is not None and a.name == b.name == "row":
        node.meta[ROW] = a if a.fields == b.fields or not any(a.fields) else Type("row", (), a.items, b.fields)


def _note_maps(node: exp.Expr, type_: Type) -> None:
    """Note the type of maps, whose entries have no order."""
    if type_.items[1].items:
        raise QueryError("NOT_SUPPORTED", "a comparison of such maps is not implemented offline")
    node.meta[MAPS] = type_


def in_list(typing: Typed, node: exp.In, scope: Scope) -> Type:
    """Check IN."""
    value = typing.type_of(node.this, scope)
    query: exp.Expr | None = node.args.get("query")
    if query is not None:
        other = single(typing.query(query, scope))
        compared(value, other, "=")
        refuse_mixed([value, other], "IN value and subquery result")
    else:
        items = typing.types_of(node.expressions, scope)
        shared = joint([value, *items], "IN value and list items", compared_only=True)
        align(node, [node.this, *node.expressions], [value, *items])
        if items:
            note_rows(node, value, shared)
            note_floating(node, value)
            if shared is not None and shared.name == "array":
                node.meta[ARRAYS] = shared
        if shared is not None and shared.name == "map":
            raise QueryError("NOT_SUPPORTED", "IN of maps is not implemented offline")
        if shared is not None and not comparable(shared):
            raise mismatch(f"{shared} is not comparable")
    return BOOLEAN


def between(typing: Typed, node: exp.Between, scope: Scope) -> Type:
    """Check BETWEEN."""
    if node.args.get("symmetric"):
        raise QueryError("SYNTAX_ERROR", "mismatched input 'SYMMETRIC'")
    value = typing.type_of(node.this, scope)
    bounds = [node.args[bound] for bound in ("low", "high")]
    types = typing.types_of(bounds, scope)
    for type_ in types:
        compared(value, type_, "BETWEEN")
    note_floating(node, value, *types)
    align(node, [node.this, *bounds], [value, *types])
    return BOOLEAN


def like(typing: Typed, node: exp.Binary, scope: Scope) -> Type:
    """Check LIKE."""
    for side in (node.this, node.expression):
        type_ = typing.type_of(side, scope)
        if type_ is not None and type_.name not in (*TEXTS, "unknown"):
            raise mismatch(f"Operand of LIKE expression must evaluate to a varchar (actual: {type_})")
    return BOOLEAN
