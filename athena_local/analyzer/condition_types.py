"""Conditions, and what they choose between."""

from sqlglot import exp

from athena_local.analyzer.char_values import refuse_mixed
from athena_local.analyzer.operators import compared, joint
from athena_local.analyzer.scopes import Scope, Typed
from athena_local.analyzer.trino_types import (
    BOOLEAN,
    UNKNOWN,
    Type,
)


def logical(typing: Typed, node: exp.Connector, scope: Scope) -> Type:
    """Check AND and OR."""
    for side in (node.this, node.expression):
        typing.condition(side, scope, "Logical expression term")
    return BOOLEAN


def negation(typing: Typed, node: exp.Not, scope: Scope) -> Type:
    """Check NOT."""
    typing.condition(node.this, scope, "Value of logical NOT expression")
    return BOOLEAN


def case(typing: Typed, node: exp.Case, scope: Scope) -> Type | None:
    """Return the type of CASE."""
    operand = typing.type_of(node.this, scope) if node.this else None
    results = []
    for branch in node.args["ifs"]:
        if node.this:
            value = typing.type_of(branch.this, scope)
            compared(operand, value, "=")
            refuse_mixed([operand, value], "CASE operand and WHEN value")
        else:
            typing.condition(branch.this, scope, "CASE WHEN clause")
        results.append(typing.type_of(branch.args["true"], scope))
    default = node.args.get("default")
    return joint([*results, typing.type_of(default, scope) if default else UNKNOWN], "All CASE results")


def if_(typing: Typed, node: exp.If, scope: Scope) -> Type | None:
    """Return the type of IF."""
    typing.condition(node.this, scope, "IF condition")
    branches = [node.args[name] for name in ("true", "false") if node.args.get(name)]
    return joint(typing.types_of(branches, scope), "Result types for IF")


def exists(typing: Typed, node: exp.Exists, scope: Scope) -> Type:
    """Check EXISTS."""
    typing.query(node.this, scope)
    return BOOLEAN
