"""Stars over joins with USING: the merged columns come first in ``*``, and belong to no relation's ``a.*``."""

from collections.abc import Iterable, Sequence

from sqlglot import exp

from athena_local.errors import QueryError


def merged_first(tree: exp.Expr) -> None:
    """Write stars as Trino means them, in place; DuckDB leaves a merged column where the left relation has it."""
    for select in tree.find_all(exp.Select):
        joins: list[exp.Join] = select.args.get("joins") or []
        if any(join.args.get("using") for join in joins):
            select.set("expressions", [part for each in select.expressions for part in _parts(each, select, joins)])


def _parts(projection: exp.Expr, select: exp.Select, joins: Sequence[exp.Join]) -> list[exp.Expr]:
    if isinstance(projection, exp.Star):
        names = _merged(reversed(joins))  # those of the last join are the first
        _leave_out(projection, names)
        return [*(exp.column(name, quoted=True) for name in names), projection]
    if isinstance(projection, exp.Column) and isinstance(projection.this, exp.Star):
        _leave_out(projection.this, _merged_of(projection.table.lower(), select, joins))
    return [projection]


def _leave_out(star: exp.Star, names: Sequence[str]) -> None:
    if names:
        left_out = [exp.to_identifier(name, quoted=True) for name in names]
        star.set("except_", [*(star.args.get("except_") or ()), *left_out])


def _merged(joins: Iterable[exp.Join]) -> list[str]:
    return list(dict.fromkeys(each.name for join in joins for each in join.args.get("using") or ()))


def _merged_of(alias: str, select: exp.Select, joins: Sequence[exp.Join]) -> list[str]:
    """Return the merged columns that are a relation's own."""
    sources = [select.args["from_"].this, *(join.this for join in joins)]
    place = next((number for number, source in enumerate(sources) if source.alias_or_name.lower() == alias), 0)
    names = _merged(joins[max(place - 1, 0) : max(place, 1)])
    if set(_merged(joins[place:])) - set(names):
        message = f"'{alias}.*' is not supported offline where a later USING may name a column of it"
        raise QueryError("NOT_SUPPORTED", message)
    return names
