"""Files of an older contract and of a newer one are one table."""

from __future__ import annotations

import io

import pyarrow as pa
import pyarrow.parquet as pq

from tests.athena_local.endpoint.lake import PROJECTION, Lake
from tests.thermocline.contracts.changes import column, contract, replace, with_column, with_new_columns
from thermocline.contracts import Contract
from thermocline.contracts.arrow import stored_schema
from thermocline.contracts.evolution import evolution_problems
from thermocline.contracts.glue import glue_columns, glue_partition_keys

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


def test_old_and_new_files_of_a_hot_table_are_read_together(lake: Lake) -> None:
    assert evolution_problems([NEW], [OLD]) == []
    files = {
        "gen=2026-11-22-10/old.parquet": parquet(OLD, {"event_id": "e1", "clicks": 2**31 - 1}),
        "gen=2026-11-22-11/new.parquet": parquet(NEW, {"event_id": "e2", "clicks": 2**31, "country": "DE"}),
        # A redelivery after the deploy: both versions in one generation.
        "gen=2026-11-22-11/old.parquet": parquet(OLD, {"event_id": "e3", "clicks": None}),
    }
    for key, body in files.items():
        lake.s3.put_object(Bucket="lake", Key=f"hot/orders/{key}", Body=body)
    descriptor = {
        "Location": "s3://lake/hot/orders/",
        "Columns": glue_columns(NEW),
        "InputFormat": "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat",
        "SerdeInfo": {"SerializationLibrary": "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe"},
    }
    table = {
        "Name": f"hot_{NEW.table}",
        "TableType": "EXTERNAL_TABLE",
        "Parameters": PROJECTION,
        "PartitionKeys": glue_partition_keys(NEW),
        "StorageDescriptor": descriptor,
    }
    lake.glue.create_table(DatabaseName="lake", TableInput=table)
    assert lake.rows("SELECT * FROM hot_orders ORDER BY event_id") == [
        ["event_id", "clicks", "country", "price", "gen"],
        ["e1", "2147483647", None, None, "2026-11-22-10"],
        ["e2", "2147483648", "DE", None, "2026-11-22-11"],
        ["e3", None, None, None, "2026-11-22-11"],
    ]
    assert lake.rows("SELECT sum(clicks), count(country) FROM hot_orders") == [["_col0", "_col1"], ["4294967295", "1"]]
    assert lake.rows("SELECT event_id FROM hot_orders WHERE clicks > 2147483647") == [["event_id"], ["e2"]]
