import re
from datetime import UTC, date, datetime, time
from decimal import Decimal
from io import BytesIO
from typing import Any
from uuid import UUID, uuid4

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from pyiceberg.io.pyarrow import parquet_file_to_data_file, schema_to_pyarrow
from pyiceberg.partitioning import PartitionField, PartitionSpec
from pyiceberg.schema import Schema
from pyiceberg.table import Table as Loaded
from pyiceberg.transforms import DayTransform
from pyiceberg.types import (
    BinaryType,
    BooleanType,
    DateType,
    DecimalType,
    DoubleType,
    FixedType,
    FloatType,
    IntegerType,
    ListType,
    LongType,
    MapType,
    NestedField,
    StringType,
    StructType,
    TimestampType,
    TimestamptzType,
    TimeType,
    UUIDType,
)

from athena_local.errors import QueryError
from tests.athena_local.tables.iceberg.deletes import delete_equal, delete_positions
from tests.athena_local.tables.iceberg.lake import Lake

CLICKS = Schema(
    NestedField(1, "id", LongType()), NestedField(2, "n", IntegerType()), NestedField(3, "at", TimestampType())
)
BY_DAY = PartitionSpec(PartitionField(source_id=3, field_id=1000, transform=DayTransform(), name="at_day"))


def append(loaded: Loaded, *rows: dict[str, Any]) -> None:
    loaded.append(pa.Table.from_pylist(list(rows), schema=schema_to_pyarrow(loaded.schema())))


def append_file(loaded: Loaded, *rows: dict[str, Any]) -> None:
    """Append a file to a partitioned table: its columns' bounds tell the partition."""
    schema = schema_to_pyarrow(loaded.schema())
    address, sink = f"{loaded.location()}/data/{uuid4()}.parquet", BytesIO()
    pq.write_table(pa.Table.from_pylist(list(rows), schema=schema), sink)
    with loaded.io.new_output(address).create() as stream:
        stream.write(sink.getvalue())
    with loaded.transaction() as transaction, transaction.update_snapshot().fast_append() as fast:
        fast.append_data_file(parquet_file_to_data_file(loaded.io, loaded.metadata, address))


def click(number: int, day: int = 1) -> dict[str, Any]:
    return {"id": number, "n": number * 10, "at": datetime(2026, 1, day, 12, tzinfo=UTC).replace(tzinfo=None)}


def data_files(loaded: Loaded) -> list[str]:
    return sorted(task.file.file_path for task in loaded.scan().plan_files())


def got_data(lake: Lake) -> list[str]:
    return [key for key in lake.store.got if "/data/" in key]


def test_every_type(lake: Lake) -> None:
    types = [
        BooleanType(), IntegerType(), LongType(), FloatType(), DoubleType(), DecimalType(9, 2), DateType(), TimeType(),
        TimestampType(), TimestamptzType(), StringType(), UUIDType(), FixedType(2), BinaryType(),
        ListType(20, StringType(), element_required=False), MapType(21, StringType(), 22, DoubleType()),
        StructType(NestedField(23, "A", IntegerType()), NestedField(24, "b", TimestampType())),
    ]  # fmt: skip
    loaded = lake.create("t", Schema(*(NestedField(n, f"C{n}", type_) for n, type_ in enumerate(types, 1))))
    instant = datetime(2026, 1, 2, 3, 4, 5, 123456, tzinfo=UTC)
    moment = instant.replace(tzinfo=None)
    values = [
        True, 1, 2**40, 1.5, 2.5, Decimal("1.25"), date(2026, 1, 2), time(1, 2, 3), moment, instant,
        "x", UUID(int=5).bytes, b"ab", b"c", ["y", None], {"k": 1.0}, {"A": 7, "b": moment},
    ]  # fmt: skip
    append(loaded, {f"C{n}": value for n, value in enumerate(values, 1)}, {})
    full, empty = lake.rows("SELECT * FROM t ORDER BY c1")
    assert full == [
        "true", "1", "1099511627776", "1.5", "2.5", "1.25", "2026-01-02", "01:02:03.000", "2026-01-02 03:04:05.123",
        "2026-01-02 03:04:05.123 UTC", "x", "00000000-0000-0000-0000-000000000005", "61 62", "63", "[y, null]",
        "{k=1.0}", "{a=7, b=2026-01-02 03:04:05.123}",
    ]  # fmt: skip
    assert empty == [None] * len(types)
    told = lake.rows("SELECT typeof(c8), typeof(c9), typeof(c10), typeof(c12), typeof(c13), CAST(c9 AS varchar) FROM t")
    assert told[0][:5] == ["time(6)", "timestamp(6)", "timestamp(6) with time zone", "uuid", "varbinary"]
    assert told[0][5] == "2026-01-02 03:04:05.123456"


