"""Writes are done completely or not at all, whatever breaks."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pyarrow as pa
import pytest

from athena_local.errors import CancelledError, QueryError
from athena_local.tables.catalog import Partition
from athena_local.tables.hive_writing import HiveWriter
from athena_local.tables.objects import ObjectWriter
from athena_local.tables.writing import NewTable, Written
from tests.athena_local.fakes import FakeCatalog, clicks, columns
from tests.athena_local.write_fakes import BrokenError, FakePartitions, FakeWriter, FragileStore

FIELDS: list[tuple[str, pa.DataType]] = [
    ("id", pa.string()), ("n", pa.int64()), ("at", pa.timestamp("us")), ("gen", pa.string())
]  # fmt: skip
SCHEMA = pa.schema(FIELDS)
PARQUET: dict[str, Any] = {
    "DatabaseName": "shop",
    "Name": "clicks",
    "StorageDescriptor": {
        "SerdeInfo": {"SerializationLibrary": "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe"}
    },
}
NEW = NewTable(
    database="shop",
    name="made",
    columns=columns(id="string", n="bigint", at="timestamp", gen="string"),
    location="s3://shop/made/",
    properties={"partitioned_by": ("gen",)},
)


class World:
    def __init__(
        self, folder: Path, *, known: tuple[Partition, ...] = (), parameters: Mapping[str, str] = MappingProxyType({})
    ) -> None:
        self.table = clicks(parameters=parameters)
        self.store, self.folder = FragileStore({}), folder
        self.writer = FakeWriter({"shop.clicks": {**PARQUET, "Parameters": parameters}})
        self.partitions = FakePartitions(list(known))
        self.catalog = FakeCatalog([self.table], list(known))
        self.tables = HiveWriter(
            catalog=self.catalog,
            writer=self.writer,
            partitions=self.partitions,
            objects=ObjectWriter(store=self.store, folder=folder),
        )

    def insert(self, stopped: Callable[[], bool] = lambda: False, *, rows: Any = None) -> Written:
        return self.tables.insert(self.table, rows or three_hours(), stopped)

    def create(self, stopped: Callable[[], bool] = lambda: False, *, rows: Any = None) -> Written:
        return self.tables.create(NEW, rows or three_hours(), stopped)

    def is_untouched(self) -> bool:
        left = self.store.uploads, self.partitions.registered, list(self.folder.iterdir())
        return left == ({}, [], []) and list(self.writer.definitions) == ["shop.clicks"]


def three_hours() -> pa.RecordBatchReader:
    values = [("a", 1, None, "10"), ("b", 2, None, "11"), ("c", 3, None, "10"), ("d", 4, None, "12")]
    rows = [dict(zip(SCHEMA.names, each, strict=True)) for each in values]
    return pa.RecordBatchReader.from_batches(SCHEMA, pa.Table.from_pylist(rows, SCHEMA).to_batches())


def broken_rows() -> pa.RecordBatchReader:
    def batches() -> Iterator[pa.RecordBatch]:
        yield from three_hours()
        raise QueryError("DIVISION_BY_ZERO", "Division by zero")

    return pa.RecordBatchReader.from_batches(SCHEMA, batches())


def test_objects_and_partitions(tmp_path: Path) -> None:
    world = World(tmp_path, known=(Partition(values=("11",), location="s3://elsewhere/eleven/"),))
    written = world.insert()
    assert written.rows == 4
    assert sorted(address.rsplit("/", 1)[0] for address in written.addresses) == [
        "s3://elsewhere/eleven", "s3://shop/clicks/gen=10", "s3://shop/clicks/gen=12"
    ]  # fmt: skip
    assert set(world.store.uploads) == set(written.addresses)
    assert [each.values for each in world.partitions.registered] == [("11",), ("10",), ("12",)]


HOURS = {
    "projection.enabled": "true",
    "projection.gen.type": "integer",
    "projection.gen.range": "10,12",
    "storage.location.template": "s3://shop/by-hour/${gen}/",
}


def test_a_projected_table_registers_nothing(tmp_path: Path) -> None:
    world = World(tmp_path, parameters=HOURS)
    assert {address.rsplit("/", 1)[0] for address in world.insert().addresses} == {
        f"s3://shop/by-hour/{hour}" for hour in (10, 11, 12)
    }
    assert world.partitions.registered == []


@pytest.mark.parametrize("change", [{"projection.gen.digits": "3"}, {"projection.gen.range": "10,11"}])
def test_rows_that_no_projected_partition_would_have_are_refused(tmp_path: Path, change: dict[str, str]) -> None:
    world = World(tmp_path, parameters=HOURS | change)
    with pytest.raises(QueryError, match="NOT_SUPPORTED: clicks projects no partition with the values"):
        world.insert()
    assert world.is_untouched()


def test_a_partition_that_another_insert_has_filled_is_not_undone(tmp_path: Path) -> None:
    world = World(tmp_path)
    first, second = world.insert(), world.insert()
    first.undo()
    assert set(world.store.uploads) == set(second.addresses)
    assert [each.values for each in world.partitions.registered] == [("10",), ("11",), ("12",)]
    second.undo()


def test_a_partition_that_another_has_registered_meanwhile_is_not_undone(tmp_path: Path) -> None:
    world = World(tmp_path)
    world.partitions.meanwhile = [Partition(values=("11",), location="s3://shop/clicks/gen=11/")]
    world.insert().undo()
    assert world.partitions.registered == world.partitions.meanwhile
    assert world.store.uploads == {}


def test_a_partition_that_another_has_dropped_meanwhile_is_registered_again(tmp_path: Path) -> None:
    known = Partition(values=("11",), location="s3://elsewhere/eleven/")
    world = World(tmp_path, known=(known,))
    world.partitions.registered.clear()
    world.insert()
    assert known in world.partitions.registered


def test_a_partition_in_another_folder_is_refused(tmp_path: Path) -> None:
    world = World(tmp_path)
    other = Partition(values=("11",), location="s3://elsewhere/eleven/")
    world.partitions.meanwhile = [other]
    world.catalog.registered = world.partitions.registered
    with pytest.raises(QueryError, match="HIVE_CONCURRENT_MODIFICATION_DETECTED"):
        world.insert()
    assert world.store.uploads == {}
    assert world.partitions.registered == [other]


def test_a_partition_with_a_serde_of_its_own_is_not_written(tmp_path: Path) -> None:
    world = World(tmp_path, known=(Partition(values=("11",), location="s3://shop/eleven/", serde="other"),))
    with pytest.raises(QueryError, match="NOT_SUPPORTED: partitions with a SerDe of their own"):
        world.insert()
    assert world.store.uploads == {}


def test_a_table_whose_creation_was_reported_twice_is_kept(tmp_path: Path) -> None:
    world = World(tmp_path)
    world.writer.repeats = True
    assert world.create().rows == 4
    assert len(world.store.uploads) == 3


def test_a_table_that_another_has_made_meanwhile_is_kept(tmp_path: Path) -> None:
    world = World(tmp_path)
    world.writer.definitions["shop.made"] = other = {"Name": "made", "StorageDescriptor": {"Location": "s3://a/b"}}
    with pytest.raises(QueryError, match=r"TABLE_ALREADY_EXISTS: .*Destination table"):
        world.create()
    assert world.store.uploads == {}
    assert world.writer.definitions["shop.made"] == other


def test_a_table_is_made(tmp_path: Path) -> None:
    world = World(tmp_path)
    assert world.create().rows == 4
    made = world.writer.definitions["shop.made"]
    assert made["PartitionKeys"] == [{"Name": "gen", "Type": "string"}]
    assert len(world.partitions.registered) == len(world.store.uploads) == 3


@pytest.mark.parametrize("action", ["insert", "create"])
def test_what_is_undone_leaves_nothing(tmp_path: Path, action: str) -> None:
    world = World(tmp_path)
    getattr(world, action)().undo()
    world.partitions.registered = [] if action == "create" else world.partitions.registered  # they go with the table
    assert world.is_untouched()


@pytest.mark.parametrize("action", ["insert", "create"])
@pytest.mark.parametrize("stores_first", [True, False])
@pytest.mark.parametrize("fails_at", [1, 2, 3])
def test_a_store_that_fails(tmp_path: Path, action: str, fails_at: int, *, stores_first: bool) -> None:
    world = World(tmp_path)
    world.store.fails_at, world.store.stores_first = fails_at, stores_first
    with pytest.raises(BrokenError):
        getattr(world, action)()
    assert world.store.puts == fails_at
    assert world.is_untouched()


def test_a_catalog_that_refuses_the_table(tmp_path: Path) -> None:
    world = World(tmp_path)
    world.writer.refuses = True
    with pytest.raises(BrokenError):
        world.create()
    assert world.is_untouched()


@pytest.mark.parametrize("action", ["insert", "create"])
def test_a_catalog_that_refuses_a_partition(tmp_path: Path, action: str) -> None:
    world = World(tmp_path)
    world.partitions.refuses = True
    with pytest.raises(BrokenError):
        getattr(world, action)()
    world.partitions.registered = [] if action == "create" else world.partitions.registered  # they go with the table
    assert world.is_untouched()


@pytest.mark.parametrize("action", ["insert", "create"])
def test_rows_that_fail(tmp_path: Path, action: str) -> None:
    world = World(tmp_path)
    with pytest.raises(QueryError, match="DIVISION_BY_ZERO"):
        getattr(world, action)(rows=broken_rows())
    assert world.is_untouched()


@pytest.mark.parametrize("action", ["insert", "create"])
@pytest.mark.parametrize("asked", range(5))
def test_a_stop_at_any_step(tmp_path: Path, action: str, asked: int) -> None:
    world = World(tmp_path)
    answers = iter([False] * asked + [True])
    with pytest.raises(CancelledError):
        getattr(world, action)(lambda: next(answers))
    assert world.store.puts == max(asked - 1, 0)
    assert world.is_untouched()


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"StorageDescriptor": {"SerdeInfo": {"SerializationLibrary": "OpenCSVSerde"}}}, "its SerDe is 'OpenCSVSerde'"),
        ({"StorageDescriptor": PARQUET["StorageDescriptor"] | {"BucketColumns": ["id"]}}, "the table is bucketed"),
        ({"Parameters": {"skip.header.line.count": "1"}}, "skip.header.line.count"),
        ({"Parameters": {"parquet.compression": "LZO"}}, "PARQUET with the compression LZO"),
    ],
)
def test_tables_that_are_not_written(tmp_path: Path, changes: dict[str, Any], reason: str) -> None:
    world = World(tmp_path)
    world.writer.definitions["shop.clicks"] = {**PARQUET, **changes}
    with pytest.raises(QueryError, match=f"NOT_SUPPORTED: .*{reason}"):
        world.insert()
    assert world.is_untouched()
