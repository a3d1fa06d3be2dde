"""Trino's operators, casts and clauses → DuckDB's, on the syntax tree."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlglot import exp

from athena_local.aggregates import listagg
from athena_local.arrays import concatenated, subscript
from athena_local.calls import function
from athena_local.comparisons import compared
from athena_local.errors import QueryError
from athena_local.functions import rewrite_calls

# The name of an unnamed column; its number is known only after stars are expanded.
UNNAMED = "_col?"
_INTEGERS = (exp.DType.TINYINT, exp.DType.SMALLINT, exp.DType.INT, exp.DType.BIGINT)
_COMPARISONS = (exp.EQ, exp.NEQ, exp.LT, exp.LTE, exp.GT, exp.GTE, exp.Between, exp.In)
_EXTRACTED = {
    "DAYOFWEEK": "isodow", "DOW": "isodow", "DAY_OF_WEEK": "isodow", "DOY": "dayofyear", "DAYOFYEAR": "dayofyear",
    "DAY_OF_YEAR": "dayofyear", "YOW": "isoyear", "YEAR_OF_WEEK": "isoyear", "WEEKOFYEAR": "week",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Rewritten:
    """A query in DuckDB's SQL.

    Attributes
    ----------
    tree
        The query.
    zones
        The time zone of each output column that shows one, by its position.
    """

    tree: exp.Expr
    zones: dict[int, str]


def rewrite(tree: exp.Expr, sql: str) -> Rewritten:
    """Return a parsed query in DuckDB's SQL (it is changed in place; pass a copy to keep it)."""
    if isinstance(tree, exp.Values):
        tree = _select_values(tree)
    _name_columns(tree)
    zones = _output_zones(tree)
    tree = rewrite_calls(tree, sql)
    for node in list(tree.walk(bfs=False))[::-1]:  # children first
        if replacement := _rewrite_node(node):
            node.replace(replacement)
    return Rewritten(tree=tree, zones=zones)


def _rewrite_node(node: exp.Expr) -> exp.Expr | None:
    for kind, change in _CHANGES.items():
        if isinstance(node, kind):
            return change(node)
    return None


def _interval_arithmetic(node: exp.Add | exp.Sub) -> exp.Expr | None:
    """Return date arithmetic with a date as result, as in Trino; in DuckDB it would be a timestamp."""
    if _is_interval(node.expression):
        name = "trino_plus_interval" if isinstance(node, exp.Add) else "trino_minus_interval"
        return function(name, node.this, node.expression)
    if isinstance(node, exp.Add) and _is_interval(node.this):
        return function("trino_plus_interval", node.expression, node.this)
    return None


def _is_interval(node: exp.Expr) -> bool:
    if isinstance(node, exp.Mul):
        return _is_interval(node.this) or _is_interval(node.expression)
    return isinstance(node, exp.Interval) or (isinstance(node, exp.Paren | exp.Neg) and _is_interval(node.this))


def _at_time_zone(node: exp.AtTimeZone) -> exp.Expr:
    """Return a zone's local time as a plain timestamp, which functions and casts need.

    A comparison needs the instant, which is the same in every zone.
    """
    if isinstance(node.parent, _COMPARISONS):
        return exp.cast(node.this, exp.DType.TIMESTAMPTZ)
    return function("trino_at_timezone", node.this, node.args["zone"])


# Casts --------------------------------------------------------------------------------------------------------------


def _cast(node: exp.Cast) -> exp.Expr | None:
    """Return a cast for which DuckDB differs: to text or JSON; change one to an integer in place."""
    _normalise_type(node.args["to"])
    to: exp.DataType = node.args["to"]
    if to.is_type(*exp.DataType.TEXT_TYPES):
        text: exp.Expr = function("trino_varchar", node.this)
        if to.expressions:
            text = function("substring", text, exp.Literal.number(1), exp.Literal.number(to.expressions[0].name))
        return text
    if to.is_type(exp.DType.JSON):
        return function("to_json", node.this)
    if to.is_type(*_INTEGERS):
        node.set("this", function("trino_integral", node.this))
    return None