def test_a_table_without_rows_has_its_columns(lake: Lake) -> None:
    lake.create("t", CLICKS)
    answer, rows = lake.answer("SELECT * FROM t")
    assert [column.name for column in answer.columns] == ["id", "n", "at"]
    assert rows == []


def test_hidden_partitions_are_pruned(lake: Lake) -> None:
    loaded = lake.create("t", CLICKS, partition_spec=BY_DAY)
    for day in (1, 2, 3):
        append_file(loaded, click(day, day))
    lake.store.got.clear()
    assert lake.rows("SELECT id FROM t WHERE at >= TIMESTAMP '2026-01-03 00:00:00'") == [["3"]]
    assert lake.rows("SELECT id FROM t WHERE CAST(at AS date) = DATE '2026-01-03'") == [["3"]]
    assert len(got_data(lake)) == 1


def test_a_file_with_the_tables_columns_is_read_as_it_is_once(lake: Lake) -> None:
    append(lake.create("t", CLICKS), click(1))
    for _ in range(2):
        assert lake.rows("SELECT id FROM t") == [["1"]]
    assert len(got_data(lake)) == 1
    assert not (lake.copies / "made").exists()


def test_the_path_is_that_of_the_data_file(lake: Lake) -> None:
    loaded = lake.create("t", CLICKS)
    append(loaded, click(1), click(2))
    delete_positions(loaded, {data_files(loaded)[0]: [0]})
    assert lake.rows('SELECT id, "$path" FROM t') == [["2", data_files(loaded)[0]]]


@pytest.mark.parametrize("name", ["$partition", "$file_modified_time"])
def test_hidden_columns_that_are_not_told(lake: Lake, name: str) -> None:
    append(lake.create("t", CLICKS), click(1))
    with pytest.raises(QueryError, match=r"NOT_SUPPORTED: .* of Iceberg tables is not supported offline"):
        lake.rows(f'SELECT "{name}" FROM t')
    assert len(lake.rows("SELECT * FROM t")[0]) == 3


def test_deleted_rows_are_not_seen(lake: Lake) -> None:
    loaded = lake.create("t", CLICKS)
    append(loaded, click(1), click(2), click(3))
    delete_positions(loaded, {data_files(loaded)[0]: [0, 2]})
    append(loaded, click(4))
    assert lake.rows("SELECT id FROM t ORDER BY id") == [["2"], ["4"]]
    delete_positions(loaded, {address: [0, 1, 2] for address in data_files(loaded)})
    assert lake.rows("SELECT count(*) FROM t") == [["0"]]


def test_columns_are_followed_by_their_identifier(lake: Lake) -> None:
    loaded = lake.create("t", CLICKS)
    append(loaded, click(1))
    with loaded.update_schema() as update:
        update.rename_column("id", "key").delete_column("at").update_column("n", LongType())
    with loaded.update_schema() as update:
        update.add_column("id", StringType())
        update.add_column("at", DateType())
    append(loaded, {"key": 2, "n": 2**40, "id": "x", "at": date(2026, 1, 1)})
    assert lake.rows('SELECT "key", n, id, at FROM t ORDER BY "key"') == [
        ["1", "10", None, None],
        ["2", "1099511627776", "x", "2026-01-01"],
    ]


