"""SHOW CREATE TABLE: a Glue table as the statement that makes it, in Hive's form."""

from collections.abc import Mapping, Sequence
from typing import Any

from athena_local.errors import QueryError

# Properties that have a clause of their own.
_CLAUSES = ("EXTERNAL", "comment")


def create_statement(table: Mapping[str, Any]) -> list[str]:
    """Return the lines of ``CREATE EXTERNAL TABLE``.

    Parameters
    ----------
    table
        Glue's `Table` structure.

    Raises
    ------
    QueryError
        ``NOT_SUPPORTED``: the table is a view, an Iceberg table, bucketed, or without a format, so that the statement
        would not make the same table.
    """
    storage, properties = table.get("StorageDescriptor", {}), table.get("Parameters") or {}
    _refuse(table, storage, properties)
    lines = [f"CREATE EXTERNAL TABLE `{table['Name']}`(", *_columns(storage["Columns"])]
    if comment := properties.get("comment") or table.get("Description"):
        lines += ["COMMENT ", f"  {_text(comment)}"]
    if keys := table.get("PartitionKeys"):
        lines += ["PARTITIONED BY ( ", *_columns(keys)]
    serde = storage["SerdeInfo"]
    lines += ["ROW FORMAT SERDE ", f"  {_text(serde['SerializationLibrary'])} "]
    if serde.get("Parameters"):
        lines += ["WITH SERDEPROPERTIES ( ", *_properties(serde["Parameters"], " ")]
    lines += ["STORED AS INPUTFORMAT ", f"  {_text(storage['InputFormat'])} "]
    lines += ["OUTPUTFORMAT ", f"  {_text(storage['OutputFormat'])}", "LOCATION", f"  {_text(storage['Location'])}"]
    shown = {key: value for key, value in properties.items() if key not in _CLAUSES}
    return [*lines, "TBLPROPERTIES (", *_properties(shown, "")] if shown else lines


def _refuse(table: Mapping[str, Any], storage: Mapping[str, Any], properties: Mapping[str, str]) -> None:
    missing = [name for name in ("InputFormat", "OutputFormat", "Location") if not storage.get(name)]
    if not storage.get("SerdeInfo", {}).get("SerializationLibrary"):
        missing.append("SerializationLibrary")
    reasons = {
        "it is a view: use SHOW CREATE VIEW": table.get("TableType") == "VIRTUAL_VIEW",
        "it is an Iceberg table": properties.get("table_type", "").upper() == "ICEBERG",
        "it is bucketed, sorted or skewed": bool(
            storage.get("BucketColumns")
            or storage.get("SortColumns")
            or storage.get("SkewedInfo", {}).get("SkewedColumnNames")
        ),
        f"its definition in Glue lacks {', '.join(missing)}": bool(missing),
    }
    for reason, holds in reasons.items():
        if holds:
            raise QueryError("NOT_SUPPORTED", f"SHOW CREATE TABLE {table['Name']} is not answered offline: {reason}")


def _columns(columns: Sequence[Mapping[str, str]]) -> list[str]:
    lines = []
    for column in columns:
        comment = f" COMMENT {_text(column['Comment'])}" if column.get("Comment") else ""
        lines.append(f"  `{column['Name']}` {column['Type']}{comment}")
    return [*(f"{line}, " for line in lines[:-1]), f"{lines[-1]})"] if lines else ["  )"]


def _properties(properties: Mapping[str, str], end: str) -> list[str]:
    lines = [f"  {_text(key)}={_text(value)}" for key, value in sorted(properties.items())]
    return [*(f"{line}, " for line in lines[:-1]), f"{lines[-1]}){end}"]


def _text(value: str) -> str:
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"
