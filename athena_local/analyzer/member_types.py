"""Columns, fields, elements and scalar subqueries."""

from typing import Any

from sqlglot import exp

from athena_local.analyzer import operators
from athena_local.analyzer.operators import joint, mismatch
from athena_local.analyzer.scopes import Scope, Typed, field_of
from athena_local.analyzer.trino_types import (
    Type,
    array,
    row,
)
from athena_local.errors import QueryError


def single(columns: Any) -> Type | None:
    """Return the type of a query of one column."""
    return columns[0][1] if columns is not None and len(columns) == 1 else None


def column(_: Typed, node: exp.Column, scope: Scope) -> Type | None:
    """Return the type of a column."""
    return None if isinstance(node.this, exp.Star) else scope.type_of(node)


def dot(typing: Typed, node: exp.Dot, scope: Scope) -> Type | None:
    """Return the type of a row's field."""
    base = typing.type_of(node.this, scope)
    if base is None or not isinstance(node.expression, exp.Identifier):
        return None
    if base.name != "row":
        raise mismatch(f"Expression {node.this.sql()} is not of type ROW")
    found = field_of(base, node.expression.name)
    if found is None:
        raise QueryError("INVALID_COLUMN_REFERENCE", f"Column reference '{node.expression.name}' is invalid")
    return found


def bracket(typing: Typed, node: exp.Bracket, scope: Scope) -> Type | None:
    """Return the type of a subscript."""
    base = typing.type_of(node.this, scope)
    (index,) = typing.types_of(node.expressions, scope) if len(node.expressions) == 1 else [None]
    if base is not None and base.name == "row":
        return _row_item(base, node.expressions[0])
    return operators.subscript(base, index)


def _row_item(base: Type, index: exp.Expr) -> Type | None:
    text = index.sql()
    if not text.lstrip("-").isdigit():
        return None
    number = int(text)  # sqlglot counts from 0
    if not 0 <= number < len(base.items):
        raise QueryError("INVALID_FUNCTION_ARGUMENT", f"Subscript index out of bounds: {number + 1}")
    return base.items[number]


def array_of(typing: Typed, node: exp.Array, scope: Scope) -> Type | None:
    """Return the type of ARRAY[…]."""
    item = joint(typing.types_of(node.expressions, scope), "All ARRAY elements")
    return array(item) if item else None


def tuple_of(typing: Typed, node: exp.Tuple, scope: Scope) -> Type | None:
    """Return the type of a row in parentheses."""
    items = typing.types_of(node.expressions, scope)
    return None if None in items else row([each for each in items if each])


def subquery(typing: Typed, node: exp.Expr, scope: Scope) -> Type | None:
    """Return the type of a scalar subquery."""
    return single(typing.query(node, scope))