def test_an_earlier_version_has_its_own_columns(lake: Lake) -> None:
    loaded = lake.create("t", CLICKS)
    append(loaded, click(1))
    first = loaded.snapshots()[0].snapshot_id
    with loaded.update_schema() as update:
        update.rename_column("id", "key").rename_column("n", "id")
    append(loaded, {"key": 2, "id": 5, "at": None})
    old = f"t FOR VERSION AS OF {first}"
    assert lake.rows(f"SELECT * FROM {old}") == [["1", "10", "2026-01-01 12:00:00.000"]]
    assert lake.rows(f"SELECT id FROM {old} WHERE id = 1") == [["1"]]
    assert lake.rows(f'SELECT a.id, b."key", b.id FROM {old} a RIGHT JOIN t b ON a.id = b."key" ORDER BY 2') == [
        ["1", "1", "10"],
        [None, "2", "5"],
    ]


def test_versions_by_reference_and_by_time(lake: Lake) -> None:
    loaded = lake.create("t", CLICKS)
    append(loaded, click(1))
    first = loaded.snapshots()[0]
    loaded.manage_snapshots().create_tag(first.snapshot_id, "early").commit()
    append(loaded, click(2))
    past = datetime.fromtimestamp(first.timestamp_ms / 1000, UTC).strftime("%Y-%m-%d %H:%M:%S.%f UTC")
    assert lake.rows("SELECT count(*) FROM t FOR VERSION AS OF 'early'") == [["1"]]
    assert lake.rows("SELECT count(*) FROM t FOR VERSION AS OF 'main'") == [["2"]]
    assert lake.rows(f"SELECT count(*) FROM t FOR TIMESTAMP AS OF TIMESTAMP '{past}'") == [["1"]]


@pytest.mark.parametrize(
    ("version", "reason"),
    [
        ("VERSION AS OF 5", "NOT_SUPPORTED: Unsupported type for table version: integer"),
        ("VERSION AS OF 5000000000", "INVALID_ARGUMENTS: Iceberg snapshot ID does not exists: 5000000000"),
        ("VERSION AS OF 'x'", "INVALID_ARGUMENTS: Cannot find snapshot with reference name: x"),
        (
            "TIMESTAMP AS OF TIMESTAMP '1970-01-01 00:00:00.001 UTC'",
            "INVALID_ARGUMENTS: No version history table shop.t at or before 1970-01-01T00:00:00.001Z",
        ),
        ("TIMESTAMP AS OF DATE '2970-01-01'", "INVALID_ARGUMENTS: line 1:17: Pointer value '2970-01-01"),
    ],
)
def test_versions_that_are_not_there(lake: Lake, version: str, reason: str) -> None:
    append(lake.create("t", CLICKS), click(1))
    with pytest.raises(QueryError, match=re.escape(reason)):
        lake.rows(f"SELECT * FROM t FOR {version}")


def test_equality_deletes_are_refused(lake: Lake) -> None:
    loaded = lake.create("t", CLICKS)
    append(loaded, click(1))
    delete_equal(loaded, "id", [1])
    with pytest.raises(QueryError, match=r"NOT_SUPPORTED: equality deletes are not read offline \(shop.t\)"):
        lake.rows("SELECT * FROM t")


def test_a_table_without_metadata_is_refused(lake: Lake) -> None:
    lake.create("t", CLICKS)
    lake.store.objects.clear()
    with pytest.raises(QueryError, match="ICEBERG_INVALID_METADATA: Metadata not found"):
        lake.rows("SELECT * FROM t")


def test_the_third_format_is_refused(lake: Lake) -> None:
    lake.create("t", CLICKS)
    (address, body), *_ = lake.store.objects.items()
    lake.store.objects[address] = body.replace(b'"format-version":2', b'"format-version":3,"next-row-id":0')
    with pytest.raises(QueryError, match="NOT_SUPPORTED: version 3 of Iceberg is not read offline"):
        lake.rows("SELECT * FROM t")


def test_scanned_bytes_are_those_of_the_columns_in_the_data_file(lake: Lake) -> None:
    loaded = lake.create("t", CLICKS)
    append(loaded, *(click(number) for number in range(100)))
    plain = lake.answer("SELECT id FROM t")[0].scanned_bytes
    delete_positions(loaded, {data_files(loaded)[0]: [0]})
    assert lake.answer("SELECT id FROM t")[0].scanned_bytes == plain > 0
    assert lake.answer("SELECT count(*) FROM t")[0].scanned_bytes == 0
