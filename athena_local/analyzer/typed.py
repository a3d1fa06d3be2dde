"""The check of a statement's types, as Trino does it before it runs.

It refuses only what it can tell: an expression whose type is not known fits everywhere.
"""

from collections.abc import Mapping

from sqlglot import exp

from athena_local.analyzer.call_types import TYPEOF
from athena_local.analyzer.correlation import check_correlated
from athena_local.analyzer.query_types import QueryTypes
from athena_local.analyzer.row_values import expand_rows
from athena_local.analyzer.scopes import SESSION, Scope
from athena_local.analyzer.trino_types import Type
from athena_local.tables.catalog import Table


def check(tree: exp.Expr, tables: Mapping[str, Table]) -> list[Type | None]:
    """Check a query, write typeof() as a constant, and return the types of the output's columns.

    Parameters
    ----------
    tree
        A parsed query whose tables are named by the keys of `tables`; it is changed in place.

    Returns
    -------
    list of Type or None
        Empty when the columns cannot be told.

    Raises
    ------
    QueryError
        ``TYPE_MISMATCH``, or ``FUNCTION_NOT_FOUND`` for arguments that no overload takes.
    """
    columns = QueryTypes(tables).columns(tree, Scope())
    check_correlated(tree)
    for call in list(tree.find_all(exp.Anonymous)):
        if TYPEOF in call.meta:
            _write_constant(call)
    expand_rows(tree)
    return [type_ for _, type_ in columns or []]


def _write_constant(call: exp.Anonymous) -> None:
    """Write the type; an argument with an aggregate stays, because it makes the query one that aggregates."""
    text = exp.Literal.string(call.meta[TYPEOF])
    of_session = all(column.name.lower() in SESSION for column in call.find_all(exp.Column))
    calls = [each.name.lower() for each in call.find_all(exp.Anonymous) if each is not call]
    if of_session and set(calls) <= {"version"}:
        call.replace(text)
        return
    never = exp.If(this=exp.false(), true=exp.Anonymous(this="typeof", expressions=list(call.expressions)))
    call.replace(exp.Case(ifs=[never], default=text))
