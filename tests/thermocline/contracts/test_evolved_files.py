"""Files of an older contract and of a newer one are one table."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from athena_local.execution.engine import Engine
from athena_local.execution.query_runner import QueryRunner
from athena_local.execution.requests import Request
from athena_local.statements.kinds import classify
from athena_local.tables.catalog import Table, table_from_glue
from athena_local.tables.object_cache import ObjectCache
from athena_local.tables.pruning import Pruner
from athena_local.tables.sources import HiveTables
from tests.athena_local.fakes import PROJECTION, FakeCatalog, FakeStore
from tests.thermocline.contracts.changes import column, contract, replace, with_column, with_new_columns
from thermocline.contracts import Contract
from thermocline.contracts.arrow import stored_schema
from thermocline.contracts.evolution import evolution_problems
from thermocline.contracts.glue import glue_columns, glue_partition_keys

NOW = dt.datetime(2026, 11, 22, 12, 30, tzinfo=dt.UTC)
OLD = contract(
    [
        column("event_id", required=True),
        column("clicks", "int"),
        column("gen", required=True, partition=True, written_by="convert"),
    ]
)
NEW = replace(
    with_new_columns(with_column(OLD, "clicks", type="bigint"), column("country"), column("price", "decimal(38,9)")),
    version="1.1.0",
)


def parquet(version: Contract, *rows: dict[str, object]) -> bytes:
    sink = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(list(rows), schema=stored_schema(version)), sink)
    return sink.getvalue()


def orders(version: Contract) -> Table:
    return table_from_glue(
        {
            "DatabaseName": "lake",
            "Name": "orders",
            "Parameters": PROJECTION,
            "PartitionKeys": glue_partition_keys(version),
            "StorageDescriptor": {
                "Location": "s3://lake/hot/orders/",
                "Columns": glue_columns(version),
                "InputFormat": "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat",
                "SerdeInfo": {"SerializationLibrary": "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe"},
            },
        }
    )


def asked(runner: QueryRunner, sql: str) -> list[list[str | None]]:
    with runner.cursor() as cursor:
        answer = runner.run(Request(statement=classify(sql), database="lake"), cursor, lambda: False)
        return [[column.name for column in answer.columns], *(list(row) for row in answer.rows)]


def test_old_and_new_files_of_a_table_are_read_together(tmp_path: Path) -> None:
    assert evolution_problems([NEW], [OLD]) == []
    store = FakeStore(
        {
            "hot/orders/gen=2026-11-22-10/old.parquet": parquet(OLD, {"event_id": "e1", "clicks": 2**31 - 1}),
            "hot/orders/gen=2026-11-22-11/new.parquet": parquet(
                NEW, {"event_id": "e2", "clicks": 2**31, "country": "DE"}
            ),
            # A redelivery after the deploy: both versions in one generation.
            "hot/orders/gen=2026-11-22-11/old.parquet": parquet(OLD, {"event_id": "e3", "clicks": None}),
        }
    )
    catalog, engine = FakeCatalog([orders(NEW)]), Engine(folder=tmp_path)
    pruner = Pruner(catalog=catalog, store=store, keep=engine.keep_partitions, clock=lambda: NOW)
    cache = ObjectCache(store=store, folder=tmp_path)
    runner = QueryRunner(engine=engine, catalog=catalog, tables=HiveTables(catalog=catalog, pruner=pruner, cache=cache))
    assert asked(runner, "SELECT * FROM orders ORDER BY event_id") == [
        ["event_id", "clicks", "country", "price", "gen"],
        ["e1", "2147483647", None, None, "2026-11-22-10"],
        ["e2", "2147483648", "DE", None, "2026-11-22-11"],
        ["e3", None, None, None, "2026-11-22-11"],
    ]
    assert asked(runner, "SELECT sum(clicks), count(country) FROM orders") == [["_col0", "_col1"], ["4294967295", "1"]]
    assert asked(runner, "SELECT event_id FROM orders WHERE clicks > 2147483647") == [["event_id"], ["e2"]]
