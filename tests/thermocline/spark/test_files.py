"""The files that Spark writes are a warm table's: every reader, the commit and the orphan sweep take them for ours."""

from __future__ import annotations

import io
from collections.abc import Iterator
from importlib.resources import files as resource
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.fakes.emulator import emulator
from thermocline.errors import HotFileMissing, WarmColumnMissing
from thermocline.ledger import Suppression

pytest.importorskip("pyspark")

from tests.fakes.spark import session
from tests.thermocline.spark.lake import BUCKET, NOON, Row, TwoEngines

pytestmark = [
    pytest.mark.nightly,
    pytest.mark.timeout(900),
    pytest.mark.filterwarnings("ignore:distutils Version classes:DeprecationWarning"),  # PySpark 3.5's own
    pytest.mark.filterwarnings("ignore::ResourceWarning"),  # sockets to Java
]

GEN = "2026-11-22-12"
ROW: Row = {
    "event_id": "a", "event_time": NOON, "person": "v1", "clicks": 1, "total": 2, "share": 0.5, "is_bot": True,
    "day": NOON.date(), "revenue": None, "properties": "{}", "source": "shop", "fingerprint": 1, "received_at": NOON,
    "_src": "raw/a",
}  # fmt: skip


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TwoEngines]:
    folder = tmp_path_factory.mktemp("lake")
    (folder / "emulator").mkdir()
    with emulator(folder / "emulator") as url:
        spark = session(url, folder / "warehouse")
        yield TwoEngines(url, spark, folder / "work", "filed")
        spark.stop()


@pytest.fixture(scope="module")
def file(lake: TwoEngines) -> pq.ParquetFile:
    """A file of two rows, which is committed."""
    hot = lake.put_hot("hot/filed/a.parquet", [ROW, ROW | {"event_id": "b", "person": None}])
    written = lake.spark.write(lake.work(GEN, [hot], Suppression()))
    lake.commit(GEN, written)
    (only,) = written.files
    assert only.path.startswith(f"s3://{BUCKET}/warm/filed/data/event_time_month=2026-11/")
    body = lake.body(only.path.partition(f"{BUCKET}/")[2])
    assert (only.rows, only.bytes, only.first_gen, only.last_gen) == (2, len(body), GEN, GEN)
    assert (only.first_time, only.last_time) == (NOON, NOON)
    return pq.ParquetFile(io.BytesIO(body))


def test_columns_have_the_types_the_ids_and_the_order_of_the_table(lake: TwoEngines, file: pq.ParquetFile) -> None:
    wanted = lake.catalog.schema_of("filed")
    assert [(f.name, f.type) for f in file.schema_arrow] == [(f.name, f.type) for f in wanted]
    ids, own_ids = ([(f.metadata or {})[b"PARQUET:field_id"] for f in each] for each in (wanted, file.schema_arrow))
    assert own_ids == ids
    assert {f.name for f in file.schema_arrow if not f.nullable} == {f.name for f in wanted if not f.nullable}
    assert file.schema_arrow.field("event_time").type == pa.timestamp("us")


def test_it_has_zstd_page_indexes_and_bloom_filters(file: pq.ParquetFile) -> None:
    group: Any = file.metadata.row_group(0)
    columns = {column.path_in_schema: column for column in map(group.column, range(group.num_columns))}
    assert {column.compression for column in columns.values()} == {"ZSTD"}
    assert all(column.has_column_index and column.has_offset_index for column in columns.values())
    filtered = {name for name, column in columns.items() if column.bloom_filter_offset}
    assert (
        {"event_id"} <= filtered <= {"event_id", "person", "total"}
    )  # a column of few values has a dictionary instead


@pytest.mark.usefixtures("file")
def test_the_tables_manifest_bounds_no_person(lake: TwoEngines) -> None:
    state = lake.catalog.load("filed").handle
    (data_file,) = state.data_files.values()
    ids = {field.field_id: field.name for field in state.table.schema().fields}
    bounded = {ids[number] for number in data_file.lower_bounds}
    assert not bounded & {"person", "total", "properties"}
    assert {"event_id", "event_time", "gen"} <= bounded


@pytest.mark.usefixtures("file")
def test_pyiceberg_and_duckdb_read_it(lake: TwoEngines, tmp_path: Path) -> None:
    table = lake.catalog.load("filed").handle.table
    assert sorted(table.scan().to_arrow()["event_id"].to_pylist()) == ["a", "b"]
    for page in lake.s3.get_paginator("list_objects_v2").paginate(Bucket=BUCKET, Prefix="warm/filed/"):
        for item in page["Contents"]:
            path = tmp_path / item["Key"]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(lake.body(item["Key"]))
    connection = duckdb.connect()
    for name in ("avro", "iceberg"):
        [extension] = Path(str(resource(f"duckdb_extension_{name}"))).glob(f"extensions/*/{name}.duckdb_extension")
        connection.execute(f"LOAD '{extension}'")
    version = Path(table.metadata_location).name.removesuffix(".metadata.json")
    scan = f"iceberg_scan('{tmp_path / 'warm' / 'filed'}', version = '{version}', allow_moved_paths = true)"
    found = connection.sql(f"SELECT event_id, person, event_time FROM {scan} ORDER BY 1").fetchall()
    assert found == [("a", "v1", NOON.replace(tzinfo=None)), ("b", None, NOON.replace(tzinfo=None))]


def test_nothing_is_written_when_a_hot_file_is_missing(lake: TwoEngines) -> None:
    hot = lake.put_hot("hot/filed/b.parquet", [ROW])
    before = _keys(lake)
    with pytest.raises(HotFileMissing, match="hot/filed/gone is not there"):
        lake.spark.write(lake.work("2026-11-22-13", [hot, "hot/filed/gone"], Suppression()))
    assert _keys(lake) == before


def test_values_without_a_column_are_not_left_out(lake: TwoEngines) -> None:
    sink = io.BytesIO()
    pq.write_table(pa.table({"later": [1]}), sink)
    lake.s3.put_object(Bucket=BUCKET, Key="hot/filed/c.parquet", Body=sink.getvalue())
    with pytest.raises(WarmColumnMissing, match="filed has no column later yet"):
        lake.spark.write(lake.work("2026-11-22-13", ["hot/filed/c.parquet"], Suppression()))


def test_a_required_column_without_a_value_is_an_error(lake: TwoEngines) -> None:
    hot = lake.put_hot("hot/filed/d.parquet", [ROW], without=("source",))
    with pytest.raises(Exception, match=r"(?i)null"):
        lake.spark.write(lake.work("2026-11-22-13", [hot], Suppression()))


def _keys(lake: TwoEngines) -> list[str]:
    pages = lake.s3.get_paginator("list_objects_v2").paginate(Bucket=BUCKET)
    return [item["Key"] for page in pages for item in page["Contents"]]
