"""The operators of a plan."""

from dataclasses import dataclass, field

from sqlglot import exp


@dataclass(frozen=True, kw_only=True)
class PlanNode:
    """An operator.

    Attributes
    ----------
    descriptor
        What is in its brackets.
    outputs
        Names and Trino's types of its columns; empty when they are not told.
    details
        Lines below it.
    """

    name: str
    descriptor: dict[str, str] = field(default_factory=dict)
    outputs: tuple[tuple[str, str], ...] = ()
    details: tuple[str, ...] = ()
    children: tuple["PlanNode", ...] = ()


def sql_text(node: exp.Expr) -> str:
    """Return an expression in Trino's SQL."""
    return node.sql(dialect="trino", normalize_functions=False)
