"""How Hive's tables are stored: Glue's storage descriptors ↔ the formats that are written."""

from collections.abc import Mapping
from typing import Any

from athena_local.errors import QueryError
from athena_local.tables.row_files import JSON, PARQUET, TEXT, FileFormat
from athena_local.tables.text_rows import TextOptions, text_options

_IO = "org.apache.hadoop.hive.ql.io."
_TEXT_IO = ("org.apache.hadoop.mapred.TextInputFormat", f"{_IO}HiveIgnoreKeyTextOutputFormat")
_SERDES = {
    PARQUET: "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe",
    JSON: "org.apache.hive.hcatalog.data.JsonSerDe",
    TEXT: "org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe",
}
_FORMATS = {
    PARQUET: (f"{_IO}parquet.MapredParquetInputFormat", f"{_IO}parquet.MapredParquetOutputFormat"),
    JSON: _TEXT_IO,
    TEXT: _TEXT_IO,
}
_WRITTEN = {**{serde: kind for kind, serde in _SERDES.items()}, "org.openx.data.jsonserde.JsonSerDe": JSON}


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
    """Return the format that the properties after WITH state."""
    text = text_options({"field.delim": delimiter}) if delimiter else TextOptions()
    return FileFormat(kind=kind, compression=compression, text=text)


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
    compression = next(
        (
            properties[key].upper()
            for key in ("write.compression", "write_compression", "parquet.compression")
            if properties.get(key) and (key != "parquet.compression" or _WRITTEN[library] == PARQUET)
        ),
        "GZIP",
    )
    return FileFormat(kind=_WRITTEN[library], compression=compression, text=text_options(stated))


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
