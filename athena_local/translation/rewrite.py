"""Trino's operators, casts and clauses → DuckDB's, on the syntax tree."""

from collections.abc import Callable, Mapping, Sequence
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
from athena_local.translation.comparisons import compared
from athena_local.translation.decimals import quotient, widened
from athena_local.translation.functions import rewrite_calls
from athena_local.translation.moments import Moment
from athena_local.translation.recursion import limit_recursion
from athena_local.translation.shapes import UNNAMED, reshape
from athena_local.translation.temporal import rewrite_moments
from athena_local.translation.text_nodes import TEXT_CHANGES

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
    _name_columns(tree)
    moments = rewrite_moments(tree, tables)
    tree = rewrite_calls(tree, sql)
    for node in list(tree.walk(bfs=False))[::-1]:  # children first
        if replacement := _rewrite_node(node):
            node.replace(replacement)
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


def _session(node: exp.Expr) -> None:
    """Refuse the session's user, catalog and schema, for which DuckDB would tell its own."""
    name = node.sql().lower().removesuffix("()")
    if name in ("current_user", "current_catalog", "current_schema", "current_path"):
        raise QueryError("NOT_SUPPORTED", f"{name} is not implemented offline")


# UNNEST -------------------------------------------------------------------------------------------------------------


def _unnest(node: exp.Unnest) -> exp.Expr | None:
    """Return `UNNEST(a, b) WITH ORDINALITY AS t(x, y, n)` as a lateral subquery; a map has two columns."""
    alias: exp.TableAlias | None = node.args.get("alias")
    names = [column.name for column in alias.columns] if alias else []
    offset = node.args.get("offset")
    ordinality = offset.name if isinstance(offset, exp.Identifier) else (names.pop() if offset and names else "")
    arrays = list(node.expressions)
    if len(names) == 2 * len(arrays):
        return _lateral(_pairs(arrays, names, ordinality), alias)
    if len(arrays) > 1 and names and len(names) != len(arrays):
        raise QueryError("NOT_SUPPORTED", "UNNEST of several arrays of rows or maps is not supported offline")
    names = names or _fields_of(arrays)
    if offset and not ordinality:
        ordinality = f"{UNNAMED}{len(names or arrays)}"
    if names and len(names) != len(arrays):
        return _lateral(_rows(arrays[0], names, ordinality), alias)
    names = names or [f"_col{number}" for number in range(len(arrays))]
    elements = [function("unnest", function("trino_elements", array)) for array in arrays]
    columns = [_named(element, name) for element, name in zip(elements, names, strict=True)]
    if ordinality:
        columns.append(_named(_subscripts(arrays), ordinality))
    return _lateral(exp.select(*columns), alias)


def _pairs(arrays: list[exp.Expr], names: list[str], ordinality: str) -> exp.Select:
    inner = [_named(function("unnest", function("map_entries", array)), f"e{n}") for n, array in enumerate(arrays)]
    return _fields(inner, [(f"e{n // 2}", n % 2 + 1, name) for n, name in enumerate(names)], arrays, ordinality)


def _rows(array: exp.Expr, names: list[str], ordinality: str) -> exp.Select:
    inner: list[exp.Expr] = [_named(function("unnest", array), "e0")]
    return _fields(inner, [("e0", n + 1, name) for n, name in enumerate(names)], [array], ordinality)


def _fields(
    inner: Sequence[exp.Expr], fields: list[tuple[str, int, str]], arrays: list[exp.Expr], ordinality: str
) -> exp.Select:
    columns: list[exp.Expr] = [
        _named(function("struct_extract_at", exp.column(exp.to_identifier(entry)), exp.Literal.number(index)), name)
        for entry, index, name in fields
    ]
    if ordinality:
        subscripts = [
            function("map_keys", array) if "map_entries" in inner[0].sql().lower() else array for array in arrays
        ]
        inner = [*inner, _named(_subscripts(subscripts), ordinality)]
        columns.append(exp.column(exp.to_identifier(ordinality)))
    return exp.select(*columns).from_(exp.select(*inner).subquery("entries__"))


