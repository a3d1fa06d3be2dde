"""WITH RECURSIVE: Trino takes ten steps, and fails when an eleventh has rows; DuckDB goes on."""

from sqlglot import exp

from athena_local.syntax.calls import function
from athena_local.syntax.outputs import refers_to

MOST_STEPS = 10
_STEP = "step__"


def limit_recursion(tree: exp.Expr) -> None:
    """Count the steps of each recursive query of a tree in DuckDB's SQL, which is changed in place."""
    for with_ in list(tree.find_all(exp.With)):
        if with_.args.get("recursive"):
            with_.set("expressions", [each for cte in with_.expressions for each in _counted(cte)])


def _counted(cte: exp.CTE) -> list[exp.CTE]:
    """Return a query that counts, and one by the old name that shows its columns."""
    query, name = cte.this, cte.alias
    if not isinstance(query, exp.SetOperation) or not refers_to(query.expression, name):
        return [cte]
    columns = [each.name for each in cte.args["alias"].columns]
    counting = exp.to_identifier(f"{name}__steps")
    shown = exp.select(*(exp.column(exp.to_identifier(each)) for each in columns)).from_(exp.Table(this=counting))
    for table in refers_to(query.expression, name):
        alias = table.args.get("alias") or exp.TableAlias(this=exp.to_identifier(name))
        table.replace(exp.Subquery(this=shown.copy(), alias=alias.copy()))
    earlier = exp.select(function("max", exp.column(exp.to_identifier(_STEP)))).from_(exp.Table(this=counting.copy()))
    first = _numbered(query.this, exp.Literal.number(0))
    then = _numbered(query.expression, function("own_next_step", earlier.subquery(), exp.Literal.number(MOST_STEPS)))
    alias = exp.TableAlias(this=counting.copy(), columns=[*map(exp.to_identifier, columns), exp.to_identifier(_STEP)])
    steps = exp.CTE(this=exp.Union(this=first, expression=then, distinct=False), alias=alias)
    return [steps, exp.CTE(this=shown.distinct() if query.args.get("distinct") else shown, alias=cte.args["alias"])]


def _numbered(query: exp.Expr, step: exp.Expr) -> exp.Select:
    rows = query.copy() if isinstance(query, exp.Query) else exp.select("*").from_(query.copy())
    inner = rows.this if isinstance(rows, exp.Subquery) and not rows.alias else rows
    subquery = exp.Subquery(this=inner, alias=exp.TableAlias(this=exp.to_identifier("rows__")))
    return exp.select("*").select(exp.alias_(step, _STEP)).from_(subquery)
