"""The properties after WITH in CREATE TABLE AS and UNLOAD, and those of Hive's tables."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from athena_local.errors import QueryError
from athena_local.tables.row_files import PARQUET, TEXT
from athena_local.tables.writing import NewTable, Property

_COMPRESSIONS = {"PARQUET": "parquet_compression", "ORC": "orc_compression"}
_KNOWN = frozenset({
    "table_type", "format", "external_location", "location", "is_external", "partitioned_by", "field_delimiter",
    "write_compression", "parquet_compression", "orc_compression", "bucketed_by", "bucket_count", "compression_level",
})  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class HiveProperties:
    """How rows are to be stored.

    Attributes
    ----------
    stated_compression
        Empty when the default was not changed.
    """

    kind: str
    stated_compression: str
    delimiter: str
    partitioned_by: tuple[str, ...]


def is_iceberg(properties: Mapping[str, Property]) -> bool:
    """Tell whether the properties ask for an Iceberg table.

    Raises
    ------
    QueryError
        ``INVALID_TABLE_PROPERTY``: there is no such type of tables.
    """
    kind = str(properties.get("table_type", "HIVE")).upper()
    if kind not in ("HIVE", "ICEBERG"):
        raise QueryError("INVALID_TABLE_PROPERTY", f"Unsupported table type: {kind}")
    return kind == "ICEBERG"


def hive_properties(table: NewTable) -> HiveProperties:
    """Return the properties of a new Hive table.

    Raises
    ------
    QueryError
        ``INVALID_TABLE_PROPERTY``, ``HIVE_COLUMN_ORDER_MISMATCH``, or ``NOT_SUPPORTED`` for what is not written.
    """
    check_names(table.properties, _KNOWN)
    if "bucketed_by" in table.properties or "bucket_count" in table.properties:
        raise QueryError("NOT_SUPPORTED", "bucketed_by is not supported offline")
    if "compression_level" in table.properties:
        raise QueryError("NOT_SUPPORTED", "compression_level is not supported offline")
    properties = file_properties(table.properties)
    check_partitions([column.name for column in table.columns], properties.partitioned_by)
    return properties


def file_properties(properties: Mapping[str, Property]) -> HiveProperties:
    """Return how files are to be written, with Athena's defaults."""
    kind = _text(properties, "format", PARQUET).upper()
    own = _COMPRESSIONS.get(kind, "")
    stated = {name: _text(properties, name) for name in ("write_compression", "compression", own) if name in properties}
    if len({value.upper() for value in stated.values()}) > 1:
        raise QueryError("INVALID_TABLE_PROPERTY", f"Only one of {', '.join(stated)} may be set")
    delimiter = _text(properties, "field_delimiter")
    if delimiter and kind != TEXT:
        raise QueryError("INVALID_TABLE_PROPERTY", f"Cannot specify field_delimiter for storage format: {kind}")
    if len(delimiter) > 1:
        raise QueryError("INVALID_TABLE_PROPERTY", "field_delimiter must be a single character")
    partitioned_by = properties.get("partitioned_by", ())
    if not isinstance(partitioned_by, tuple):
        raise QueryError("INVALID_TABLE_PROPERTY", "partitioned_by must be an array of names")
    return HiveProperties(
        kind=kind,
        stated_compression=next(iter(stated.values()), "").upper(),
        delimiter=delimiter,
        partitioned_by=tuple(name.lower() for name in partitioned_by),
    )


def check_names(properties: Mapping[str, Property], known: frozenset[str]) -> None:
    """Refuse properties that there are not."""
    for name in properties:
        if name not in known:
            raise QueryError("INVALID_TABLE_PROPERTY", f"line 1:1: Table property '{name}' does not exist")


def check_partitions(columns: Sequence[str], partitioned_by: Sequence[str]) -> None:
    """Refuse partition keys that are not the last columns."""
    missing = [name for name in partitioned_by if name not in columns]
    if missing:
        raise QueryError("INVALID_TABLE_PROPERTY", f"Partition columns [{', '.join(missing)}] not present in schema")
    if partitioned_by and len(partitioned_by) == len(columns):
        raise QueryError("INVALID_TABLE_PROPERTY", "Table contains only partition columns")
    if list(columns)[len(columns) - len(partitioned_by) :] != list(partitioned_by):
        raise QueryError(
            "HIVE_COLUMN_ORDER_MISMATCH",
            "Partition keys must be the last columns in the table and in the same order as the table properties: "
            f"[{', '.join(partitioned_by)}]",
        )


def _text(properties: Mapping[str, Property], name: str, default: str = "") -> str:
    value = properties.get(name, default)
    if not isinstance(value, str):
        raise QueryError("INVALID_TABLE_PROPERTY", f"Invalid value for table property '{name}'")
    return value
