"""An emulator and the offline Athena as processes of their own, with the benchmark's tables."""

import io
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack, contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import boto3
import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.athena.sample import columns

DATABASE, BUCKET = "bench", "bench"
_POLL_SECONDS = 0.002
_HOURS, _OBJECTS = 8_760, 2_000
_FIRST_HOUR = datetime(2025, 1, 1)  # noqa: DTZ001  (the name of a partition)
CREDENTIALS = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_DEFAULT_REGION": "us-east-1"}


class AthenaFailedError(Exception):
    """A query did not succeed."""


class Athena:
    """The endpoint, as a client sees it."""

    def __init__(self, client: Any, pid: int) -> None:
        self._client = client
        self.pid = pid

    def rows(self, sql: str) -> list[list[str | None]]:
        """Run a query, and return its rows without the header."""
        return self.scan(sql)[0]

    def scan(self, sql: str) -> tuple[list[list[str | None]], int]:
        """Run a query, and return its rows without the header, and the bytes that it scanned."""
        started = self._client.start_query_execution(
            QueryString=sql,
            QueryExecutionContext={"Database": DATABASE},
            ResultConfiguration={"OutputLocation": f"s3://{BUCKET}/results/"},
        )
        execution_id = started["QueryExecutionId"]
        while (status := self._execution(execution_id)["Status"])["State"] in ("QUEUED", "RUNNING"):
            time.sleep(_POLL_SECONDS)
        if status["State"] != "SUCCEEDED":
            raise AthenaFailedError(f"{status['StateChangeReason']}: {sql}")
        pages = self._client.get_paginator("get_query_results").paginate(QueryExecutionId=execution_id)
        rows = [row["Data"] for page in pages for row in page["ResultSet"]["Rows"]]
        scanned = self._execution(execution_id)["Statistics"]["DataScannedInBytes"]
        return [[datum.get("VarCharValue") for datum in row] for row in rows[1:]], scanned

    def _execution(self, execution_id: str) -> dict[str, Any]:
        execution: dict[str, Any] = self._client.get_query_execution(QueryExecutionId=execution_id)["QueryExecution"]
        return execution


def running(folder: Path, files: list[Path]) -> AbstractContextManager[Athena]:
    """Start both with `files` as the table ``hits`` (see `started`)."""
    return started(folder, lambda url: _fill(url, files))


@contextmanager
def started(folder: Path, fill: Callable[[str], None]) -> Iterator[Athena]:
    """Start both; they end with the context.

    Parameters
    ----------
    folder
        An empty folder for what the processes write.
    fill
        Makes bucket, database and tables over the emulator's address.
    """
    with ExitStack() as stack:
        aws_port, port = _free_port(), _free_port()
        url = f"http://127.0.0.1:{aws_port}"
        settings = {
            "GATEWAY_PORT": str(aws_port),
            "BIND_HOST": "127.0.0.1",
            "IOT_MTLS_ENABLED": "0",
            "SFTP_ENABLED": "0",
        }
        stack.enter_context(_process(folder, ["ministack"], settings, f"{url}/_ministack/ready"))
        fill(url)
        arguments = ["athena_local", "--port", str(port), "--endpoint-url", url, "--cache-dir", str(folder / "cache")]
        ready = f"http://127.0.0.1:{port}/healthz"
        child = stack.enter_context(_process(folder, arguments, {}, ready))
        yield Athena(_client("athena", f"http://127.0.0.1:{port}"), child.pid)


def _client(service: str, url: str) -> Any:
    return boto3.client(
        service,
        endpoint_url=url,
        region_name="us-east-1",
        aws_access_key_id=CREDENTIALS["AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=CREDENTIALS["AWS_SECRET_ACCESS_KEY"],
    )


@contextmanager
def _process(
    folder: Path, module: list[str], settings: dict[str, str], ready: str
) -> Iterator[subprocess.Popen[bytes]]:
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "TMPDIR": str(folder), **CREDENTIALS, **settings}
    root = Path(__file__).parents[2]
    with (
        (folder / f"{module[0]}.log").open("w") as log,
        subprocess.Popen([sys.executable, "-m", *module], env=environment, cwd=root, stdout=log, stderr=log) as child,
    ):
        try:
            _wait(ready)
            yield child
        finally:
            child.terminate()


def _fill(url: str, files: list[Path]) -> None:
    s3, glue = _client("s3", url), _client("glue", url)
    s3.create_bucket(Bucket=BUCKET)
    glue.create_database(DatabaseInput={"Name": DATABASE})
    for file in files:
        s3.upload_file(str(file), BUCKET, f"hits/{file.name}")
    glue.create_table(DatabaseName=DATABASE, TableInput=table_input("hits", columns()))
    _fill_hours(s3, glue)


def _fill_hours(s3: Any, glue: Any) -> None:
    """Make a table with hourly projection over a year, and with objects in every fourth of its hours."""
    sink = io.BytesIO()
    pq.write_table(pa.table({"id": [1, 2, 3]}), sink)
    body = sink.getvalue()
    hours = [_FIRST_HOUR + timedelta(hours=number * _HOURS // _OBJECTS) for number in range(_OBJECTS)]
    keys = [f"hours/hour={hour:%Y-%m-%d-%H}/one.parquet" for hour in hours]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda key: s3.put_object(Bucket=BUCKET, Key=key, Body=body), keys))
    projection = {
        "projection.enabled": "true",
        "projection.hour.type": "date",
        "projection.hour.format": "yyyy-MM-dd-HH",
        "projection.hour.range": "2025-01-01-00,2025-12-31-23",
        "projection.hour.interval": "1",
        "projection.hour.interval.unit": "HOURS",
    }
    partition_keys = [{"Name": "hour", "Type": "string"}]
    table = table_input("hours", [("id", "bigint")]) | {"Parameters": projection, "PartitionKeys": partition_keys}
    glue.create_table(DatabaseName=DATABASE, TableInput=table)


def table_input(name: str, fields: list[tuple[str, str]]) -> dict[str, Any]:
    """Return a table of Parquet files as Glue has it."""
    return {
        "Name": name,
        "TableType": "EXTERNAL_TABLE",
        "StorageDescriptor": {
            "Location": f"s3://{BUCKET}/{name}/",
            "Columns": [{"Name": column, "Type": type_} for column, type_ in fields],
            "InputFormat": "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat",
            "SerdeInfo": {"SerializationLibrary": "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe"},
        },
    }


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(url: str) -> None:
    deadline = time.monotonic() + 30
    while True:
        try:
            with urlopen(url, timeout=1):  # noqa: S310  (an address of this machine)
                return
        except (URLError, OSError):
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)