def _fields_of(arrays: list[exp.Expr]) -> list[str]:
    """Return the names of the columns of an array of rows, if the SQL shows them."""
    row = arrays[0].expressions[0] if isinstance(arrays[0], exp.Array) and arrays[0].expressions else None
    if len(arrays) > 1 or row is None:
        return []
    if isinstance(row, exp.Struct):
        return [f"_col{number}" for number in range(len(row.expressions))]
    fields = row.to.expressions if isinstance(row, exp.Cast) and row.to.is_type(exp.DType.STRUCT) else []
    return [field.name for field in fields] if all(isinstance(field, exp.ColumnDef) for field in fields) else []


def _subscripts(arrays: list[exp.Expr]) -> exp.Expr:
    lengths = [function("len", array.copy()) for array in arrays]
    length = function("greatest", *lengths) if len(lengths) > 1 else lengths[0]
    return function(
        "unnest", function("range", exp.Literal.number(1), exp.Add(this=length, expression=exp.Literal.number(1)))
    )


def _named(expression: exp.Expr, name: str) -> exp.Alias:
    return exp.Alias(this=expression, alias=exp.to_identifier(name))


def _lateral(query: exp.Select, alias: exp.TableAlias | None) -> exp.Expr:
    name = alias.this.copy() if alias and alias.this else exp.to_identifier("unnest__")
    return exp.Lateral(this=query.subquery(), alias=exp.TableAlias(this=name))


def pairs_are_rows(tree: exp.Expr) -> exp.Expr:
    """Return `UNNEST(x) AS t(k, v)` for the case that `x` is an array of rows and not a map."""
    for call in list(tree.find_all(exp.Anonymous)):
        if call.name == "map_entries" and isinstance(call.parent, exp.Anonymous) and call.parent.name == "unnest":
            call.replace(call.expressions[0])
    return tree


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


def _selects(tree: exp.Expr) -> list[exp.Select]:
    """Return the SELECT that names the output's columns, if there is one: in a UNION it is the first."""
    query = tree
    while isinstance(query, exp.Subquery | exp.SetOperation):
        query = query.this
    return [query] if isinstance(query, exp.Select) else []


def _name_columns(tree: exp.Expr) -> None:
    outer = _selects(tree)
    for select in tree.find_all(exp.Select):
        starred = False
        for number, projection in enumerate(list(select.expressions)):
            starred = starred or projection.is_star
            written = projection.name
            if isinstance(projection, exp.Column) and select in outer and not projection.is_star:
                projection.replace(_named(projection.copy(), written))  # the output has the name as it is written
            if projection.is_star or isinstance(projection, exp.Column | exp.Alias):
                continue
            if isinstance(projection, exp.Dot) and isinstance(projection.parts[0], exp.Identifier):
                name = projection.expression.name
            else:
                name = UNNAMED if starred or select in outer else f"{UNNAMED}{number}"
            projection.replace(_named(projection.copy(), name))


_CHANGES: dict[type[exp.Expr], Callable[[Any], exp.Expr | None]] = {
    exp.Div: quotient,
    **dict.fromkeys((exp.Add, exp.Sub, exp.Mul), widened),
    exp.Mod: lambda node: function("trino_modulus", node.this, node.expression),
    **dict.fromkeys((exp.EQ, exp.NEQ, exp.LT, exp.LTE, exp.GT, exp.GTE), compared),
    exp.GroupConcat: listagg,
    **dict.fromkeys((exp.CurrentUser, exp.CurrentCatalog, exp.CurrentSchema), _session),
    exp.Column: _session,
    exp.DPipe: concatenated,
    exp.Bracket: subscript,
    exp.Cast: _cast,
    exp.Unnest: _unnest,
    **TEXT_CHANGES,
}
