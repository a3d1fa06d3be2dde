"""SHOW CREATE TABLE: a Glue table as the statement that makes it, in Hive's form."""

from collections.abc import Mapping, Sequence
from typing import Any

from athena_local.errors import QueryError
from athena_local.statements.describe import as_hive_shows
from athena_local.statements.storage_formats import TEXT_SERDE
from athena_local.statements.table_definition import DELIMITERS
from athena_local.tables.catalog import Column

# Properties that have a clause of their own.
_CLAUSES = ("EXTERNAL", "comment")
_FORMAT = "serialization.format"  # Hive's default is the delimiter of fields, or 1
_SHORT = {"\n": "\\n", "\t": "\\t", "\r": "\\r", "\b": "\\b", "\\": "\\\\", "'": "\\'", '"': '\\"'}


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
    serde = storage["SerdeInfo"]
    columns = as_hive_shows(_as_columns(storage["Columns"]), serde["SerializationLibrary"])
    lines = [f"CREATE EXTERNAL TABLE `{table['Name']}`(", *_columns(columns)]
    if comment := properties.get("comment") or table.get("Description"):
        lines += ["COMMENT ", f"  {_text(comment)}"]
    if keys := table.get("PartitionKeys"):
        lines += ["PARTITIONED BY ( ", *_columns(_as_columns(keys))]
    lines += _row_format(serde["SerializationLibrary"], dict(serde.get("Parameters") or {}))
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


def _row_format(serde: str, properties: dict[str, str]) -> list[str]:
    if properties.get(_FORMAT) in ("1", properties.get("field.delim", "1")):
        del properties[_FORMAT]
    if serde == TEXT_SERDE and properties and properties.keys() <= {key for _, key in DELIMITERS}:
        lines = [f"  {' '.join(words)} {_java(properties[key])} " for words, key in DELIMITERS if key in properties]
        return ["ROW FORMAT DELIMITED ", *lines]
    lines = ["ROW FORMAT SERDE ", f"  {_text(serde)} "]
    return [*lines, "WITH SERDEPROPERTIES ( ", *_properties(properties, " ")] if properties else lines


def _as_columns(columns: Sequence[Mapping[str, str]]) -> tuple[Column, ...]:
    return tuple(
        Column(name=column["Name"], type=column["Type"], comment=column.get("Comment", "")) for column in columns
    )


def _columns(columns: Sequence[Column]) -> list[str]:
    lines = []
    for column in columns:
        comment = f" COMMENT {_text(column.comment)}" if column.comment else ""
        lines.append(f"  `{column.name.replace('`', '``')}` {column.type}{comment}")
    return [*(f"{line}, " for line in lines[:-1]), f"{lines[-1]})"] if lines else ["  )"]


def _properties(properties: Mapping[str, str], end: str) -> list[str]:
    lines = [f"  {_java(key)}={_java(value)}" for key, value in sorted(properties.items())]
    return [*(f"{line}, " for line in lines[:-1]), f"{lines[-1]}){end}"]


def _text(value: str) -> str:
    escaped = "".join(_SHORT[letter] if letter in "\\'\n" else letter for letter in value)
    return f"'{escaped}'"


def _java(value: str) -> str:
    """Return a text as Java writes it, which Hive does for the values of properties."""
    return "'" + "".join(_SHORT.get(letter) or _escaped(letter) for letter in value) + "'"


def _escaped(letter: str) -> str:
    if " " <= letter <= "~":
        return letter
    units = letter.encode("utf-16-be")
    return "".join(f"\\u{units[at : at + 2].hex().upper()}" for at in range(0, len(units), 2))
