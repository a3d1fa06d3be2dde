from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa
import pytest
from pyiceberg.partitioning import PartitionField, PartitionSpec
from pyiceberg.schema import Schema
from pyiceberg.transforms import IdentityTransform
from pyiceberg.types import IntegerType, LongType, NestedField, StructType

from athena_local.errors import CancelledError, QueryError
from athena_local.tables.catalog import Column, Table
from athena_local.tables.iceberg.new_tables import ColumnTransform, NewIcebergTable
from athena_local.tables.iceberg.partitions import Partitions
from athena_local.tables.sources import TableName
from athena_local.tables.writing import NewTable
from tests.athena_local.tables.iceberg.glue import FakeGlue
from tests.athena_local.tables.iceberg.lake import Lake

CLICKS = (Column(name="id", type="bigint"), Column(name="at", type="timestamp"), Column(name="page", type="string"))
FIELDS: dict[str, pa.DataType] = {"id": pa.int64(), "at": pa.timestamp("us"), "page": pa.string()}
ARROW = pa.schema(FIELDS)
WITH: dict[str, Any] = {"table_type": "ICEBERG", "is_external": False, "location": "s3://lake/t/"}


def never() -> bool:
    return False


def click(number: int, day: int = 1, page: str | None = "/") -> dict[str, Any]:
    return {"id": number, "at": datetime(2026, 1, day, 12, 0, 0, 5, tzinfo=UTC).replace(tzinfo=None), "page": page}


def reader(*rows: dict[str, Any], schema: pa.Schema = ARROW) -> pa.RecordBatchReader:
    return pa.RecordBatchReader.from_batches(schema, [pa.RecordBatch.from_pylist(list(rows), schema=schema)])


def failing(*rows: dict[str, Any]) -> pa.RecordBatchReader:
    def batches() -> Iterator[pa.RecordBatch]:
        yield pa.RecordBatch.from_pylist(list(rows), schema=ARROW)
        raise QueryError("DIVISION_BY_ZERO", "Division by zero")

    return pa.RecordBatchReader.from_batches(ARROW, batches())


def new_table(**properties: Any) -> NewTable:
    return NewTable(
        database="shop", name="t", columns=CLICKS, location="s3://lake/t/", properties={**WITH, **properties}
    )


def known(lake: Lake) -> Table:
    table = lake.tables.table(TableName(database="shop", name="t"))
    assert table is not None
    return table


def created(lake: Lake, *transforms: ColumnTransform) -> Table:
    lake.definitions.create(
        NewIcebergTable(database="shop", name="t", columns=CLICKS, location="s3://lake/t/", transforms=transforms)
    )
    return known(lake)


def test_a_table_is_created_with_its_rows(lake: Lake) -> None:
    written = lake.writer.create(new_table(), reader(click(1), click(2)), never)
    assert written.rows == 2
    assert {key for _, key in lake.store.objects} >= {
        address.removeprefix("s3://lake/") for address in written.addresses
    }
    assert lake.rows("SELECT id, typeof(at), CAST(at AS varchar) FROM t ORDER BY id") == [
        ["1", "timestamp(6)", "2026-01-01 12:00:00.000005"],
        ["2", "timestamp(6)", "2026-01-01 12:00:00.000005"],
    ]


def test_partitions_by_every_transform_are_pruned(lake: Lake) -> None:
    partitioning = ("day(at)", "bucket(id, 4)", "truncate(page, 2)", "page")
    lake.writer.create(new_table(partitioning=partitioning), reader(), never)
    lake.writer.insert(known(lake), reader(*(click(n, n, f"/p{n}") for n in range(1, 9)), click(9, 9, None)), never)
    assert lake.rows('SELECT count(*) FROM "t$files"') == [["9"]]
    lake.store.got.clear()
    assert lake.rows("SELECT id FROM t WHERE at >= TIMESTAMP '2026-01-09 00:00:00'") == [["9"]]
    assert lake.rows("SELECT id FROM t WHERE page = '/p3'") == [["3"]]
    assert lake.rows("SELECT id FROM t WHERE id = 4") == [["4"]]
    assert len([key for key in lake.store.got if "/data/" in key]) == 3
    assert lake.rows("SELECT count(*), sum(id) FROM t") == [["9", "45"]]


def test_partitions_whose_folders_have_the_same_name_stay_apart(lake: Lake) -> None:
    created(lake, ColumnTransform(name="identity", column="page"))
    lake.writer.insert(known(lake), reader(click(1, page=None), click(2, page="null")), never)
    assert lake.rows("SELECT id, page FROM t ORDER BY id") == [["1", None], ["2", "null"]]


