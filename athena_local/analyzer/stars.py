"""The columns that ``*`` means, with USING and without."""

from sqlglot import exp

from athena_local.analyzer.coercions import common
from athena_local.analyzer.scopes import Columns, Scope
from athena_local.errors import QueryError


def expand_starred(select: exp.Select, scope: Scope) -> None:
    """Write t.* as its columns: without those that USING has merged."""
    shared = {each.name.lower() for join in select.args["joins"] for each in join.args.get("using") or []}
    for projection in list(select.expressions):
        if not (isinstance(projection, exp.Column) and projection.is_star):
            continue
        columns = next((each for alias, each in scope.sources if alias == projection.table.lower()), None)
        if columns is None or any(name is None for name, _ in columns):
            raise QueryError("NOT_SUPPORTED", f"{projection.table}.* beside USING is not implemented offline")
        names = [name for name, _ in columns if name and name not in shared]
        written = [exp.column(name, table=projection.args["table"].copy(), quoted=True) for name in names]
        index = select.expressions.index(projection)
        select.set("expressions", [*select.expressions[:index], *written, *select.expressions[index + 1 :]])


def merged(select: exp.Select, scope: Scope) -> Columns | None:
    """Return what * means behind USING: the merged columns, then the others in order."""
    joins: list[exp.Join] = select.args.get("joins") or []
    names = {each.name.lower() for join in joins for each in join.args.get("using") or []}
    if len(joins) != 1 or len(scope.sources) != 2 or not isinstance(select.expressions[0], exp.Star):
        return None
    (_, left), (_, right) = scope.sources
    if left is None or right is None:
        return None
    types = {name: (type_, dict(right).get(name)) for name, type_ in left if name in names}
    pairs = [(each.name.lower(), types.get(each.name.lower())) for each in joins[0].args["using"]]
    shared: Columns = [
        (name, common(pair[0], pair[1]) if pair and pair[0] and pair[1] else None) for name, pair in pairs
    ]
    return [*shared, *(each for each in [*left, *right] if each[0] not in names)]


def starred(star: exp.Expr, scope: Scope) -> Columns | None:
    """Return what ``*`` or ``t.*`` means; None when it cannot be told."""
    if not isinstance(star, exp.Star | exp.Column):
        return None
    table = star.table.lower() if isinstance(star, exp.Column) else ""
    if table and not star.args.get("db") and not _is_relation(table, scope):
        raise QueryError("TABLE_NOT_FOUND", f"line 1:1: Unable to resolve reference {table}")
    chosen = [columns for alias, columns in scope.sources if not table or alias == table]
    if not chosen or any(columns is None for columns in chosen):
        return None
    return [column for columns in chosen for column in columns or []]


def _is_relation(name: str, scope: Scope | None) -> bool:
    while scope is not None:
        if any(alias == name for alias, _ in scope.sources):
            return True
        scope = scope.parent
    return False
