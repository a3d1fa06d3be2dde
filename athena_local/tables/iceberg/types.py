"""Iceberg's types → those of a `Table`'s columns, which are Hive's with the precision of times."""

from pyiceberg.schema import Schema
from pyiceberg.types import (
    BinaryType,
    BooleanType,
    DateType,
    DecimalType,
    DoubleType,
    FixedType,
    FloatType,
    IcebergType,
    IntegerType,
    ListType,
    LongType,
    MapType,
    StringType,
    StructType,
    TimestampType,
    TimestamptzType,
    TimeType,
    UUIDType,
)

from athena_local.errors import QueryError
from athena_local.tables.catalog import Column

_PRIMITIVES: dict[type[IcebergType], str] = {
    BooleanType: "boolean",
    IntegerType: "int",
    LongType: "bigint",
    FloatType: "float",
    DoubleType: "double",
    DateType: "date",
    TimeType: "time(6)",
    TimestampType: "timestamp(6)",
    TimestamptzType: "timestamp(6) with time zone",
    StringType: "string",
    UUIDType: "uuid",
    BinaryType: "binary",
    FixedType: "binary",
}


def columns(schema: Schema) -> tuple[Column, ...]:
    """Return the columns of a schema; their names in lower case, as Trino has them.

    Raises
    ------
    QueryError
        ``NOT_SUPPORTED`` for a type that Athena or the engine lacks.
    """
    return tuple(
        Column(name=field.name.lower(), type=column_type(field.field_type), comment=field.doc or "")
        for field in schema.fields
    )


def column_type(type_: IcebergType) -> str:
    """Return the type of a column."""
    if isinstance(type_, DecimalType):
        return f"decimal({type_.precision},{type_.scale})"
    if isinstance(type_, ListType):
        return f"array<{column_type(type_.element_type)}>"
    if isinstance(type_, MapType):
        return f"map<{column_type(type_.key_type)},{column_type(type_.value_type)}>"
    if isinstance(type_, StructType):
        fields = (f"{field.name.lower()}:{column_type(field.field_type)}" for field in type_.fields)
        return f"struct<{','.join(fields)}>"
    if type(type_) not in _PRIMITIVES:
        raise QueryError("NOT_SUPPORTED", f"Iceberg's type {type_} is not read offline")
    return _PRIMITIVES[type(type_)]
