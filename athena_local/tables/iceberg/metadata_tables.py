"""``"clicks$snapshots"`` and its like: what Iceberg's metadata says of a table, as a table."""

import hashlib
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from pyiceberg.io.pyarrow import schema_to_pyarrow
from pyiceberg.schema import Schema, assign_fresh_schema_ids
from pyiceberg.types import (
    BinaryType,
    BooleanType,
    IcebergType,
    IntegerType,
    ListType,
    LongType,
    MapType,
    NestedField,
    StringType,
    StructType,
    TimestamptzType,
    UUIDType,
)

from athena_local.errors import QueryError
from athena_local.tables.catalog import Column, Table
from athena_local.tables.iceberg import facts, file_facts
from athena_local.tables.iceberg.table import IcebergTable
from athena_local.tables.iceberg.types import columns
from athena_local.tables.parquet_files import ParquetFile, read_footer

_NOT_OFFLINE = ("all_entries", "all_manifests", "entries", "metadata_log_entries")
_INT, _LONG, _TEXT, _TRUTH, _BYTES = IntegerType(), LongType(), StringType(), BooleanType(), BinaryType()
_INSTANT = TimestamptzType()
_OTHER_TYPES = {
    "committed_at": "timestamp(3) with time zone",
    "made_current_at": "timestamp(3) with time zone",
    "readable_metrics": "json",
}


def _row(**types: IcebergType) -> StructType:
    return StructType(*(NestedField(n, name, each, required=False) for n, (name, each) in enumerate(types.items(), 1)))


def _map(value: IcebergType, key: IcebergType = _INT) -> MapType:
    return MapType(1, key, 2, value, value_required=False)


def _list(item: IcebergType) -> ListType:
    return ListType(1, item, element_required=False)


def _snapshots(_: IcebergTable) -> StructType:
    return _row(
        committed_at=_INSTANT, snapshot_id=_LONG, parent_id=_LONG, operation=_TEXT, manifest_list=_TEXT,
        summary=_map(_TEXT, _TEXT),
    )  # fmt: skip


def _history(_: IcebergTable) -> StructType:
    return _row(made_current_at=_INSTANT, snapshot_id=_LONG, parent_id=_LONG, is_current_ancestor=_TRUTH)


def _references(_: IcebergTable) -> StructType:
    return _row(
        name=_TEXT, type=_TEXT, snapshot_id=_LONG, max_reference_age_in_ms=_LONG, min_snapshots_to_keep=_INT,
        max_snapshot_age_in_ms=_LONG,
    )  # fmt: skip


def _properties(_: IcebergTable) -> StructType:
    return _row(key=_TEXT, value=_TEXT)


def _manifests(_: IcebergTable) -> StructType:
    summary = _row(contains_null=_TRUTH, contains_nan=_TRUTH, lower_bound=_TEXT, upper_bound=_TEXT)
    return _row(
        path=_TEXT, length=_LONG, partition_spec_id=_INT, added_snapshot_id=_LONG, added_data_files_count=_INT,
        added_rows_count=_LONG, existing_data_files_count=_INT, existing_rows_count=_LONG,
        deleted_data_files_count=_INT, deleted_rows_count=_LONG, partition_summaries=_list(summary),
    )  # fmt: skip


def _files(table: IcebergTable) -> StructType:
    return _row(
        content=_INT, file_path=_TEXT, file_format=_TEXT, spec_id=_INT, **_partition(table), record_count=_LONG,
        file_size_in_bytes=_LONG, column_sizes=_map(_LONG), value_counts=_map(_LONG), null_value_counts=_map(_LONG),
        nan_value_counts=_map(_LONG), lower_bounds=_map(_TEXT), upper_bounds=_map(_TEXT), key_metadata=_BYTES,
        split_offsets=_list(_LONG), equality_ids=_list(_INT), sort_order_id=_INT, readable_metrics=_TEXT,
    )  # fmt: skip


def _partitions(table: IcebergTable) -> StructType:
    told = {
        each.name.lower(): _row(min=each.field_type, max=each.field_type, null_count=_LONG, nan_count=_LONG)
        for each in file_facts.measured(table)
    }
    data = {"data": _row(**told)} if told else {}
    return _row(**_partition(table), record_count=_LONG, file_count=_LONG, total_size=_LONG, **data)


def _partition(table: IcebergTable) -> dict[str, IcebergType]:
    fields = facts.partition_fields(table.loaded)
    return {"partition": StructType(*fields)} if fields else {}


_Columns = Callable[[IcebergTable], StructType]
_Rows = Callable[[IcebergTable], Iterable[facts.Row]]
_KINDS: dict[str, tuple[_Columns, _Rows]] = {
    "snapshots": (_snapshots, facts.snapshots),
    "history": (_history, facts.history),
    "refs": (_references, facts.references),
    "properties": (_properties, facts.properties),
    "manifests": (_manifests, facts.manifests),
    "files": (_files, file_facts.files),
    "partitions": (_partitions, file_facts.partitions),
}


@dataclass(frozen=True, kw_only=True)
class MetadataTable(Table):
    """What the metadata says of a table.

    Attributes
    ----------
    of
        That table.
    kind
        The suffix of the name.
    schema
        The columns.
    """

    of: IcebergTable
    kind: str
    schema: Schema


def metadata_table(of: IcebergTable, kind: str) -> MetadataTable | None:
    """Return a metadata table; None when Trino has none of this kind.

    Raises
    ------
    QueryError
        ``NOT_SUPPORTED``: only Trino has it.
    """
    if kind in _NOT_OFFLINE:
        raise QueryError("NOT_SUPPORTED", f"${kind} of Iceberg tables is not supported offline")
    if kind not in _KINDS:
        return None
    schema = assign_fresh_schema_ids(Schema(*_KINDS[kind][0](of).fields))
    shown = tuple(Column(name=each.name, type=_OTHER_TYPES.get(each.name, each.type)) for each in columns(schema))
    return MetadataTable(
        database=of.database,
        name=f"{of.name}${kind}",
        columns=shown,
        location=of.location,
        parameters=of.parameters,
        of=of,
        kind=kind,
        schema=schema,
    )


def written(table: MetadataTable, folder: Path) -> ParquetFile:
    """Return the rows of a metadata table as a file in a folder; nothing of it counts as scanned."""
    identity = f"{table.of.loaded.metadata_location}\0{table.kind}"
    path = folder / f"{hashlib.sha256(identity.encode()).hexdigest()[:32]}.parquet"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        names = [field.name for field in table.schema.fields]
        rows = [{name: row[name] for name in names} for row in _KINDS[table.kind][1](table.of)]
        partial = path.with_suffix(f".{uuid.uuid4().hex}")
        pq.write_table(
            pa.Table.from_pylist(rows, schema=schema_to_pyarrow(_stored(table.schema), include_field_ids=False)),
            partial,
        )
        partial.replace(path)
    file = read_footer(str(path), "")
    return replace(file, column_bytes=dict.fromkeys(file.column_bytes, 0))


def _stored(schema: Schema) -> Schema:
    """Return the columns as they are in the file: UUIDs are texts, which the engine casts."""
    return Schema(*(field.model_copy(update={"field_type": _stored_type(field.field_type)}) for field in schema.fields))


def _stored_type(type_: IcebergType) -> IcebergType:
    if isinstance(type_, StructType):
        return StructType(*_stored(Schema(*type_.fields)).fields)
    return _TEXT if isinstance(type_, UUIDType) else type_
