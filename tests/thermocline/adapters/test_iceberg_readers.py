"""Every engine reads a warm table alike: types, nulls, added and widened columns, partitions, replaced generations."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from importlib.resources import files
from pathlib import Path
from typing import Any

import boto3
import duckdb
import pytest

from athena_local.api.server import application
from athena_local.bootstrap import build_api
from tests.athena_local.conformance.tables import ICEBERG, catalogs
from tests.athena_local.conformance.trino.client import Client
from tests.athena_local.conformance.trino.server import trino
from tests.athena_local.endpoint.tables import CREDENTIALS, Endpoint, serve
from tests.fakes.emulator import client, emulator
from tests.fakes.warm_tables import BUCKET, DATABASE, WarmTable, row, with_column
from thermocline.layout import warm_table
from thermocline.warm.model import Change

Row = dict[str, Any]

EIGHT, NINE, TEN = "2026-11-26-08", "2026-11-26-09", "2026-11-26-10"
_READ: Mapping[str, Callable[[str], Any]] = {
    "event_time": lambda text: dt.datetime.fromisoformat(text.strip().ljust(26, "0") if "." in text else text),
    "clicks": int,
    "total": int,
    "share": float,
    "is_bot": lambda text: text.lower() == "true",
    "day": dt.date.fromisoformat,
    "revenue": Decimal,
    "later": float,
}


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with emulator(tmp_path_factory.mktemp("emulator")) as address:
        yield address


@pytest.fixture(scope="module")
def table(url: str) -> WarmTable:
    """Return a table that has been through everything."""
    table = WarmTable(url, max_manifests=3)
    table.put(EIGHT, 1, [1, 2, 3])
    table.put(NINE, 2, [9, 10, 140])
    table.put(EIGHT, 3, [4, 5])
    wider = with_column(with_column(table.contract, "clicks", "bigint"), "later", "double")
    table.catalog_with(table.glue, wider).ensure(table.name)
    base = table.catalog.load(table.name)
    old = [file for file in table.catalog.files(base) if file.holds(NINE) and file.last_time.month == 11]
    several = table.write(NINE, [row(9), row(10), row(11, gen=TEN, clicks=2**40, later=0.1)])
    table.catalog.commit(base, Change(token=4, gens=(TEN,), add=(several,), remove=tuple(old)))
    return table


GENS = {4: EIGHT, 5: EIGHT, 9: NINE, 10: NINE, 11: TEN, 140: NINE}
CHANGED = {11: {"clicks": 2**40, "later": 0.1}}
WANTED = [{**row(n), "gen": gen, "later": None, **CHANGED.get(n, {})} for n, gen in GENS.items()]


def from_text(rows: list[dict[str, str | None]]) -> list[Row]:
    """Return values of rows of text."""
    return [
        {name: None if text is None else _READ.get(name, str)(text) for name, text in each.items()} for each in rows
    ]


def in_order(rows: list[Row]) -> list[Row]:
    return sorted(rows, key=lambda each: str(each["event_id"]))


def local_copy(table: WarmTable, folder: Path) -> tuple[Path, str]:
    """Copy the table's objects; return their folder, and the name of the current metadata."""
    for key in table.object_keys():
        path = folder / key
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(table.body(f"s3://{BUCKET}/{key}"))
    name = Path(table.definition()["Parameters"]["metadata_location"]).name
    return folder / "warm" / table.name, name.removesuffix(".metadata.json")


def test_pyiceberg(table: WarmTable) -> None:
    loaded = table.catalog.load(table.name).handle.table
    assert in_order(loaded.scan().to_arrow().to_pylist()) == WANTED
    pruned = loaded.scan(row_filter="event_time >= '2026-12-01T00:00:00'")
    assert [task.file.record_count for task in pruned.plan_files()] == [1]


def test_duckdb(table: WarmTable, tmp_path: Path) -> None:
    connection = duckdb.connect()
    for name in ("avro", "iceberg"):
        [extension] = Path(str(files(f"duckdb_extension_{name}"))).glob(f"extensions/*/{name}.duckdb_extension")
        connection.execute(f"LOAD '{extension}'")
    folder, version = local_copy(table, tmp_path)
    scan = f"iceberg_scan('{folder}', version = '{version}', allow_moved_paths = true)"
    assert in_order(connection.sql(f"SELECT * FROM {scan}").to_arrow_table().to_pylist()) == WANTED


def test_the_offline_athena(table: WarmTable, url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in CREDENTIALS.items():
        monkeypatch.setenv(name, value)
    results = {"ResultConfiguration": {"OutputLocation": f"s3://{BUCKET}/results/"}}
    client("athena", url).create_work_group(Name="readers", Configuration=results)
    api = build_api(endpoint_url=url, region="us-east-1", cache_dir=tmp_path, memory_limit="300MB")
    address, stop = serve(application(api))
    endpoint = Endpoint(url, address, boto3.client("athena", endpoint_url=address), table.s3, table.glue)
    place = {"QueryExecutionContext": {"Database": DATABASE}, "WorkGroup": "readers"}
    names, *rows = endpoint.rows(f"SELECT * FROM {warm_table(table.name)}", **place)
    counted = endpoint.rows(
        f"SELECT count(*) FROM {warm_table(table.name)} WHERE event_time >= TIMESTAMP '2026-12-01 00:00:00'", **place
    )
    stop()
    shown = in_order(from_text([dict(zip(map(str, names), each, strict=True)) for each in rows]))
    milliseconds = {each["event_id"]: each["event_time"].replace(microsecond=0) for each in WANTED}
    assert shown == [each | {"event_time": milliseconds[each["event_id"]]} for each in WANTED]
    assert counted[1:] == [["1"]]


@pytest.mark.nightly
@pytest.mark.timeout(600)
def test_trino(table: WarmTable, url: str) -> None:
    with trino(catalogs({"AWS_ENDPOINT_URL": url}, warehouse=f"s3://{BUCKET}/")) as address:
        answer = Client(address, catalog=ICEBERG, schema=DATABASE).ask(f"SELECT * FROM {warm_table(table.name)}")
    names = [column["name"] for column in answer.columns]
    texts = [{n: None if v is None else str(v) for n, v in zip(names, each, strict=True)} for each in answer.rows]
    assert in_order(from_text(texts)) == WANTED


@pytest.mark.nightly
@pytest.mark.timeout(600)
def test_spark(table: WarmTable, url: str) -> None:
    pytest.importorskip("pyspark")
    command = (sys.executable, "-m", "tests.fakes.read_with_spark", url, f"{DATABASE}.{warm_table(table.name)}")
    read = subprocess.run(command, check=True, capture_output=True, text=True)
    assert in_order(from_text(json.loads(read.stdout.splitlines()[-1]))) == WANTED
