"""Window functions, and aggregates with a syntax of their own."""

from sqlglot import exp

from athena_local.analyzer.coercions import TEXTS, common, comparable, orderable
from athena_local.analyzer.operators import mismatch
from athena_local.analyzer.scopes import Scope, Typed
from athena_local.analyzer.trino_types import (
    VARCHAR,
    Type,
)
from athena_local.errors import QueryError


def window(typing: Typed, node: exp.Window, scope: Scope) -> Type | None:
    """Return the type of a window function, and check its window."""
    for partition in node.args.get("partition_by") or []:
        type_ = typing.type_of(partition, scope)
        if type_ is not None and not comparable(type_):
            raise mismatch(f"{type_} is not comparable, and therefore cannot be used in window function PARTITION BY")
    order: exp.Expr | None = node.args.get("order")
    for ordered in order.expressions if order else []:
        type_ = typing.type_of(ordered.this, scope)
        if type_ is not None and not orderable(type_):
            raise mismatch(f"{type_} is not orderable, and therefore cannot be used in window function ORDER BY")
        _frame(node.args.get("spec"), type_)
    return typing.type_of(node.this, scope)


def _frame(spec: exp.Expr | None, sorted_by: Type | None) -> None:
    if spec is None or sorted_by is None or str(spec.args.get("kind")).upper() != "RANGE":
        return
    bounded = any(isinstance(spec.args.get(end), exp.Expr) for end in ("start", "end"))
    if bounded and sorted_by.name in (*TEXTS, "boolean", "varbinary", "array", "row", "json"):
        raise mismatch(
            "Window frame of type RANGE PRECEDING or FOLLOWING requires that sort item type be numeric, datetime or "
            f"interval (actual: {sorted_by})"
        )


def first(typing: Typed, node: exp.Expr, scope: Scope) -> Type | None:
    """Return the type of a node's first operand, and check the others."""
    for name, child in node.args.items():
        if name != "this" and isinstance(child, exp.Expr):
            typing.type_of(child, scope)
    return typing.type_of(node.this, scope)


def lead(typing: Typed, node: exp.Expr, scope: Scope) -> Type | None:
    """Return the type of lead and lag."""
    type_ = first(typing, node, scope)
    default = node.args.get("default")
    other = typing.type_of(default, scope) if isinstance(default, exp.Expr) else None
    if type_ is not None and other is not None and common(type_, other) is None:
        raise QueryError("FUNCTION_NOT_FOUND", f"Unexpected parameters ({type_}, {other}) for function {node.key}")
    return common(type_, other) if type_ is not None and other is not None else type_


def listagg(typing: Typed, node: exp.GroupConcat, scope: Scope) -> Type:
    """Check listagg."""
    inner = node.this.this if isinstance(node.this, exp.Order | exp.Distinct) and node.this.this else node.this
    type_ = typing.type_of(inner, scope)
    if type_ is not None and type_.name not in (*TEXTS, "unknown"):
        raise mismatch(f"Expected expression of varchar, but it has {type_} type")
    return VARCHAR
