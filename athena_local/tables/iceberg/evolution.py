"""Whether a Parquet file can be read as it is: its columns are those of the table, by identifier and name."""

import pyarrow as pa
from pyiceberg.exceptions import ResolveError
from pyiceberg.io.pyarrow import pyarrow_to_schema
from pyiceberg.partitioning import PartitionSpec
from pyiceberg.schema import Schema, promote
from pyiceberg.types import IcebergType, NestedField, PrimitiveType


def fits(file: pa.Schema, schema: Schema, spec: PartitionSpec | None) -> bool:
    """Return whether the names and types in a file mean what the table says.

    Parameters
    ----------
    schema
        The table's.
    spec
        The partitioning of the file.
    """
    try:
        stored = pyarrow_to_schema(file)
    except ValueError:  # no identifiers
        return False
    by_id = {field.field_id: field for field in stored.fields}
    by_name = {field.name.lower(): field for field in stored.fields}
    partitioned = {field.source_id for field in spec.fields} if spec else set()
    return all(
        _same(by_id[field.field_id], field)
        if field.field_id in by_id
        else field.name.lower() not in by_name and field.field_id not in partitioned and field.initial_default is None
        for field in schema.fields
    )


def _same(stored: NestedField, wanted: NestedField) -> bool:
    return stored.name.lower() == wanted.name.lower() and _reads_as(stored.field_type, wanted.field_type)


def _reads_as(stored: IcebergType, wanted: IcebergType) -> bool:
    if not isinstance(stored, PrimitiveType):
        return str(stored) == str(wanted)
    if stored == wanted:
        return True
    try:
        return bool(promote(stored, wanted) == wanted)
    except ResolveError:
        return False
