"""What a table's metadata says of its snapshots, references and manifests: the rows of small metadata tables."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from pyiceberg.manifest import PartitionFieldSummary
from pyiceberg.partitioning import PartitionField
from pyiceberg.table import Table as Loaded
from pyiceberg.types import IcebergType, NestedField

from athena_local.tables.iceberg.bounds import bound_text
from athena_local.tables.iceberg.table import IcebergTable

Row = dict[str, Any]


def snapshots(table: IcebergTable) -> Iterator[Row]:
    """Yield a row per snapshot, as the metadata lists them."""
    for snapshot in table.loaded.snapshots():
        summary = snapshot.summary
        yield {
            "committed_at": instant(snapshot.timestamp_ms),
            "snapshot_id": snapshot.snapshot_id,
            "parent_id": snapshot.parent_snapshot_id,
            "operation": summary.operation.value if summary else None,
            "manifest_list": snapshot.manifest_list,
            "summary": summary.additional_properties if summary else None,
        }


def history(table: IcebergTable) -> Iterator[Row]:
    """Yield a row per change of the current snapshot."""
    ancestors = set(_ancestors(table.loaded))
    for entry in table.loaded.history():
        snapshot = table.loaded.snapshot_by_id(entry.snapshot_id)
        yield {
            "made_current_at": instant(entry.timestamp_ms),
            "snapshot_id": entry.snapshot_id,
            "parent_id": snapshot.parent_snapshot_id if snapshot else None,
            "is_current_ancestor": entry.snapshot_id in ancestors,
        }


def _ancestors(loaded: Loaded) -> Iterator[int]:
    snapshot = loaded.current_snapshot()
    while snapshot is not None:
        yield snapshot.snapshot_id
        parent = snapshot.parent_snapshot_id
        snapshot = loaded.snapshot_by_id(parent) if parent is not None else None


def references(table: IcebergTable) -> Iterator[Row]:
    """Yield a row per branch and tag."""
    for name, reference in table.loaded.metadata.refs.items():
        yield {
            "name": name,
            "type": reference.snapshot_ref_type.upper(),
            "snapshot_id": reference.snapshot_id,
            "max_reference_age_in_ms": reference.max_ref_age_ms,
            "min_snapshots_to_keep": reference.min_snapshots_to_keep,
            "max_snapshot_age_in_ms": reference.max_snapshot_age_ms,
        }


def properties(table: IcebergTable) -> Iterator[Row]:
    """Yield a row per property; the first are not the table's own."""
    loaded, snapshot = table.loaded, table.snapshot
    file_format = loaded.properties.get("write.format.default", "PARQUET").upper()
    told = {
        "format": f"iceberg/{file_format}",
        "provider": "iceberg",
        "current-snapshot-id": str(snapshot.snapshot_id) if snapshot else "none",
        "location": loaded.location(),
        "format-version": str(loaded.metadata.format_version),
        **loaded.properties,
    }
    for key, value in told.items():
        yield {"key": key, "value": value}


def manifests(table: IcebergTable) -> Iterator[Row]:
    """Yield a row per manifest of the snapshot."""
    for manifest in table.snapshot.manifests(table.loaded.io) if table.snapshot else ():
        fields = table.loaded.specs()[manifest.partition_spec_id].fields
        yield {
            "path": manifest.manifest_path,
            "length": manifest.manifest_length,
            "partition_spec_id": manifest.partition_spec_id,
            "added_snapshot_id": manifest.added_snapshot_id,
            "added_data_files_count": manifest.added_files_count,
            "added_rows_count": manifest.added_rows_count,
            "existing_data_files_count": manifest.existing_files_count,
            "existing_rows_count": manifest.existing_rows_count,
            "deleted_data_files_count": manifest.deleted_files_count,
            "deleted_rows_count": manifest.deleted_rows_count,
            "partition_summaries": [
                _summary(table.loaded, field, told)
                for field, told in zip(fields, manifest.partitions or (), strict=False)
            ],
        }


def _summary(loaded: Loaded, field: PartitionField, told: PartitionFieldSummary) -> Row:
    type_ = value_type(loaded, field)
    return {
        "contains_null": told.contains_null,
        "contains_nan": told.contains_nan,
        "lower_bound": bound_text(type_, told.lower_bound, field.transform),
        "upper_bound": bound_text(type_, told.upper_bound, field.transform),
    }


def partition_fields(loaded: Loaded) -> list[NestedField]:
    """Return a field per partition field that the table has or had."""
    known = {field.field_id: field for spec in loaded.specs().values() for field in spec.fields}
    return [
        NestedField(field_id=number, name=field.name, field_type=value_type(loaded, field), required=False)
        for number, field in sorted(known.items())
    ]


def value_type(loaded: Loaded, field: PartitionField) -> IcebergType:
    """Return the type of a partition's value; the column may be gone from the table."""
    schemas = (loaded.schema(), *loaded.schemas().values())
    source = next(schema.find_type(field.source_id) for schema in schemas if field.source_id in schema.field_ids)
    return field.transform.result_type(source)


def instant(milliseconds: int) -> datetime:
    """Return a time of Iceberg's metadata."""
    return datetime.fromtimestamp(milliseconds / 1000, UTC)
