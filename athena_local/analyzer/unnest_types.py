"""The columns of UNNEST."""

from sqlglot import exp

from athena_local.analyzer.scopes import Columns, Scope, Typed, mismatched_aliases
from athena_local.analyzer.trino_types import BIGINT, UNNESTED, Type
from athena_local.errors import QueryError

# Whether it is a map, whether each entry has several columns, and their names.
_Shape = tuple[bool, bool, tuple[str | None, ...]]


def unnested(unnest: exp.Unnest, typing: Typed, scope: Scope) -> Columns | None:
    """Return the columns of UNNEST; None when they cannot be told.

    Raises
    ------
    QueryError
        ``INVALID_FUNCTION_ARGUMENT``, or ``MISMATCHED_COLUMN_ALIASES``.
    """
    types: list[Type | None] = []
    shapes: list[_Shape] = []
    for each in unnest.expressions:
        nested = typing.type_of(each, scope)
        if nested is None or nested.name == "unknown":
            return None
        shape, columns = _entries(nested)
        shapes.append(shape)
        types += columns
    unnest.meta[UNNESTED] = shapes
    names = _names(unnest, shapes)
    if offset := unnest.args.get("offset"):
        types.append(BIGINT)
        names += [offset.name.lower()] if isinstance(offset, exp.Identifier) else []
        names += [None] if len(names) < len(types) else []
    if len(names) != len(types):
        raise mismatched_aliases(len(names), unnest.alias, len(types))
    return list(zip(names, types, strict=True))


def _entries(nested: Type) -> tuple[_Shape, list[Type]]:
    """Return the shape of an array's or a map's entries, and their types."""
    if nested.name not in ("array", "map"):
        raise QueryError("INVALID_FUNCTION_ARGUMENT", f"Cannot unnest type: {nested}")
    entry = nested if nested.name == "map" else nested.items[0]
    is_plain = entry.name != "row" and nested.name != "map"
    fields = (None,) if is_plain else entry.fields or (None,) * len(entry.items)
    return (nested.name == "map", not is_plain, fields), [entry] if is_plain else list(entry.items)


def _names(unnest: exp.Unnest, shapes: list[_Shape]) -> list[str | None]:
    alias: exp.TableAlias | None = unnest.args.get("alias")
    if alias and alias.columns:
        return [column.name.lower() for column in alias.columns]
    return [name for _, _, fields in shapes for name in fields]
