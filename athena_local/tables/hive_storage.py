"""How Hive's tables are stored: Glue's storage descriptors ↔ the formats that are written."""

from collections.abc import Mapping
from typing import Any

from athena_local.errors import QueryError
from athena_local.tables.row_files import JSON, ORC, PARQUET, TEXT, FileFormat
from athena_local.tables.text_rows import TextOptions, text_options

_IO = "org.apache.hadoop.hive.ql.io."
_TEXT_IO = ("org.apache.hadoop.mapred.TextInputFormat", f"{_IO}HiveIgnoreKeyTextOutputFormat")
_SERDES = {
    PARQUET: "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe",
    ORC: f"{_IO}orc.OrcSerde",
    JSON: "org.apache.hive.hcatalog.data.JsonSerDe",
    TEXT: "org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe",
}
_FORMATS = {
    PARQUET: (f"{_IO}parquet.MapredParquetInputFormat", f"{_IO}parquet.MapredParquetOutputFormat"),
    ORC: (f"{_IO}orc.OrcInputFormat", f"{_IO}orc.OrcOutputFormat"),
    JSON: _TEXT_IO,
    TEXT: _TEXT_IO,
}
_WRITTEN = {**{serde: kind for kind, serde in _SERDES.items()}, "org.openx.data.jsonserde.JsonSerDe": JSON}
# The table property that states the compression.
COMPRESSION_PROPERTIES = {
    PARQUET: "parquet.compression", ORC: "orc.compress", JSON: "write.compression", TEXT: "write.compression"
}  # fmt: skip


def storage_descriptor(file_format: FileFormat, delimiter: str, location: str) -> dict[str, Any]:
    """Return Glue's `StorageDescriptor`, without columns, of a table that CREATE TABLE AS makes.

    Parameters
    ----------
    delimiter
        Of fields in a text file; empty for the default.
    """
    input_format, output_format = _FORMATS[file_format.kind]
    parameters = {"field.delim": delimiter} if delimiter else {}
    return {
        "Location": location.rstrip("/"),
        "InputFormat": input_format,
        "OutputFormat": output_format,
        "SerdeInfo": {
            "SerializationLibrary": _SERDES[file_format.kind],
            "Parameters": {"serialization.format": delimiter or "1", **parameters},
        },
    }


def new_format(kind: str, compression: str, delimiter: str) -> FileFormat:
    """Return the format that the properties after WITH state; without a compression, it has Athena's default."""
    text = text_options({"field.delim": delimiter}) if delimiter else TextOptions()
    return FileFormat(kind=kind, compression=compression or default_compression(kind), text=text)


def stored_format(table: Mapping[str, Any]) -> FileFormat:
    """Return the format in which INSERT INTO adds to a table.

    Parameters
    ----------
    table
        Glue's `Table` structure.

    Raises
    ------
    QueryError
        ``NOT_SUPPORTED``: Athena or this engine does not write such a table.
    """
    storage, properties = table["StorageDescriptor"], table.get("Parameters") or {}
    name, serde = f"{table['DatabaseName']}.{table['Name']}", storage.get("SerdeInfo", {})
    library = serde.get("SerializationLibrary", "")
    _refuse(name, storage, properties)
    if library not in _WRITTEN:
        raise QueryError("NOT_SUPPORTED", f"INSERT INTO {name} is not supported offline: its SerDe is '{library}'")
    stated = serde.get("Parameters") or {}
    kind = _WRITTEN[library]
    keys = ("write.compression", "write_compression", COMPRESSION_PROPERTIES[kind])
    compression = next((properties[key].upper() for key in keys if properties.get(key)), default_compression(kind))
    return FileFormat(kind=kind, compression=compression, text=text_options(stated))


def default_compression(kind: str) -> str:
    """Return what Athena compresses a format with."""
    return "ZLIB" if kind == ORC else "GZIP"


def _refuse(name: str, storage: Mapping[str, Any], properties: Mapping[str, str]) -> None:
    if storage.get("BucketColumns") or storage.get("SortColumns"):
        raise QueryError("NOT_SUPPORTED", f"INSERT INTO {name} is not supported offline: the table is bucketed")
    if int(properties.get("skip.header.line.count") or 0) > 0:
        raise QueryError(
            "NOT_SUPPORTED", f"INSERT INTO {name} is not supported offline: the table has skip.header.line.count"
        )
    if properties.get("skip.footer.line.count"):
        message = "Inserting into Hive table with skip.footer.line.count property not supported"
        raise QueryError("NOT_SUPPORTED", message)
