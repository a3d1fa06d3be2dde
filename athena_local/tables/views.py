"""Presto views: how Athena, Trino and this engine store a view in Glue."""

import base64
import json
from collections.abc import Mapping, Sequence
from typing import Any

from athena_local.errors import QueryError
from athena_local.tables.types import OutputColumn, result_type

_PREFIX = "/* Presto View: "
# The scalar types of a result, as Trino and as Hive name them.
_TYPES = {
    "tinyint": ("tinyint", "tinyint"),
    "smallint": ("smallint", "smallint"),
    "integer": ("integer", "int"),
    "bigint": ("bigint", "bigint"),
    "float": ("real", "float"),
    "real": ("real", "float"),
    "double": ("double", "double"),
    "boolean": ("boolean", "boolean"),
    "varchar": ("varchar", "string"),
    "varbinary": ("varbinary", "binary"),
    "date": ("date", "date"),
    "timestamp": ("timestamp(3)", "timestamp"),
}


def decode_view(table: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return the view that Glue's `Table` structure holds, with `originalSql` and `schema`; None for another table."""
    text = table.get("ViewOriginalText") or ""
    if table.get("TableType") != "VIRTUAL_VIEW" or not text.startswith(_PREFIX):
        return None
    view: dict[str, Any] = json.loads(base64.b64decode(text.removeprefix(_PREFIX).removesuffix("*/").strip()))
    return view


def view_input(name: str, sql: str, *, schema: str, columns: Sequence[tuple[OutputColumn, Any]]) -> dict[str, Any]:
    """Return Glue's `TableInput` for a view.

    Parameters
    ----------
    sql
        The view's query, in Trino SQL.
    schema
        The database in which the query's own names are looked up.
    columns
        Each output column with DuckDB's type of it.

    Raises
    ------
    QueryError
        ``NOT_SUPPORTED``: a column's type has no name in Hive.
    """
    types = [(column.name, *type_names(column, duckdb)) for column, duckdb in columns]
    view = {
        "originalSql": sql,
        "catalog": "awsdatacatalog",
        "schema": schema,
        "columns": [{"name": column, "type": trino} for column, trino, _ in types],
    }
    return {
        "Name": name,
        "TableType": "VIRTUAL_VIEW",
        "Parameters": {"presto_view": "true", "comment": "Presto View"},
        "PartitionKeys": [],
        "StorageDescriptor": {"Columns": [{"Name": column, "Type": hive} for column, _, hive in types]},
        "ViewOriginalText": f"{_PREFIX}{base64.b64encode(json.dumps(view).encode()).decode()} */",
        "ViewExpandedText": "/* Presto View */",
    }


def type_names(column: OutputColumn, duckdb: Any) -> tuple[str, str]:
    """Return a column's type as Trino and as Hive name it."""
    name, precision, scale = column.type.name, column.type.precision, column.type.scale
    if name == "decimal":
        return (f"decimal({precision},{scale})",) * 2
    if name == "varchar" and 0 < precision < 65536:
        return (f"varchar({precision})",) * 2
    if name in ("array", "map", "row"):
        return _nested_names(column, duckdb)
    if name in _TYPES:
        return _TYPES[name]
    raise QueryError("NOT_SUPPORTED", f"a view cannot store the type {name} of column '{column.name}' offline")


def _nested_names(column: OutputColumn, duckdb: Any) -> tuple[str, str]:
    kind = str(duckdb.id)
    if kind in ("list", "map", "struct"):
        fields = [(str(name), _nested_names(column, child)) for name, child in duckdb.children]
        if kind == "struct" and not all(name for name, _ in fields):
            raise QueryError("NOT_SUPPORTED", f"a view cannot store fields without names in column '{column.name}'")
        names = {"list": ("array", "array"), "map": ("map", "map"), "struct": ("row", "struct")}[kind]
        trino = ", ".join(f'"{name}" {types[0]}' if kind == "struct" else types[0] for name, types in fields)
        hive = ",".join(f"{name}:{types[1]}" if kind == "struct" else types[1] for name, types in fields)
        return f"{names[0]}({trino})", f"{names[1]}<{hive}>"
    return type_names(OutputColumn(name=column.name, type=result_type(str(duckdb))), duckdb)
