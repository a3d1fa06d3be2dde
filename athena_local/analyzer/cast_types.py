"""The types of casts."""

from sqlglot import exp

from athena_local.analyzer.coercions import castable
from athena_local.analyzer.literals import check_literal, time_literal_type
from athena_local.analyzer.operators import mismatch
from athena_local.analyzer.scopes import Scope, Typed
from athena_local.analyzer.trino_types import (
    SOURCE,
    Type,
    from_tree,
)
from athena_local.errors import QueryError

# Types of Trino that have no casts here.
_NOT_HERE = frozenset({
    "geometry", "sphericalgeography", "bingtile", "kdbtree", "color", "hyperloglog", "p4hyperloglog", "setdigest",
    "tdigest", "qdigest",
})  # fmt: skip


def cast_type(typing: Typed, node: exp.Cast, scope: Scope) -> Type | None:
    """Return the type of a cast, or refuse one that Trino lacks."""
    source = typing.type_of(node.this, scope)
    target = named_type(node)
    if source is not None:
        node.meta[SOURCE] = source
    if source and target and not castable(source, target):
        raise mismatch(f"Cannot cast {source} to {target}")
    return target


def named_type(node: exp.Cast) -> Type | None:
    """Return the type that a cast or a typed literal names, or refuse it."""
    target = from_tree(node.to)
    for part in node.to.find_all(exp.DataType):
        name = part.sql("trino").lower().replace("hllsketch", "hyperloglog")
        if name in _NOT_HERE:
            raise QueryError("NOT_SUPPORTED", f"the type {name} is not implemented offline")
        if part.this == exp.DType.USERDEFINED:
            raise mismatch(f"Unknown type: {part.sql()}")
    if node.meta.get("typed literal"):
        check_literal(node.this.name, target)
    if node.meta.get("literal") and target and target.name.removesuffix("tz") in ("time", "timestamp"):
        target = time_literal_type(node.this.name, target)
    if target and target.name == "decimal":
        precision, scale = target.numbers
        if not 1 <= precision <= 38 or scale > precision:
            raise QueryError("INVALID_FUNCTION_ARGUMENT", f"DECIMAL precision must be in range [1, 38]: {precision}")
    return target
