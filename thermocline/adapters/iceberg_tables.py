"""Contract → Iceberg table: its columns, partitioning, order and properties, and what it may become."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import pyarrow as pa
from pyiceberg.io.pyarrow import schema_to_pyarrow
from pyiceberg.partitioning import PartitionField, PartitionSpec
from pyiceberg.schema import Schema
from pyiceberg.table import Transaction
from pyiceberg.table.metadata import TableMetadata
from pyiceberg.table.sorting import SortField, SortOrder
from pyiceberg.transforms import DayTransform, IdentityTransform, MonthTransform, Transform, YearTransform
from pyiceberg.types import IcebergType, IntegerType, LongType, NestedField, StringType

from thermocline.contracts import Column, Contract
from thermocline.contracts.types import TYPES

GEN: Final = "gen"
_FIELD_ID: Final = b"PARQUET:field_id"
_FIRST_PARTITION_FIELD: Final = 1000
_TRANSFORMS: Final[dict[str, Transform[Any, Any]]] = {
    "day": DayTransform(),
    "month": MonthTransform(),
    "year": YearTransform(),
}
_PROPERTIES: Final = {
    "write.format.default": "parquet",
    "write.parquet.compression-codec": "zstd",
    # Who commits looks first what has landed: nothing may try again by itself.
    "commit.retry.num-retries": "0",
    # The orphan sweep removes what the table does not name any more; a commit needs no right to delete.
    "write.metadata.delete-after-commit.enabled": "false",
    "write.metadata.previous-versions-max": "20",
    "write.delete.mode": "copy-on-write",
    "write.update.mode": "copy-on-write",
    "write.merge.mode": "copy-on-write",
    f"write.metadata.metrics.column.{GEN}": "full",
}


def table_schema(contract: Contract) -> Schema:
    """Return the columns of a contract's warm table: those of its files, and the generation."""
    columns = [
        NestedField(number, column.name, _type(column), required=column.required, doc=column.description)
        for number, column in enumerate(contract.stored, start=1)
    ]
    gen = NestedField(len(columns) + 1, GEN, StringType(), required=True, doc="The generation that the row entered in.")
    return Schema(*columns, gen)


def partitioning(contract: Contract, schema: Schema) -> PartitionSpec:
    """Return how the table is partitioned: by the event's day, month or year."""
    transform, column = _TRANSFORMS[contract.partitioned_by], contract.time_column
    source = schema.find_field(column).field_id
    name = f"{column}_{contract.partitioned_by}"
    return PartitionSpec(PartitionField(source, _FIRST_PARTITION_FIELD, transform, name))


def order(contract: Contract, schema: Schema) -> SortOrder:
    """Return the order of rows in files: by day, by the contract's columns, by time."""
    names = (*contract.sorted_by, contract.time_column)
    by_day = SortField(schema.find_field(contract.time_column).field_id, DayTransform())
    return SortOrder(by_day, *(SortField(schema.find_field(name).field_id, IdentityTransform()) for name in names))


def properties(contract: Contract) -> dict[str, str]:
    """Return the table's properties; columns that name a person, and JSON text, have no bounds in manifests."""
    unbounded = [column.name for column in contract.stored if _is_unbounded(contract, column)]
    return _PROPERTIES | {f"write.metadata.metrics.column.{name}": "counts" for name in unbounded}


def arrow_schema(schema: Schema) -> pa.Schema:
    """Return the schema for a writer of the table's files, with the identifiers of columns."""
    return pa.schema([_arrow_field(field) for field in schema_to_pyarrow(schema)])


def evolve(transaction: Transaction, contract: Contract) -> None:
    """Stage what a table lacks to be the contract's: new columns, wider and optional ones, the order, properties."""
    schema, wanted = transaction.table_metadata.schema(), table_schema(contract)
    with transaction.update_schema() as update:
        for field in wanted.fields:
            if field.name not in schema.column_names:
                update.add_column(field.name, field.field_type, doc=field.doc)
                continue
            have = schema.find_field(field.name)
            if have.field_type != field.field_type:
                update.update_column(field.name, field.field_type)
            if have.required and not field.required:
                update.make_column_optional(field.name)
            if have.doc != field.doc:
                update.update_column(field.name, doc=field.doc)
    _stage_order(transaction, contract)
    _stage_properties(transaction, contract)


def evolution_problems(metadata: TableMetadata, contract: Contract) -> Iterator[str]:
    """Name what keeps a table from becoming the contract's.

    A column that the contract has no more stays, and new rows have no value of it: a deployment that fails is rolled
    back to the contract before, and must not fail again.
    """
    schema, wanted = metadata.schema(), table_schema(contract)
    for field in schema.fields:
        if field.required and field.name not in wanted.column_names:
            yield f"{field.name}: is required in the warm table and not in the contract"
    for field in wanted.fields:
        have = schema.find_field(field.name) if field.name in schema.column_names else None
        if have and not _may_become(have.field_type, field.field_type):
            yield f"{field.name}: {have.field_type} cannot become {field.field_type} in the warm table"
        if field.required and not (have and have.required):
            yield f"{field.name}: rows of the warm table have no value, it cannot be required"
    if metadata.spec() != partitioning(contract, schema):
        yield f"partitionedBy: the warm table is partitioned by {metadata.spec().fields[0].name}, it stays so"


def _type(column: Column) -> IcebergType:
    field = NestedField(0, column.name, TYPES[column.type].iceberg)
    return field.field_type


def _is_unbounded(contract: Contract, column: Column) -> bool:
    """Tell whether bounds of a column would keep a person's values, or are of no use."""
    return column.name in contract.erasure_keys or column.classification == "restricted" or column.is_json


def _arrow_field(field: pa.Field[pa.DataType]) -> pa.Field[pa.DataType]:
    type_ = pa.string() if pa.types.is_large_string(field.type) else field.type
    return pa.field(field.name, type_, field.nullable, {_FIELD_ID: (field.metadata or {})[_FIELD_ID]})


def _may_become(have: IcebergType, wanted: IcebergType) -> bool:
    return have == wanted or (have == IntegerType() and wanted == LongType())


def _stage_order(transaction: Transaction, contract: Contract) -> None:
    metadata = transaction.table_metadata
    wanted = order(contract, metadata.schema())
    if metadata.sort_order().fields != wanted.fields:
        with transaction.update_sort_order() as update:
            for field in wanted.fields:
                update.asc(metadata.schema().find_field(field.source_id).name, field.transform)


def _stage_properties(transaction: Transaction, contract: Contract) -> None:
    have = transaction.table_metadata.properties
    if changed := {key: value for key, value in properties(contract).items() if have.get(key) != value}:
        transaction.set_properties(changed)
