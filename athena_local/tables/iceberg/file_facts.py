"""What manifests say of files: the rows of ``$files`` and ``$partitions``."""

import json
from collections.abc import Callable, Iterator
from typing import Any

from pyiceberg.expressions import AlwaysTrue
from pyiceberg.manifest import DataFile
from pyiceberg.schema import Schema
from pyiceberg.transforms import IdentityTransform
from pyiceberg.types import NestedField, PrimitiveType

from athena_local.tables.iceberg.bounds import bound, bound_json, bound_text
from athena_local.tables.iceberg.facts import Row, partition_fields
from athena_local.tables.iceberg.files import planned
from athena_local.tables.iceberg.table import IcebergTable


def files(table: IcebergTable) -> Iterator[Row]:
    """Yield a row per data file and delete file of the snapshot."""
    schema = table.loaded.schema()
    for file in _files(table):
        yield {
            "content": int(file.content),
            "file_path": file.file_path,
            "file_format": file.file_format.value,
            "spec_id": file.spec_id,
            "partition": _partition(table, file),
            "record_count": file.record_count,
            "file_size_in_bytes": file.file_size_in_bytes,
            "column_sizes": _entries(file.column_sizes),
            "value_counts": _entries(file.value_counts),
            "null_value_counts": _entries(file.null_value_counts),
            "nan_value_counts": _entries(file.nan_value_counts),
            "lower_bounds": _bounds(schema, file.lower_bounds),
            "upper_bounds": _bounds(schema, file.upper_bounds),
            "key_metadata": file.key_metadata,
            "split_offsets": file.split_offsets,
            "equality_ids": file.equality_ids,
            "sort_order_id": file.sort_order_id,
            "readable_metrics": _metrics(schema, file),
        }


def partitions(table: IcebergTable) -> Iterator[Row]:
    """Yield a row per partition that has data files; rows that delete files delete are counted."""
    groups: dict[tuple[Any, ...], list[DataFile]] = {}
    for task in planned(table, AlwaysTrue()):
        groups.setdefault(tuple(_partition(table, task.file).values()), []).append(task.file)
    for of_partition in groups.values():
        yield {
            "partition": _partition(table, of_partition[0]),
            "record_count": sum(file.record_count for file in of_partition),
            "file_count": len(of_partition),
            "total_size": sum(file.file_size_in_bytes for file in of_partition),
            "data": {field.name.lower(): _merged(field, of_partition) for field in measured(table)},
        }


def measured(table: IcebergTable) -> list[NestedField]:
    """Return the columns with facts per partition: primitive ones that are not themselves a partition field now."""
    fields_of_spec = table.loaded.spec().fields
    whole = {each.source_id for each in fields_of_spec if isinstance(each.transform, IdentityTransform)}
    fields = table.loaded.schema().fields
    return [each for each in fields if isinstance(each.field_type, PrimitiveType) and each.field_id not in whole]


def _files(table: IcebergTable) -> Iterator[DataFile]:
    for manifest in table.snapshot.manifests(table.loaded.io) if table.snapshot else ():
        for entry in manifest.fetch_manifest_entry(table.loaded.io, discard_deleted=True):
            yield entry.data_file


def _partition(table: IcebergTable, file: DataFile) -> Row:
    """Return the values of a file's partition by all fields that the table has or had."""
    fields = table.loaded.specs()[file.spec_id].fields
    values = {field.field_id: file.partition[position] for position, field in enumerate(fields)}
    return {field.name: values.get(field.field_id) for field in partition_fields(table.loaded)}


def _entries(numbers: dict[int, int] | None) -> list[tuple[int, int]] | None:
    return None if numbers is None else sorted(numbers.items())


def _bounds(schema: Schema, bounds: dict[int, bytes] | None) -> list[tuple[int, str | None]] | None:
    if bounds is None:
        return None
    known = sorted((number, value) for number, value in bounds.items() if number in schema.field_ids)
    return [(number, bound_text(schema.find_type(number), value)) for number, value in known]


def _metrics(schema: Schema, file: DataFile) -> str:
    """Return the facts of every column as JSON, whose numbers are as Java writes them."""
    names = {str(schema.find_column_name(number)): number for number in schema.field_ids}
    leaves = {name: number for name, number in names.items() if isinstance(schema.find_type(number), PrimitiveType)}
    told = (f"{json.dumps(name)}:{_column_metrics(schema, number, file)}" for name, number in sorted(leaves.items()))
    return f"{{{','.join(told)}}}"


def _column_metrics(schema: Schema, number: int, file: DataFile) -> str:
    type_ = schema.find_type(number)
    counts = {
        "column_size": file.column_sizes,
        "value_count": file.value_counts,
        "null_value_count": file.null_value_counts,
        "nan_value_count": file.nan_value_counts,
    }
    bounds = {"lower_bound": file.lower_bounds, "upper_bound": file.upper_bounds}
    told = [f'"{name}":{json.dumps((each or {}).get(number))}' for name, each in counts.items()]
    told += [f'"{name}":{bound_json(type_, (each or {}).get(number))}' for name, each in bounds.items()]
    return f"{{{','.join(told)}}}"


def _merged(field: NestedField, files: list[DataFile]) -> Row | None:
    """Return what the files say of a column together; None when they say nothing."""
    number, type_ = field.field_id, field.field_type
    if all(number not in (file.value_counts or {}) for file in files):
        return None
    known = [file for file in files if (file.null_value_counts or {}).get(number) != file.record_count]
    nulls = [(file.null_value_counts or {}).get(number) for file in files]
    nans = [(file.nan_value_counts or {}).get(number) for file in files]
    return {
        "min": _extreme(min, [bound(type_, (file.lower_bounds or {}).get(number)) for file in known]),
        "max": _extreme(max, [bound(type_, (file.upper_bounds or {}).get(number)) for file in known]),
        "null_count": _sum(nulls),
        "nan_count": _sum(nans),
    }


def _extreme(choose: Callable[[list[Any]], Any], values: list[Any]) -> Any:
    return choose(values) if values and None not in values else None


def _sum(counts: list[int | None]) -> int | None:
    return sum(count for count in counts if count is not None) if any(count is not None for count in counts) else None