def test_rows_are_appended_in_one_snapshot_each_time(lake: Lake) -> None:
    created(lake)
    for number in (1, 2):
        lake.writer.insert(known(lake), reader(click(number)), never)
    assert lake.rows("SELECT id FROM t ORDER BY id") == [["1"], ["2"]]
    assert lake.rows('SELECT operation FROM "t$snapshots"') == [["append"], ["append"]]


def test_no_rows_make_no_snapshot(lake: Lake) -> None:
    created(lake)
    assert lake.writer.insert(known(lake), reader(), never).rows == 0
    assert lake.rows('SELECT count(*) FROM "t$snapshots"') == [["0"]]


def test_an_error_of_the_query_leaves_nothing(lake: Lake) -> None:
    with pytest.raises(QueryError, match="DIVISION_BY_ZERO"):
        lake.writer.create(new_table(), failing(click(1)), never)
    assert (lake.glue.tables, lake.store.objects) == ({}, {})


def test_a_stop_leaves_nothing(lake: Lake) -> None:
    with pytest.raises(CancelledError):
        lake.writer.create(new_table(), reader(click(1)), lambda: True)
    assert (lake.glue.tables, lake.store.objects) == ({}, {})


def test_a_failed_commit_leaves_the_table_as_it_was(lake: Lake) -> None:
    table = created(lake)
    before = set(lake.store.objects)
    lake.glue.fails = RuntimeError("throttled")
    with pytest.raises(QueryError, match="ICEBERG_COMMIT_ERROR: Failed to commit during write: throttled"):
        lake.writer.insert(table, reader(click(1)), never)
    assert set(lake.store.objects) == before
    assert lake.rows("SELECT count(*) FROM t") == [["0"]]


@pytest.mark.parametrize("error", [RuntimeError("no answer"), FakeGlue.exceptions.ConcurrentModificationException()])
def test_a_commit_that_landed_in_spite_of_an_error_is_kept(lake: Lake, error: Exception) -> None:
    table = created(lake)
    lake.glue.fails, lake.glue.lands = error, True
    assert lake.writer.insert(table, reader(click(1)), never).rows == 1
    assert lake.rows("SELECT id FROM t") == [["1"]]
    assert lake.rows('SELECT count(*) FROM "t$snapshots"') == [["1"]]


def test_a_conflict_with_another_writer_is_resolved(lake: Lake) -> None:
    table = created(lake)
    lake.glue.fails = FakeGlue.exceptions.ConcurrentModificationException()
    lake.writer.insert(table, reader(click(1)), never)
    assert lake.rows("SELECT id FROM t") == [["1"]]
    referred = {row[0] for row in lake.rows('SELECT path FROM "t$manifests"')}
    stored = {f"s3://lake/{key}" for _, key in lake.store.objects if key.endswith("-m0.avro")}
    assert referred == stored


def test_a_write_that_is_undone_is_gone(lake: Lake) -> None:
    table = created(lake)
    lake.writer.insert(table, reader(click(1)), never)
    kept = set(lake.store.objects)
    lake.writer.insert(table, reader(click(2)), never).undo()
    assert lake.rows("SELECT id FROM t") == [["1"]]
    assert not [key for key in set(lake.store.objects) - kept if "/data/" in key[1]]
    lake.definitions.drop(known(lake))
    assert (lake.glue.tables, lake.store.objects) == ({}, {})


@pytest.mark.parametrize("conflict", [1, 2])
def test_a_write_is_undone_beside_other_writers(lake: Lake, conflict: int) -> None:
    table = created(lake)
    written = lake.writer.insert(table, reader(click(1)), never)
    lake.writer.insert(table, reader(click(2)), never)
    lake.glue.fails, lake.glue.fails_at = FakeGlue.exceptions.ConcurrentModificationException(), conflict
    written.undo()
    assert lake.rows("SELECT id FROM t") == [["2"]]
    assert not set(written.addresses) & {f"s3://{bucket}/{key}" for bucket, key in lake.store.objects}


def test_rows_for_a_table_that_was_replaced_are_not_committed(lake: Lake) -> None:
    table = created(lake)

    def replacing() -> Iterator[pa.RecordBatch]:
        yield from reader(click(1))
        lake.definitions.drop(table)
        created(lake, ColumnTransform(name="day", column="at"))

    with pytest.raises(QueryError, match=r"ICEBERG_COMMIT_ERROR: .* the table was replaced meanwhile"):
        lake.writer.insert(table, pa.RecordBatchReader.from_batches(ARROW, replacing()), never)
    assert lake.rows("SELECT count(*) FROM t") == [["0"]]
    assert not [key for _, key in lake.store.objects if "/data/" in key]


def test_a_creation_that_is_undone_is_gone(lake: Lake) -> None:
    lake.writer.create(new_table(), reader(click(1)), never).undo()
    assert (lake.glue.tables, lake.store.objects) == ({}, {})


