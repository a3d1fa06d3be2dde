"""UNNEST: a lateral subquery with a column for each element, field, key and value."""

from collections.abc import Sequence

from sqlglot import exp

from athena_local.analyzer.trino_types import UNNESTED
from athena_local.errors import QueryError
from athena_local.syntax.calls import function, named
from athena_local.translation.shapes import UNNAMED

_Shapes = Sequence[tuple[bool, bool, tuple[str | None, ...]]]


def unnested(node: exp.Unnest) -> exp.Expr | None:
    """Return `UNNEST(a, b) WITH ORDINALITY AS t(x, y, n)` as a lateral subquery; a map has two columns."""
    alias: exp.TableAlias | None = node.args.get("alias")
    names = [column.name for column in alias.columns] if alias else []
    offset = node.args.get("offset")
    ordinality = offset.name if isinstance(offset, exp.Identifier) else (names.pop() if offset and names else "")
    arrays = list(node.expressions)
    shapes = node.meta.get(UNNESTED)
    if shapes is not None and any(has_parts for _, has_parts, _ in shapes):
        return _lateral(_shaped(arrays, shapes, names, ordinality, numbered=bool(offset)), alias)
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
    columns = [named(element, name) for element, name in zip(elements, names, strict=True)]
    if ordinality:
        columns.append(named(_subscripts(arrays), ordinality))
    return _lateral(exp.select(*columns), alias)


def _shaped(
    arrays: list[exp.Expr], shapes: _Shapes, names: list[str], ordinality: str, *, numbered: bool
) -> exp.Select:
    """Return the columns of rows and maps, whose types are known: a shape has the names of a row's fields."""
    fields: list[tuple[str, int, str]] = []
    inner: list[exp.Expr] = []
    counted: list[exp.Expr] = []
    for number, (array, (is_map, has_parts, columns)) in enumerate(zip(arrays, shapes, strict=True)):
        entry = f"e{number}"
        inner.append(named(function("unnest", function("map_entries", array) if is_map else array), entry))
        counted.append(function("map_keys", array) if is_map else array)
        for index, column in enumerate(columns, 1):
            name = names[len(fields)] if names else column or f"{UNNAMED}{len(fields)}"
            fields.append((entry, index if has_parts else 0, name))
    ordinality = ordinality or (f"{UNNAMED}{len(fields)}" if numbered else "")
    parts: list[exp.Expr] = [named(_part(entry, index), name) for entry, index, name in fields]
    if ordinality:
        inner.append(named(_subscripts(counted), ordinality))
        parts.append(exp.column(exp.to_identifier(ordinality)))
    return exp.select(*parts).from_(exp.select(*inner).subquery("entries__"))


def _part(entry: str, index: int) -> exp.Expr:
    whole = exp.column(exp.to_identifier(entry))
    return function("struct_extract_at", whole, exp.Literal.number(index)) if index else whole


def _pairs(arrays: list[exp.Expr], names: list[str], ordinality: str) -> exp.Select:
    inner = [named(function("unnest", function("map_entries", array)), f"e{n}") for n, array in enumerate(arrays)]
    return _fields(inner, [(f"e{n // 2}", n % 2 + 1, name) for n, name in enumerate(names)], arrays, ordinality)


def _rows(array: exp.Expr, names: list[str], ordinality: str) -> exp.Select:
    inner: list[exp.Expr] = [named(function("unnest", array), "e0")]
    return _fields(inner, [("e0", n + 1, name) for n, name in enumerate(names)], [array], ordinality)


def _fields(
    inner: Sequence[exp.Expr], fields: list[tuple[str, int, str]], arrays: list[exp.Expr], ordinality: str
) -> exp.Select:
    columns: list[exp.Expr] = [
        named(function("struct_extract_at", exp.column(exp.to_identifier(entry)), exp.Literal.number(index)), name)
        for entry, index, name in fields
    ]
    if ordinality:
        subscripts = [
            function("map_keys", array) if "map_entries" in inner[0].sql().lower() else array for array in arrays
        ]
        inner = [*inner, named(_subscripts(subscripts), ordinality)]
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


def _lateral(query: exp.Select, alias: exp.TableAlias | None) -> exp.Expr:
    name = alias.this.copy() if alias and alias.this else exp.to_identifier("unnest__")
    return exp.Lateral(this=query.subquery(), alias=exp.TableAlias(this=name))


def pairs_are_rows(tree: exp.Expr) -> exp.Expr:
    """Return `UNNEST(x) AS t(k, v)` for the case that `x` is an array of rows and not a map."""
    for call in list(tree.find_all(exp.Anonymous)):
        if call.name == "map_entries" and isinstance(call.parent, exp.Anonymous) and call.parent.name == "unnest":
            call.replace(call.expressions[0])
    return tree
