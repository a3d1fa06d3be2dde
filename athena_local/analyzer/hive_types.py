"""Trino's types → the Hive types of new tables, and what a table's columns take."""

from collections.abc import Sequence
from typing import Final

from athena_local.analyzer.coercions import common
from athena_local.analyzer.trino_types import Type
from athena_local.errors import QueryError

_SAME: Final = ("boolean", "tinyint", "smallint", "bigint", "double", "date")
_OTHER: Final = {"integer": "int", "real": "float", "varbinary": "binary"}
_LONGEST_VARCHAR: Final = 65_535


def hive_type(type_: Type, column: str) -> str:
    """Return the Hive type of a column.

    Raises
    ------
    QueryError
        ``NOT_SUPPORTED``: Hive has no such type.
    """
    if type_.name in _SAME:
        return type_.name
    if type_.name in _OTHER:
        return _OTHER[type_.name]
    if type_.name == "timestamp":
        if type_.numbers not in ((), (3,)):
            raise _refused(
                f"Incorrect timestamp precision for {type_}; the configured precision is MILLISECONDS; "
                f"column name: {column}"
            )
        return "timestamp"
    if type_.name == "decimal":
        return f"decimal({type_.numbers[0]},{type_.numbers[1]})"
    return _varchar(type_) if type_.name == "varchar" else _nested(type_, column)


def iceberg_type(type_: Type, column: str) -> str:
    """Return the type of a column of an Iceberg table, as Glue names it.

    Raises
    ------
    QueryError
        ``NOT_SUPPORTED``: Iceberg has no such type.
    """
    if type_.name in ("timestamp", "timestamptz"):
        if type_.numbers not in ((), (6,)):
            told = f"Timestamp precision ({type_.numbers[0]}) not supported for Iceberg"
            raise _refused(f'{told}. Use "timestamp(6)" instead.')
        return "timestamp" if type_.name == "timestamp" else "timestamp with time zone"
    if type_.name in ("tinyint", "smallint"):
        raise _refused(f"Type not supported for Iceberg: {type_}")
    if type_.name == "varchar":
        return "string"
    return hive_type(type_, column)


def _varchar(type_: Type) -> str:
    if not type_.numbers or not type_.is_exact:
        return "string"
    if type_.numbers[0] > _LONGEST_VARCHAR:
        raise _refused(f"Unsupported Hive type: {type_}. Supported VARCHAR types: VARCHAR(<=65535), VARCHAR.")
    return f"varchar({max(type_.numbers[0], 1)})"


def _nested(type_: Type, column: str) -> str:
    if type_.name == "row":
        names = [name for name in type_.fields if name]
        if len(names) < len(type_.items):
            raise _refused(f"Anonymous row type is not supported in Hive. Please give each field a name: {type_}")
        fields = (f"{name.lower()}:{hive_type(item, column)}" for name, item in zip(names, type_.items, strict=True))
        return f"struct<{','.join(fields)}>"
    if type_.name in ("array", "map"):
        return f"{type_.name}<{','.join(hive_type(item, column) for item in type_.items)}>"
    raise _refused(f"Unsupported Hive type: {type_}")


def _refused(message: str) -> QueryError:
    return QueryError("NOT_SUPPORTED", message)


def check_insert(table: Sequence[Type], query: Sequence[Type]) -> None:
    """Refuse rows that a table's columns do not take.

    Raises
    ------
    QueryError
        ``TYPE_MISMATCH``: another number of columns, or one of a type that does not become the column's.
    """
    if len(table) != len(query) or not all(map(_takes, table, query)):
        raise QueryError(
            "TYPE_MISMATCH",
            f"line 1:1: Insert query has mismatched column types: Table: [{_listed(table)}], Query: [{_listed(query)}]",
        )


def _takes(column: Type, value: Type) -> bool:
    joint = common(value, column)
    if joint is None or not _has_bounded_text(column, nested=False):
        return joint is not None
    return _without_names(joint) == _without_names(column)


def _without_names(type_: Type) -> Type:
    """Return a type whose rows' fields have no names, which do not matter to casts."""
    return Type(type_.name, type_.numbers, tuple(map(_without_names, type_.items)))


def _has_bounded_text(type_: Type, *, nested: bool) -> bool:
    is_bounded = nested and (type_.name == "char" or (type_.name == "varchar" and bool(type_.numbers)))
    return is_bounded or any(_has_bounded_text(item, nested=True) for item in type_.items)


def _listed(types: Sequence[Type]) -> str:
    return ", ".join(str(type_) if type_.is_exact else str(Type(type_.name)) for type_ in types)
