"""Contract → Arrow schema. The only module of this package that imports pyarrow."""

from __future__ import annotations

from collections.abc import Iterable

import pyarrow as pa

from thermocline.contracts.model import Column, Contract
from thermocline.contracts.types import TYPES

_ARROW_TYPES: dict[str, pa.DataType] = {
    "string": pa.string(),
    "int32": pa.int32(),
    "int64": pa.int64(),
    "float64": pa.float64(),
    "bool": pa.bool_(),
    "timestamp[us, UTC]": pa.timestamp("us", tz="UTC"),
    "date32": pa.date32(),
    "decimal128(38, 9)": pa.decimal128(38, 9),
}


def ingested_schema(contract: Contract) -> pa.Schema:
    """Return the schema that canonical NDJSON is read with."""
    return _schema(contract.ingested)


def stored_schema(contract: Contract) -> pa.Schema:
    """Return the schema of the table's Parquet files."""
    return _schema(contract.stored)


def text_schema(schema: pa.Schema) -> pa.Schema:
    """Return the schema for Arrow's JSON reader, which takes dates for numbers, so that they are read as text."""
    return pa.schema([field.with_type(pa.string()) if pa.types.is_date(field.type) else field for field in schema])


def _schema(columns: Iterable[Column]) -> pa.Schema:
    return pa.schema([_field(column) for column in columns])


def _field(column: Column) -> pa.Field[pa.DataType]:
    return pa.field(column.name, _ARROW_TYPES[TYPES[column.type].arrow], nullable=not column.required)
