"""Trino's operators, casts and clauses → DuckDB's, on the syntax tree."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from sqlglot import exp

from athena_local.errors import QueryError
from athena_local.syntax.calls import function
from athena_local.tables.catalog import Table
from athena_local.translation.aggregates import listagg
from athena_local.translation.arrays import concatenated, subscript
from athena_local.translation.casts import duckdb_form, prepare, special_cast
from athena_local.translation.column_names import name_columns
from athena_local.translation.comparisons import between, compared, listed
from athena_local.translation.decimals import quotient, widened
from athena_local.translation.functions import rewrite_calls
from athena_local.translation.moments import Moment
from athena_local.translation.recursion import limit_recursion
from athena_local.translation.shapes import UNNAMED, reshape
from athena_local.translation.temporal import rewrite_moments
from athena_local.translation.text_nodes import TEXT_CHANGES
from athena_local.translation.unnest import unnested
from athena_local.translation.using_stars import merged_first

_INTEGERS = (exp.DType.TINYINT, exp.DType.SMALLINT, exp.DType.INT, exp.DType.BIGINT)


@dataclass(frozen=True, kw_only=True)
class Rewritten:
    """A query in DuckDB's SQL.

    Attributes
    ----------
    tree
        The query.
    moments
        The type of each output column that is a time, by its position; from the end (-1) after a star.
    """

    tree: exp.Expr
    moments: dict[int, Moment]


def rewrite(tree: exp.Expr, sql: str, tables: Mapping[str, Table] = MappingProxyType({})) -> Rewritten:
    """Return a parsed query in DuckDB's SQL (it is changed in place; pass a copy to keep it)."""
    tree = reshape(tree)
    if isinstance(tree, exp.Values):
        tree = _select_values(tree)
    name_columns(tree)
    moments = rewrite_moments(tree, tables)
    tree = rewrite_calls(tree, sql)
    for node in list(tree.walk(bfs=False))[::-1]:  # children first
        if replacement := _rewrite_node(node):
            node.replace(replacement)
    merged_first(tree)
    limit_recursion(tree)
    return Rewritten(tree=tree, moments=moments)


def _rewrite_node(node: exp.Expr) -> exp.Expr | None:
    for kind, change in _CHANGES.items():
        if isinstance(node, kind):
            return change(node)
    return None


# Casts --------------------------------------------------------------------------------------------------------------


def _cast(node: exp.Cast) -> exp.Expr | None:
    """Return a cast for which DuckDB differs: to text or JSON; change one to an integer in place."""
    if special := special_cast(node):
        return special
    prepare(node)
    duckdb_form(node.to)
    to: exp.DataType = node.args["to"]
    if to.is_type(*exp.DataType.TEXT_TYPES):
        text: exp.Expr = function("trino_varchar", node.this)
        if to.expressions:
            text = function("substring", text, exp.Literal.number(1), exp.Literal.number(to.expressions[0].name))
        return text
    if to.is_type(exp.DType.VARBINARY):
        return function("own_varbinary", node.this)
    if to.is_type(exp.DType.JSON):
        return function("own_to_json", node.this)
    if to.is_type(*_INTEGERS):
        node.set("this", function("trino_integral", node.this))
    return None


def _least(node: exp.Neg) -> exp.Expr | None:
    """Give the least integer and the least bigint their types: DuckDB reads a greater number and negates it."""
    types = {"2147483648": exp.DType.INT, "9223372036854775808": exp.DType.BIGINT}
    if isinstance(node.this, exp.Literal) and not node.this.is_string and node.this.name in types:
        return exp.cast(exp.Literal.string(f"-{node.this.name}"), types[node.this.name])
    return None


def _session(node: exp.Expr) -> None:
    """Refuse the session's user, catalog and schema, for which DuckDB would tell its own."""
    name = node.sql().lower().removesuffix("()")
    if name in ("current_user", "current_catalog", "current_schema", "current_path"):
        raise QueryError("NOT_SUPPORTED", f"{name} is not implemented offline")


def _select_values(values: exp.Values) -> exp.Select:
    """Return VALUES as a SELECT, so that its columns have Trino's names."""
    first = values.expressions[0]
    width = len(first.expressions) if isinstance(first, exp.Tuple) else 1
    columns = [exp.to_identifier(f"{UNNAMED}{number}") for number in range(width)]
    values.set("alias", exp.TableAlias(this=exp.to_identifier("values__"), columns=columns))
    select = exp.select("*")
    for name in ("order", "limit", "offset", "with_"):
        if clause := values.args.get(name):
            values.set(name, None)
            select.set(name, clause)
    return select.from_(values)


# Names of output columns ---------------------------------------------------------------------------------------------


_CHANGES: dict[type[exp.Expr], Callable[[Any], exp.Expr | None]] = {
    exp.Neg: _least,
    exp.Div: quotient,
    **dict.fromkeys((exp.Add, exp.Sub, exp.Mul), widened),
    exp.Mod: lambda node: function("trino_modulus", node.this, node.expression),
    exp.Between: between,
    exp.In: listed,
    **dict.fromkeys((exp.EQ, exp.NEQ, exp.LT, exp.LTE, exp.GT, exp.GTE, exp.NullSafeEQ, exp.NullSafeNEQ), compared),
    exp.GroupConcat: listagg,
    **dict.fromkeys((exp.CurrentUser, exp.CurrentCatalog, exp.CurrentSchema), _session),
    exp.Column: _session,
    exp.DPipe: concatenated,
    exp.Bracket: subscript,
    exp.Cast: _cast,
    exp.Unnest: unnested,
    **TEXT_CHANGES,
}
