"""The names of output columns."""

from sqlglot import exp

from athena_local.syntax.calls import named
from athena_local.translation.shapes import UNNAMED


def _selects(tree: exp.Expr) -> list[exp.Select]:
    """Return the SELECT that names the output's columns, if there is one: in a UNION it is the first."""
    query = tree
    while isinstance(query, exp.Subquery | exp.SetOperation):
        query = query.this
    return [query] if isinstance(query, exp.Select) else []


def name_columns(tree: exp.Expr) -> None:
    """Give each column of a SELECT the name that Trino gives it; columns without one get a name that says so."""
    outer = _selects(tree)
    for select in tree.find_all(exp.Select):
        starred = False
        for number, projection in enumerate(list(select.expressions)):
            starred = starred or projection.is_star
            written = projection.name
            if isinstance(projection, exp.Column) and select in outer and not projection.is_star:
                projection.replace(named(projection.copy(), written))  # the output has the name as it is written
            if projection.is_star or isinstance(projection, exp.Column | exp.Alias):
                continue
            if isinstance(projection, exp.Dot) and isinstance(projection.parts[0], exp.Identifier):
                name = projection.expression.name
            else:
                name = UNNAMED if starred or select in outer else f"{UNNAMED}{number}"
            projection.replace(named(projection.copy(), name))