@pytest.mark.parametrize("fails", [True, False])
def test_a_creation_that_is_taken_back_leaves_what_another_wrote_beside_it(lake: Lake, *, fails: bool) -> None:
    lake.store.put_bytes("lake", "t/data/other", b"rows")
    if fails:
        with pytest.raises(QueryError, match="DIVISION_BY_ZERO"):
            lake.writer.create(new_table(), failing(click(1)), never)
    else:
        lake.writer.create(new_table(), reader(click(1)), never).undo()
    assert (lake.glue.tables, list(lake.store.objects)) == ({}, [("lake", "t/data/other")])


def test_a_creation_that_landed_in_spite_of_an_error_is_kept(lake: Lake) -> None:
    lake.glue.fails, lake.glue.lands = RuntimeError("no answer"), True
    created(lake)
    assert lake.rows("SELECT count(*) FROM t") == [["0"]]


def test_a_failed_creation_leaves_nothing(lake: Lake) -> None:
    lake.glue.fails = RuntimeError("throttled")
    with pytest.raises(RuntimeError, match="throttled"):
        created(lake)
    assert (lake.glue.tables, lake.store.objects) == ({}, {})


def test_a_table_that_exists_is_refused_and_kept(lake: Lake) -> None:
    created(lake)
    before = set(lake.store.objects)
    with pytest.raises(QueryError, match="TABLE_ALREADY_EXISTS"):
        lake.writer.create(new_table(), reader(click(1)), never)
    assert set(lake.store.objects) == before


def test_null_is_refused_where_the_table_requires_a_value(lake: Lake) -> None:
    lake.create("t", Schema(NestedField(1, "id", LongType(), required=True)))
    schema = pa.schema([("id", pa.int64())])
    with pytest.raises(QueryError, match="CONSTRAINT_VIOLATION: NULL value not allowed for NOT NULL column: id"):
        lake.writer.insert(known(lake), reader({"id": 1}, {"id": None}, schema=schema), never)


def test_a_table_partitioned_by_a_field_of_a_row_is_not_written() -> None:
    schema = Schema(NestedField(1, "s", StructType(NestedField(2, "k", IntegerType()))))
    spec = PartitionSpec(PartitionField(source_id=2, field_id=1000, transform=IdentityTransform(), name="s.k"))
    with pytest.raises(QueryError, match="NOT_SUPPORTED"):
        Partitions(schema, spec)


@pytest.mark.parametrize(
    ("properties", "reason"),
    [
        ({"is_external": True}, "INVALID_TABLE_PROPERTY: is_external must be false"),
        ({"location": ""}, "INVALID_TABLE_PROPERTY: location is required"),
        ({"partitioning": "day(at)"}, "INVALID_TABLE_PROPERTY: partitioning must be an array"),
        ({"partitioning": ("day(at",)}, "INVALID_TABLE_PROPERTY: Unable to parse partitioning value"),
        ({"partitioning": ("nosuch",)}, "INVALID_TABLE_PROPERTY: Cannot find source column: nosuch"),
        ({"partitioning": ("day(page)",)}, "INVALID_TABLE_PROPERTY: Invalid source type string for transform: day"),
        ({"partitioning": ("bucket(id)",)}, "INVALID_TABLE_PROPERTY: Invalid partition transform"),
        ({"partitioning": ("page", "page")}, "INVALID_TABLE_PROPERTY: Cannot use a partition name more than once"),
        ({"partitioned_by": ("page",)}, "INVALID_TABLE_PROPERTY: Unsupported table property key: partitioned_by"),
        ({"format": "ORC"}, "NOT_SUPPORTED: Iceberg tables in the format ORC are not written offline"),
        ({"write_compression": "lz4"}, "NOT_SUPPORTED: the compression lz4 is not written offline"),
    ],
)
def test_properties_that_are_refused(lake: Lake, properties: dict[str, Any], reason: str) -> None:
    with pytest.raises(QueryError) as told:
        lake.writer.create(new_table(**properties), reader(click(1)), never)
    assert str(told.value).startswith(reason)
    assert (lake.glue.tables, lake.store.objects) == ({}, {})


def test_properties_that_are_kept(lake: Lake) -> None:
    told = {"format": "parquet", "write_compression": "snappy", "vacuum_min_snapshots_to_keep": 5}
    lake.writer.create(new_table(**told), reader(click(1)), never)
    kept = {row[0]: row[1] for row in lake.rows('SELECT "key", value FROM "t$properties"')}
    assert kept["write.format.default"] == "parquet"
    assert kept["write.parquet.compression-codec"] == "snappy"
    assert kept["vacuum_min_snapshots_to_keep"] == "5"
