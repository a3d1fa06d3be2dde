"""All types: Hive's (Glue) → DuckDB's, and DuckDB's → those of Athena's result metadata."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from athena_local.formats.hive_types import split_type
from athena_local.syntax.quotes import quoted

Row = Sequence[str | None]

_HIVE_TO_DUCKDB = {
    "tinyint": "TINYINT",
    "smallint": "SMALLINT",
    "int": "INTEGER",
    "integer": "INTEGER",
    "bigint": "BIGINT",
    "float": "FLOAT",
    "real": "FLOAT",
    "double": "DOUBLE",
    "boolean": "BOOLEAN",
    "string": "VARCHAR",
    "varchar": "VARCHAR",
    "char": "VARCHAR",
    "binary": "BLOB",
    "date": "DATE",
    "timestamp": "TIMESTAMP",
    "timestamp with time zone": "TIMESTAMPTZ",
    "uuid": "UUID",
    "json": "JSON",
    "decimal": "DECIMAL(10,0)",
}

# name, precision, scale
_DUCKDB_TO_ATHENA = {
    "TINYINT": ("tinyint", 3, 0),
    "SMALLINT": ("smallint", 5, 0),
    "INTEGER": ("integer", 10, 0),
    "BIGINT": ("bigint", 19, 0),
    "UTINYINT": ("smallint", 5, 0),
    "USMALLINT": ("integer", 10, 0),
    "UINTEGER": ("bigint", 19, 0),
    "UBIGINT": ("bigint", 19, 0),
    "HUGEINT": ("bigint", 19, 0),
    "FLOAT": ("float", 17, 0),
    "DOUBLE": ("double", 17, 0),
    "BOOLEAN": ("boolean", 0, 0),
    "VARCHAR": ("varchar", 2147483647, 0),
    "JSON": ("json", 0, 0),
    "UUID": ("varchar", 2147483647, 0),
    "BLOB": ("varbinary", 1073741824, 0),
    "DATE": ("date", 0, 0),
    "TIME": ("time", 3, 0),
    "TIMESTAMP": ("timestamp", 3, 0),
    "TIMESTAMP_MS": ("timestamp", 3, 0),
    "TIMESTAMP_NS": ("timestamp", 3, 0),
    "TIMESTAMP_S": ("timestamp", 3, 0),
    "TIMESTAMP WITH TIME ZONE": ("timestamp with time zone", 3, 0),
    "INTERVAL": ("interval day to second", 0, 0),
    "NULL": ("unknown", 0, 0),
}


@dataclass(frozen=True, kw_only=True)
class ResultType:
    """A column's type in `ResultSetMetadata`."""

    name: str
    precision: int = 0
    scale: int = 0


@dataclass(frozen=True, kw_only=True)
class OutputColumn:
    """A column of a result."""

    name: str
    type: ResultType

    def as_api(self) -> dict[str, object]:
        """Return the `ColumnInfo` structure."""
        return {
            "CatalogName": "hive",
            "SchemaName": "",
            "TableName": "",
            "Name": self.name,
            "Label": self.name,
            "Type": self.type.name,
            "Precision": self.type.precision,
            "Scale": self.type.scale,
            "Nullable": "UNKNOWN",
            "CaseSensitive": self.type.name in ("varchar", "char"),
        }


def duckdb_type(hive: str) -> str:
    """Return DuckDB's type for a Hive type.

    Parameters
    ----------
    hive
        A Hive type, such as ``struct<a:int,b:array<string>>``.

    Raises
    ------
    ValueError
        There is no such type.
    """
    text = hive.strip().lower()
    if text in _HIVE_TO_DUCKDB:
        return _HIVE_TO_DUCKDB[text]
    if match := re.fullmatch(r"(?:var)?char\(\d+\)", text):
        return "VARCHAR"
    if match := re.fullmatch(r"(time|timestamp)\(\d\)( with time zone)?", text):
        return match.group(1).upper() + ("TZ" if match.group(2) else "")
    if match := re.fullmatch(r"decimal\((\d+)(?:,\s*(\d+))?\)", text):
        return f"DECIMAL({match.group(1)},{match.group(2) or 0})"
    if match := re.fullmatch(r"(array|map|struct)<(.*)>", text, re.DOTALL):
        return _nested(match.group(1), split_type(match.group(2)))
    raise ValueError(f"unsupported Hive type: {hive}")


def _nested(kind: str, parts: list[str]) -> str:
    if kind == "array":
        return f"{duckdb_type(parts[0])}[]"
    if kind == "map":
        return f"MAP({duckdb_type(parts[0])}, {duckdb_type(parts[1])})"
    fields = (part.split(":", 1) for part in parts)
    return "STRUCT({})".format(", ".join(f"{quoted(name.strip())} {duckdb_type(type_)}" for name, type_ in fields))


def result_type(duckdb: str) -> ResultType:
    """Return the type that GetQueryResults reports for a DuckDB type; nested types have no parameters there."""
    if duckdb in _DUCKDB_TO_ATHENA:
        name, precision, scale = _DUCKDB_TO_ATHENA[duckdb]
        return ResultType(name=name, precision=precision, scale=scale)
    if match := re.fullmatch(r"DECIMAL\((\d+),\s*(\d+)\)", duckdb):
        return ResultType(name="decimal", precision=int(match.group(1)), scale=int(match.group(2)))
    if duckdb.endswith("]"):
        return ResultType(name="array")
    if duckdb.startswith("MAP("):
        return ResultType(name="map")
    if duckdb.startswith("STRUCT("):
        return ResultType(name="row")
    return ResultType(name="varchar", precision=2147483647)
