"""Rows → the partitions that they belong to."""

from collections.abc import Iterator
from typing import Any

import pyarrow as pa
from pyiceberg.partitioning import PartitionField, PartitionSpec
from pyiceberg.schema import Schema
from pyiceberg.typedef import Record

from athena_local.errors import QueryError

_KEY = "number of the partition"
# Times as the numbers that Iceberg's transforms take.
_NUMBERS = ((pa.types.is_date, pa.int32()), (pa.types.is_timestamp, pa.int64()), (pa.types.is_time, pa.int64()))


class Partitions:
    """The partitions of some rows, by their numbers, in the order in which they appear.

    Raises
    ------
    QueryError
        ``NOT_SUPPORTED``: the table is partitioned by a field of a row.
    """

    def __init__(self, schema: Schema, spec: PartitionSpec) -> None:
        self._schema = schema
        self._spec = spec
        self._positions = [_position(schema, field) for field in spec.fields]
        self._numbers: dict[tuple[Any, ...], int] = {}

    def record(self, number: int) -> Record:
        """Return the values of a partition, as a manifest has them."""
        return Record(*list(self._numbers)[number])

    def folder(self, number: int) -> str:
        """Return the folder of a partition below ``data/``."""
        return self._spec.partition_to_path(self.record(number), self._schema) if self._spec.fields else ""

    def numbered(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """Return the rows with the number of their partition as the last column."""
        for batch in batches:
            values = [self._values(batch, number) for number in range(len(self._positions))]
            rows = zip(*values, strict=True) if values else [()] * batch.num_rows
            numbers = [self._numbers.setdefault(each, len(self._numbers)) for each in rows]
            yield batch.append_column(_KEY, pa.array(numbers, pa.int32()))

    def _values(self, batch: pa.RecordBatch, number: int) -> list[Any]:
        """Return the transformed values of a column; each distinct one is transformed once."""
        position = self._positions[number]
        encoded = _as_numbers(batch.column(position)).dictionary_encode(null_encoding="encode")
        transform = self._spec.fields[number].transform.transform(self._schema.fields[position].field_type)
        transformed = [transform(value) for value in encoded.dictionary.to_pylist()]
        return [transformed[index] for index in encoded.indices.to_pylist()]


def with_key(schema: pa.Schema) -> pa.Schema:
    """Return the columns of rows with the number of their partition."""
    return schema.append(pa.field(_KEY, pa.int32()))


def _position(schema: Schema, field: PartitionField) -> int:
    for position, column in enumerate(schema.fields):
        if column.field_id == field.source_id:
            return position
    raise QueryError("NOT_SUPPORTED", "tables that are partitioned by a field of a row are not written offline")


def _as_numbers(array: Any) -> Any:
    for recognises, numbers in _NUMBERS:
        if recognises(array.type):
            return array.cast(numbers)
    return array