def _normalise_type(to: exp.DataType) -> None:
    for part in to.find_all(exp.DataType):
        if part.is_type(exp.DType.DECIMAL) and not part.expressions:
            part.set("expressions", [exp.DataTypeParam(this=exp.Literal.number(n)) for n in (38, 0)])
        elif part.is_type(exp.DType.DECIMAL) and len(part.expressions) == 1:
            part.append("expressions", exp.DataTypeParam(this=exp.Literal.number(0)))
        elif part.is_type(exp.DType.TIMESTAMP, exp.DType.TIMESTAMPTZ, exp.DType.TIME):
            part.set("expressions", [])  # DuckDB reads TIMESTAMP(3) as another type


def _session(node: exp.Expr) -> None:
    """Refuse the session's user, catalog and schema, for which DuckDB would tell its own."""
    name = node.sql().lower().removesuffix("()")
    if name in ("current_user", "current_catalog", "current_schema", "current_path"):
        raise QueryError("NOT_SUPPORTED", f"{name} is not implemented offline")


def _extract(node: exp.Extract) -> exp.Expr:
    unit = node.name.upper()
    return function(_EXTRACTED.get(unit, unit.lower()), node.expression)


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
    if names and len(names) != len(arrays):
        return _lateral(_rows(arrays[0], names, ordinality), alias)
    names = names or [f"_col{number}" for number in range(len(arrays))]
    columns = [_named(function("unnest", array), name) for array, name in zip(arrays, names, strict=True)]
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
    columns = [exp.to_identifier(f"_col{number}") for number in range(width)]
    values.set("alias", exp.TableAlias(this=exp.to_identifier("values__"), columns=columns))
    return exp.select("*").from_(values)


# Names and zones of output columns ----------------------------------------------------------------------------------


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
            if projection.is_star or isinstance(projection, exp.Column | exp.Alias):
                continue
            if isinstance(projection, exp.Dot):
                name = projection.expression.name
            else:
                name = UNNAMED if starred or select in outer else f"_col{number}"
            projection.replace(_named(projection.copy(), name))


def _output_zones(tree: exp.Expr) -> dict[int, str]:
    zones: dict[int, str] = {}
    for select in _selects(tree):
        for number, projection in enumerate(select.expressions):
            zone = _zone(projection.unalias())
            if zone is not None:
                zones[number] = zone
            if projection.is_star:
                return zones
    return zones


def _zone(node: exp.Expr) -> str | None:
    if isinstance(node, exp.AtTimeZone):
        return _zone_name(node.args["zone"])
    if isinstance(node, exp.Anonymous):
        name = node.name.lower()
        if name in ("at_timezone", "from_unixtime") and len(node.expressions) == 2:
            return _zone_name(node.expressions[1])
        if name in ("date_trunc", "date_add"):
            return _zone(node.expressions[-1])
        if name in ("min", "max", "arbitrary"):
            return _zone(node.expressions[0])
    return None


def _zone_name(zone: exp.Expr) -> str:
    if not (isinstance(zone, exp.Literal) and zone.is_string):
        raise QueryError("NOT_SUPPORTED", "a time zone must be a string literal offline")
    return str(zone.this)


_CHANGES: dict[type[exp.Expr], Callable[[Any], exp.Expr | None]] = {
    exp.Div: lambda node: function("trino_divide", node.this, node.expression),
    exp.Mod: lambda node: function("trino_modulus", node.this, node.expression),
    exp.Add: _interval_arithmetic,
    exp.Sub: _interval_arithmetic,
    **dict.fromkeys((exp.EQ, exp.NEQ, exp.LT, exp.LTE, exp.GT, exp.GTE), compared),
    exp.GroupConcat: listagg,
    **dict.fromkeys((exp.CurrentUser, exp.CurrentCatalog, exp.CurrentSchema), _session),
    exp.Column: _session,
    exp.DPipe: concatenated,
    exp.Bracket: subscript,
    exp.AtTimeZone: _at_time_zone,
    exp.Cast: _cast,
    exp.Extract: _extract,
    exp.Unnest: _unnest,
}
