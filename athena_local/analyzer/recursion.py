"""What Trino refuses in WITH RECURSIVE."""

from collections.abc import Iterator

from sqlglot import exp

from athena_local.analyzer.coercions import coerces
from athena_local.analyzer.operators import mismatch
from athena_local.analyzer.scopes import Columns
from athena_local.analyzer.trino_types import UNKNOWN_LENGTH, Type
from athena_local.syntax.outputs import refers_to

_CLAUSES = {"order": "ORDER BY", "limit": "FETCH FIRST / LIMIT", "offset": "OFFSET"}


def check_recursion(with_: exp.With) -> Iterator[tuple[str, str]]:
    """Yield the name and the message of each error in the shape of a recursive query."""
    for cte in with_.expressions if with_.args.get("recursive") else ():
        if refers_to(cte.this, cte.alias):
            if not cte.args["alias"].columns:
                yield "MISSING_COLUMN_ALIASES", "missing column aliases in recursive WITH query"
            yield from (("INVALID_RECURSIVE_REFERENCE", message) for message in _references(cte))
            yield from (("NOT_SUPPORTED", message) for message in _clauses(cte.this))


def _references(cte: exp.CTE) -> Iterator[str]:
    query, name = cte.this, cte.alias
    if not isinstance(query, exp.Union):
        yield "recursive reference outside of a UNION"
        return
    if refers_to(query.this, name):
        yield "WITH table name is referenced in the base relation of recursion"
    in_step = refers_to(query.expression, name)
    if len(in_step) > 1:
        yield "multiple recursive references in the step relation of recursion"
    if in_step and in_step[0].find_ancestor(exp.Where, exp.Having, exp.CTE) is not cte:
        yield "recursive reference outside of FROM clause of the step relation of recursion"


def _clauses(query: exp.Expr) -> Iterator[str]:
    for clause, words in _CLAUSES.items():
        if query.args.get(clause):
            yield f"immediate {words} clause in recursive query"
        if isinstance(query, exp.Union) and query.expression.args.get(clause):
            yield f"{words} in the step of a recursive query is not supported offline"


def check_step(base: Columns, step: Columns | None) -> None:
    """Refuse a step whose columns do not become those of the base.

    Raises
    ------
    QueryError
        ``TYPE_MISMATCH``.
    """
    for number, ((_, a), (_, b)) in enumerate(zip(base, step or [], strict=False), 1):
        if a is not None and b is not None and not _becomes(b, a):
            raise mismatch(
                f"recursion step relation output type ({b}) is not coercible to recursion base relation output type "
                f"({a}) at column {number}"
            )


def _becomes(actual: Type, formal: Type) -> bool:
    if actual.name == formal.name == "varchar" and UNKNOWN_LENGTH not in (*actual.numbers, *formal.numbers):
        return not formal.numbers or (bool(actual.numbers) and actual.numbers <= formal.numbers)
    if actual.name == formal.name == "decimal":
        whole = actual.numbers[0] - actual.numbers[1] <= formal.numbers[0] - formal.numbers[1]
        return whole and actual.numbers[1] <= formal.numbers[1]
    if actual.name == formal.name and not actual.items:
        return actual.numbers <= formal.numbers
    return coerces(actual, formal)
