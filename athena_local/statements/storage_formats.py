"""How Hive stores tables: STORED AS and ROW FORMAT → the classes that Glue keeps."""

from dataclasses import dataclass

from athena_local.errors import QueryError
from athena_local.statements.hive_errors import semantic
from athena_local.statements.table_definition import TableDefinition

_IO = "org.apache.hadoop.hive.ql.io"
TEXT_SERDE = "org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe"
CSV_SERDE = "org.apache.hadoop.hive.serde2.OpenCSVSerde"
PARQUET_SERDE = f"{_IO}.parquet.serde.ParquetHiveSerDe"
_OPENX = "org.openx.data.jsonserde.JsonSerDe"
JSON_SERDES = (_OPENX, "org.apache.hive.hcatalog.data.JsonSerDe")


@dataclass(frozen=True)
class StorageFormat:
    """Classes that read and write a table's files."""

    input_format: str
    output_format: str
    serde: str


_TEXT = StorageFormat("org.apache.hadoop.mapred.TextInputFormat", f"{_IO}.HiveIgnoreKeyTextOutputFormat", TEXT_SERDE)
_FORMATS = {
    "TEXTFILE": _TEXT,
    "PARQUET": StorageFormat(
        f"{_IO}.parquet.MapredParquetInputFormat", f"{_IO}.parquet.MapredParquetOutputFormat", PARQUET_SERDE
    ),
    "ORC": StorageFormat(f"{_IO}.orc.OrcInputFormat", f"{_IO}.orc.OrcOutputFormat", f"{_IO}.orc.OrcSerde"),
    "AVRO": StorageFormat(
        f"{_IO}.avro.AvroContainerInputFormat",
        f"{_IO}.avro.AvroContainerOutputFormat",
        "org.apache.hadoop.hive.serde2.avro.AvroSerDe",
    ),
}
# What Athena gives OpenX's SerDe where a statement does not say STORED AS.
_OPENX_TEXT = StorageFormat(_TEXT.input_format, f"{_IO}.IgnoreKeyTextOutputFormat", _OPENX)
_ALSO_ATHENAS = ("SEQUENCEFILE", "RCFILE", "ION")
_SERDES = frozenset({CSV_SERDE, *JSON_SERDES, *(each.serde for each in _FORMATS.values())})


def storage_format(definition: TableDefinition) -> StorageFormat:
    """Return the classes of a table; a text file is the default.

    Raises
    ------
    QueryError
        There is no such format, or it is not supported offline.
    """
    base = _base(definition)
    serde = definition.serde or base.serde
    if serde not in _SERDES:
        raise QueryError("NOT_SUPPORTED", f"tables with the SerDe {serde} are not supported offline")
    return StorageFormat(base.input_format, base.output_format, serde)


def _base(definition: TableDefinition) -> StorageFormat:
    if definition.input_format and definition.output_format:
        return StorageFormat(definition.input_format, definition.output_format, TEXT_SERDE)
    if definition.serde == _OPENX and not definition.stored_as:
        return _OPENX_TEXT
    kind = definition.stored_as or "TEXTFILE"
    if kind in _ALSO_ATHENAS:
        raise QueryError("NOT_SUPPORTED", f"STORED AS {kind} is not supported offline")
    if kind not in _FORMATS:
        raise semantic(f"Unrecognized file format in STORED AS clause: '{kind}'")
    return _FORMATS[kind]
