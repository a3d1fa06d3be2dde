"""Extreme values are in warm as they are in hot, and a condition on one of them finds its row."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from pyiceberg.expressions import EqualTo, IsNaN

from tests.fakes import HASHER
from tests.fakes.emulator import emulator
from tests.fakes.warm_tables import BUCKET, WarmTable, trial
from thermocline.adapters.iceberg import IcebergCatalog
from thermocline.adapters.s3_files import S3Files
from thermocline.contracts import Column, Contract
from thermocline.contracts.arrow import stored_schema
from thermocline.ledger import Suppression
from thermocline.warm.model import Change
from thermocline.warm.rows import ParquetRows
from thermocline.warm.work import Work

FAR = (dt.datetime(1, 1, 1), dt.datetime(9999, 12, 31, 23, 59, 59, 999_999))  # noqa: DTZ001  (the table's have no zone)
VALUES: dict[str, list[Any]] = {
    "event_time": [*FAR, dt.datetime(1969, 12, 31, 23, 59, 59, 999_999), dt.datetime(1960, 2, 29, 0, 0, 0, 1)],  # noqa: DTZ001
    "note": ["", "é'\x1f\\\n", "\U0010ffff" * 40, "x" * 10_000, "\x00"],
    "clicks": [-(2**31), 2**31 - 1, 0],
    "total": [-(2**63), 2**63 - 1],
    "share": [-0.0, math.nan, math.inf, -math.inf, 5e-324],
    "is_bot": [False],
    "day": [dt.date(1, 1, 1), dt.date(9999, 12, 31), dt.date(1969, 12, 31)],
    "revenue": [Decimal("-99999999999999999999999999999.999999999"), Decimal("-0.000000001"), Decimal("0E-9")],
}
CASES = [(name, value) for name, values in VALUES.items() for value in values]


def contract(name: str) -> Contract:
    """Return the contract of a table that a warm row has all it needs in, and a column of every type."""

    def column(name: str, type_: str, *, required: bool = True) -> Column:
        return Column(name=name, description=name, type=type_, classification="internal", required=required)

    types = {"event_id": "string", "fingerprint": "bigint", "source": "string", "received_at": "timestamp"}
    own = [column(name, type_) for name, type_ in (types | {"_src": "string"}).items()]
    kept = [each for each in trial(name).columns if each.name not in ("event_id", "person", "properties")]
    columns = (*own, *kept, column("note", "string", required=False))
    return msgspec.structs.replace(trial(name), columns=columns, sorted_by=("note", "share"), erasure_keys=())


def hot_row(number: int, name: str, value: Any) -> dict[str, Any]:
    time = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
    own = {"event_id": f"e{number}", "fingerprint": -number, "source": "shop", "_src": "raw/a"}
    return own | {"event_time": time, "received_at": time} | {name: value}


@pytest.fixture
def table(tmp_path: Path) -> Iterator[WarmTable]:
    with emulator(tmp_path) as url:
        yield WarmTable(url)


def catalog_of(table: WarmTable) -> IcebergCatalog:
    wanted = contract("values")
    catalog = IcebergCatalog(glue=table.glue, s3=table.s3, bucket=BUCKET, database="lake", contracts={"values": wanted})
    catalog.ensure("values")
    return catalog


def promote(table: WarmTable, catalog: IcebergCatalog, folder: Path, gen: str, rows: list[dict[str, Any]]) -> Any:
    wanted = contract("values")
    pq.write_table(pa.Table.from_pylist(rows, schema=stored_schema(wanted)), folder / "hot.parquet")
    table.s3.upload_file(str(folder / "hot.parquet"), BUCKET, f"hot/{gen}")
    writer = ParquetRows(
        files=S3Files(table.s3, BUCKET),
        contracts={"values": wanted},
        hasher=HASHER,
        schema_of=catalog.schema_of,
        folder=folder,
        memory_mb=300,
    )
    work = Work(table="values", gen=gen, hot=(f"hot/{gen}",), earlier=(), rest=(), suppression=Suppression())
    written = writer.write(work)
    catalog.commit(catalog.load("values"), Change(token=1, gens=(gen,), add=written.files, ids={gen: written.ids}))
    return writer


def same(value: Any, other: Any) -> bool:
    return repr(value) == repr(other)


def found(catalog: IcebergCatalog, name: str, value: Any) -> list[Any]:
    """Return the values of the rows that a condition finds; the scan leaves out files by their bounds."""
    compared = value.isoformat() if name in ("event_time", "day") else value
    equal, is_nan = (cast(Any, condition) for condition in (EqualTo, IsNaN))  # declared otherwise than they are called
    condition = is_nan(name) if isinstance(value, float) and math.isnan(value) else equal(name, compared)
    return list(catalog.load("values").handle.table.scan(row_filter=condition).to_arrow()[name].to_pylist())


@pytest.mark.long
def test_extreme_values(table: WarmTable, tmp_path: Path) -> None:
    catalog = catalog_of(table)
    for number, (name, value) in enumerate(CASES):
        rows = [hot_row(number, name, value.replace(tzinfo=dt.UTC) if name == "event_time" else value)]
        writer = promote(table, catalog, tmp_path, f"2026-11-{number // 24 + 1:02}-{number % 24:02}", rows)
    for name, value in CASES:
        assert any(same(value, each) for each in found(catalog, name, value)), (name, value)
    base = catalog.load("values")
    files = catalog.files(base)
    by_partition: dict[str, list[Any]] = {}
    for file in files:
        by_partition.setdefault(file.path.rpartition("/")[0], []).append(file)
    for group in by_partition.values():
        merged = writer.merge("values", group)
        catalog.commit(catalog.load("values"), Change(token=1, add=merged, remove=tuple(group)))
        assert sum(file.rows for file in merged) == len(group)
    for name, value in CASES:
        assert any(same(value, each) for each in found(catalog, name, value)), (name, value)
