"""CREATE [EXTERNAL] TABLE in Hive's form: text → `TableDefinition`. Of CREATE TABLE … AS it is not the grammar."""

from dataclasses import dataclass, field

from athena_local.errors import QueryError
from athena_local.statements.hive_reader import HiveReader
from athena_local.statements.hive_types import read_type
from athena_local.tables.catalog import Column
from athena_local.tables.iceberg.new_tables import ColumnTransform

_WITH_NUMBER = ("bucket", "truncate")
_TRANSFORMS = ("year", "month", "day", "hour", *_WITH_NUMBER)
# Clauses of ROW FORMAT DELIMITED, in their order, and the properties of Hive's serde (with Hive's own spelling).
DELIMITERS = (
    (("FIELDS", "TERMINATED", "BY"), "field.delim"),
    (("ESCAPED", "BY"), "escape.delim"),
    (("COLLECTION", "ITEMS", "TERMINATED", "BY"), "colelction.delim"),
    (("MAP", "KEYS", "TERMINATED", "BY"), "mapkey.delim"),
    (("LINES", "TERMINATED", "BY"), "line.delim"),
    (("NULL", "DEFINED", "AS"), "serialization.null.format"),
)


@dataclass(frozen=True, kw_only=True)
class TableDefinition:
    """What a CREATE TABLE statement says; names are in lower case, types as `read_type` returns them.

    Attributes
    ----------
    database
        None if the statement does not name it.
    partition_keys
        Columns of PARTITIONED BY with types: a Hive table's.
    transforms
        Items of PARTITIONED BY without types: an Iceberg table's.
    serde
        The class of ROW FORMAT SERDE.
    is_delimited
        Whether the statement has ROW FORMAT DELIMITED; `serde_properties` has its characters.
    stored_as
        The word after STORED AS in capital letters, such as ``PARQUET``.
    input_format, output_format
        The classes of STORED AS INPUTFORMAT … OUTPUTFORMAT ….
    properties
        TBLPROPERTIES.
    """

    name: str
    database: str | None = None
    is_external: bool = False
    if_not_exists: bool = False
    columns: tuple[Column, ...] = ()
    comment: str = ""
    partition_keys: tuple[Column, ...] = ()
    transforms: tuple[ColumnTransform, ...] = ()
    serde: str | None = None
    is_delimited: bool = False
    serde_properties: dict[str, str] = field(default_factory=dict)
    stored_as: str | None = None
    input_format: str | None = None
    output_format: str | None = None
    location: str | None = None
    properties: dict[str, str] = field(default_factory=dict)

    @property
    def is_iceberg(self) -> bool:
        """Whether the table is to be an Iceberg table."""
        return self.properties.get("table_type", "").upper() == "ICEBERG"


def read_definition(sql: str) -> TableDefinition:
    """Read a CREATE TABLE statement.

    Raises
    ------
    InvalidRequestError
        ``MALFORMED_QUERY``: it is none.
    QueryError
        It is one, with a type or a clause that is not had.
    """
    reader = HiveReader(sql)
    reader.expect("CREATE")
    is_external = reader.skip("EXTERNAL")
    reader.expect("TABLE")
    if_not_exists = reader.skip("IF", "NOT", "EXISTS")
    database, name = reader.table()
    columns = reader.bracketed(lambda: read_column(reader)) if reader.sees("(") else []
    comment = reader.text() if reader.skip("COMMENT") else ""
    partition = _partition(reader)
    _refuse(reader)
    serde, is_delimited, serde_properties = _row_format(reader)
    stored_as, input_format, output_format = _stored_as(reader)
    if reader.skip("WITH", "SERDEPROPERTIES"):
        serde_properties |= reader.pairs()
    location = reader.text() if reader.skip("LOCATION") else None
    properties = reader.pairs() if reader.skip("TBLPROPERTIES") else {}
    reader.end()
    return TableDefinition(
        name=name,
        database=database,
        is_external=is_external,
        if_not_exists=if_not_exists,
        columns=tuple(columns),
        comment=comment,
        partition_keys=tuple(item for item in partition if isinstance(item, Column)),
        transforms=tuple(item for item in partition if isinstance(item, ColumnTransform)),
        serde=serde,
        is_delimited=is_delimited,
        serde_properties=serde_properties,
        stored_as=stored_as,
        input_format=input_format,
        output_format=output_format,
        location=location,
        properties=properties,
    )


def read_column(reader: HiveReader) -> Column:
    """Read ``name type [COMMENT 'text']``."""
    name, type_ = reader.name(), read_type(reader)
    return Column(name=name, type=type_, comment=reader.text() if reader.skip("COMMENT") else "")


def _partition(reader: HiveReader) -> list[Column | ColumnTransform]:
    if not reader.skip("PARTITIONED", "BY"):
        return []
    return reader.bracketed(lambda: _transform(reader) or read_column(reader))


def _transform(reader: HiveReader) -> ColumnTransform | None:
    name = next((name for name in _TRANSFORMS if reader.skip(name.upper(), "(")), None)
    if name is not None:
        number = reader.number() if name in _WITH_NUMBER else None
        if number is not None:
            reader.expect(",")
        column = reader.name()
        reader.expect(")")
        return ColumnTransform(name=name, column=column, number=number)
    if reader.sees_at(1, ",") or reader.sees_at(1, ")"):
        return ColumnTransform(name="identity", column=reader.name())
    return None


def _refuse(reader: HiveReader) -> None:
    for words, what in ((("CLUSTERED", "BY"), "bucketed"), (("SKEWED", "BY"), "skewed")):
        if reader.sees(*words):
            raise QueryError("NOT_SUPPORTED", f"{what} tables are not created offline: leave {' '.join(words)} out")
    if reader.sees("STORED", "BY"):
        raise QueryError("NOT_SUPPORTED", "tables with a storage handler (STORED BY) are not created offline")


def _row_format(reader: HiveReader) -> tuple[str | None, bool, dict[str, str]]:
    if not reader.skip("ROW", "FORMAT"):
        return None, False, {}
    if reader.skip("SERDE"):
        serde = reader.text()
        return serde, False, reader.pairs() if reader.skip("WITH", "SERDEPROPERTIES") else {}
    reader.expect("DELIMITED")
    return None, True, {key: reader.text() for words, key in DELIMITERS if reader.skip(*words)}


def _stored_as(reader: HiveReader) -> tuple[str | None, str | None, str | None]:
    if not reader.skip("STORED", "AS"):
        return None, None, None
    if not reader.skip("INPUTFORMAT"):
        return reader.word(), None, None
    input_format = reader.text()
    reader.expect("OUTPUTFORMAT")
    return None, input_format, reader.text()
