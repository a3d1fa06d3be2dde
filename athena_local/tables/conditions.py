"""The conditions of a query that concern one table only."""

from sqlglot import exp
from sqlglot.optimizer.scope import Scope


def names_in(condition: exp.Expr) -> set[str]:
    """Return the names of the columns in a condition."""
    return {column.name for column in condition.find_all(exp.Column)}


def conditions_on(scope: Scope, alias: str, names: set[str]) -> list[exp.Expr]:
    """Return the conditions on the columns `names` of the table `alias`, which each row of it must meet."""
    select = scope.expression
    if not isinstance(select, exp.Select):
        return []
    joins: list[exp.Join] = select.args.get("joins") or []
    clauses: list[exp.Expr] = []
    if not any(join.side for join in joins):
        where: exp.Where | None = select.args.get("where")
        clauses = [
            clause for clause in (where.this if where else None, *(join.args.get("on") for join in joins)) if clause
        ]
    elif where := select.args.get("where"):
        first: exp.From | None = select.args.get("from_")
        if first is not None and first.alias_or_name == alias and all(join.side == "LEFT" for join in joins):
            clauses = [where.this]
    return [part for clause in clauses for part in _conjuncts(clause) if _uses_only(part, alias, names)]


def _conjuncts(condition: exp.Expr) -> list[exp.Expr]:
    return list(condition.flatten()) if isinstance(condition, exp.And) else [condition]


def _uses_only(condition: exp.Expr, alias: str, names: set[str]) -> bool:
    columns = list(condition.find_all(exp.Column))
    if not columns or condition.find(exp.Query, exp.Placeholder, exp.Lambda):
        return False
    return all(column.table == alias and column.name in names for column in columns)


def bare(condition: exp.Expr) -> exp.Expr:
    """Return a condition whose columns have no table before them."""
    condition = condition.copy()
    for column in condition.find_all(exp.Column):
        column.set("table", None)
        column.set("db", None)
    return condition
