"""One reference of a query to a table."""

from dataclasses import dataclass

from sqlglot import exp

from athena_local.tables.catalog import Table


@dataclass(frozen=True, kw_only=True)
class TableUse:
    """One reference to a table.

    Attributes
    ----------
    columns
        Names of the columns that the query reads through this reference.
    predicates
        Conditions on partition keys only, with bare column names. The query needs no row that fails one of them.
    conditions
        The same of any columns of the table.
    alias
        The table's name in its query.
    """

    table: Table
    columns: frozenset[str]
    predicates: tuple[exp.Expr, ...] = ()
    conditions: tuple[exp.Expr, ...] = ()
    alias: str = ""


def static_values(use: TableUse, key: str) -> tuple[str, ...] | None:
    """Return the values to which the predicates limit `key` by equality; None when they do not."""
    for condition in use.predicates:
        if isinstance(condition, exp.EQ):
            sides = [condition.this, condition.expression]
            values = [side for side in sides if isinstance(side, exp.Literal)]
        elif isinstance(condition, exp.In) and all(isinstance(each, exp.Literal) for each in condition.expressions):
            sides, values = [condition.this], condition.expressions
        else:
            continue
        if any(isinstance(side, exp.Column) and side.name == key for side in sides) and values:
            return tuple(value.name for value in values)
    return None
