"""A small shop: its tables and events, and how a test asks questions of it."""

import asyncio
import io
import json
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import pyarrow as pa
import pyarrow.parquet as pq
from aiohttp import web

CREDENTIALS = {
    "AWS_ACCESS_KEY_ID": "test",
    "AWS_SECRET_ACCESS_KEY": "test",
    "AWS_DEFAULT_REGION": "us-east-1",
    "AWS_REGION": "us-east-1",
}
COLUMNS = [
    ("event_id", "string"),
    ("event_time", "timestamp"),
    ("amount", "decimal(38,9)"),
    ("clicks", "bigint"),
    ("properties", "string"),
    ("tags", "array<string>"),
    ("added_later", "string"),
]
FIELDS: dict[str, pa.DataType] = {
    "event_id": pa.string(),
    "event_time": pa.timestamp("us", tz="UTC"),
    "amount": pa.decimal128(38, 9),
    "clicks": pa.int32(),
    "properties": pa.string(),
    "tags": pa.list_(pa.string()),
    "gen": pa.string(),
}
SCHEMA = pa.schema(FIELDS)
PROJECTION = {
    "projection.enabled": "true",
    "projection.gen.type": "date",
    "projection.gen.format": "yyyy-MM-dd-HH",
    "projection.gen.range": "2026-11-01-00,NOW+1HOURS",
    "projection.gen.interval": "1",
    "projection.gen.interval.unit": "HOURS",
}


@dataclass(frozen=True)
class Endpoint:
    """Clients, and a query function that waits for its end."""

    aws_url: str
    athena_url: str
    athena: Any
    s3: Any
    glue: Any

    def execute(self, sql: str, **options: Any) -> dict[str, Any]:
        options.setdefault("QueryExecutionContext", {"Database": "shop"})
        options.setdefault("WorkGroup", "analysts")
        return self.wait(self.athena.start_query_execution(QueryString=sql, **options)["QueryExecutionId"])

    def wait(self, execution_id: str) -> dict[str, Any]:
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            execution: dict[str, Any] = self.athena.get_query_execution(QueryExecutionId=execution_id)["QueryExecution"]
            if execution["Status"]["State"] not in ("QUEUED", "RUNNING"):
                return execution
            time.sleep(0.02)
        raise TimeoutError(execution_id)

    def rows(self, sql: str, **options: Any) -> list[list[str | None]]:
        execution = self.execute(sql, **options)
        assert execution["Status"]["State"] == "SUCCEEDED", execution["Status"]
        pages = self.athena.get_paginator("get_query_results").paginate(QueryExecutionId=execution["QueryExecutionId"])
        return [
            [datum.get("VarCharValue") for datum in row["Data"]] for page in pages for row in page["ResultSet"]["Rows"]
        ]


def parquet(rows: list[dict[str, Any]], schema: pa.Schema = SCHEMA) -> bytes:
    sink = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows, schema=schema), sink)
    return sink.getvalue()


def event(number: int, hour: int, **changes: Any) -> dict[str, Any]:
    return {
        "event_id": f"e{number}",
        "event_time": datetime(2026, 11, 22, hour, 30, tzinfo=UTC),
        "amount": Decimal("1.5") * number,
        "clicks": number,
        "properties": json.dumps({"page": {"path": f"/p{number}"}}),
        "tags": ["a", "b"],
        "gen": "in the file",
        **changes,
    }


def glue_table(name: str, location: str, **changes: Any) -> dict[str, Any]:
    table = {
        "Name": name,
        "TableType": "EXTERNAL_TABLE",
        "Parameters": PROJECTION,
        "PartitionKeys": [{"Name": "gen", "Type": "string"}],
        "StorageDescriptor": {
            "Location": location,
            "Columns": [{"Name": column, "Type": type_} for column, type_ in COLUMNS],
            "InputFormat": "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat",
            "SerdeInfo": {"SerializationLibrary": "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe"},
        },
    }
    return table | changes


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(url: str) -> None:
    deadline = time.monotonic() + 30
    while True:
        try:
            with urlopen(url, timeout=1):
                return
        except (URLError, OSError):
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)


def fill(glue: Any, s3: Any, athena: Any) -> None:
    s3.create_bucket(Bucket="shop")
    s3.create_bucket(Bucket="results")
    glue.create_database(DatabaseInput={"Name": "shop"})
    glue.create_table(DatabaseName="shop", TableInput=glue_table("orders", "s3://shop/orders/"))
    glue.create_table(DatabaseName="shop", TableInput=glue_table("empty", "s3://shop/empty/"))
    files = {
        "gen=2026-11-22-10/one.parquet": [event(1, 10), event(2, 10)],
        "gen=2026-11-22-11/two.parquet": [event(3, 11)],
        "gen=2026-11-22-12/three.parquet": [event(4, 12, amount=None, properties='say "hi", bye', tags=None)],
        "gen=2026-10-31-23/before the range.parquet": [event(5, 12)],
        "gen=2026-11-22-12/_hidden": [event(6, 12)],
    }
    for key, rows in files.items():
        s3.put_object(Bucket="shop", Key=f"orders/{key}", Body=parquet(rows))
    workgroups: dict[str, dict[str, Any]] = {
        "analysts": {"EnforceWorkGroupConfiguration": False},
        "frugal": {"BytesScannedCutoffPerQuery": 10_000_000},
        "enforced": {},
    }
    for name, settings in workgroups.items():
        configuration = {"ResultConfiguration": {"OutputLocation": f"s3://results/{name}/"}, **settings}
        athena.create_work_group(Name=name, Configuration=configuration)


def serve(app: web.Application) -> tuple[str, Callable[[], None]]:
    """Run an application on a thread; return its address and how to stop it."""
    loop = asyncio.new_event_loop()
    runner = web.AppRunner(app)

    async def start() -> int:
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        return int(runner.addresses[0][1])

    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    port = asyncio.run_coroutine_threadsafe(start(), loop).result(10)

    def stop() -> None:
        asyncio.run_coroutine_threadsafe(runner.cleanup(), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()

    return f"http://127.0.0.1:{port}", stop
