"""What `ParquetRows` writes is committed as it says, whatever the machine's time zone."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.fakes import HASHER
from tests.fakes.emulator import emulator
from tests.fakes.warm_tables import BUCKET, DATABASE, WarmTable
from thermocline.adapters.iceberg import IcebergCatalog
from thermocline.adapters.s3_files import S3Files
from thermocline.contracts import load_contracts
from thermocline.contracts.arrow import stored_schema
from thermocline.ledger import Suppression
from thermocline.warm.model import Change
from thermocline.warm.rows import ParquetRows
from thermocline.warm.work import Work

GEN, HOT = "2026-11-26-08", "hot/a.parquet"
CONTRACTS = load_contracts()
START = dt.datetime(2026, 10, 31, 23, 59, 58, tzinfo=dt.UTC)


@pytest.fixture
def machine_far_from_utc(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with monkeypatch.context() as patched:
        patched.setenv("TZ", "America/New_York")
        time.tzset()
        yield
    time.tzset()


@pytest.fixture
def table(tmp_path: Path) -> Iterator[WarmTable]:
    with emulator(tmp_path) as url:
        yield WarmTable(url)


def value(field: pa.Field[Any], number: int) -> Any:
    if pa.types.is_timestamp(field.type):
        return START + dt.timedelta(seconds=number)
    by_type = {"string": f"{field.name} {number}", "int32": number, "int64": number, "bool": True, "double": number / 3}
    return by_type.get(str(field.type), Decimal(number) / 8)


def hot_file(name: str, folder: Path) -> Path:
    schema = stored_schema(CONTRACTS[name])
    rows = [{field.name: value(field, number) for field in schema} for number in range(4)]
    path = folder / "hot.parquet"
    pq.write_table(pa.Table.from_pylist(rows, schema=schema), path)
    return path


@pytest.mark.parametrize("name", CONTRACTS)
@pytest.mark.usefixtures("machine_far_from_utc")
def test_files_are_what_the_writer_says(name: str, table: WarmTable, tmp_path: Path) -> None:
    contracts = {name: CONTRACTS[name]}
    catalog = IcebergCatalog(glue=table.glue, s3=table.s3, bucket=BUCKET, database=DATABASE, contracts=contracts)
    catalog.ensure(name)
    table.s3.upload_file(str(hot_file(name, tmp_path)), BUCKET, HOT)
    files = S3Files(table.s3, BUCKET)
    writer = ParquetRows(
        files=files, contracts=contracts, hasher=HASHER, schema_of=catalog.schema_of, folder=tmp_path, memory_mb=300
    )
    written = writer.write(Work(table=name, gen=GEN, hot=(HOT,), earlier=(), rest=(), suppression=Suppression()))
    catalog.commit(catalog.load(name), Change(token=1, gens=(GEN,), add=written.files, ids={GEN: written.ids}))
    base = catalog.load(name)
    assert set(catalog.files(base)) == set(written.files)
    assert [(file.rows, file.first_time.month) for file in sorted(written.files, key=lambda file: file.first_time)] == [
        (2, 10),
        (2, 11),
    ]
    read = base.handle.table.scan().to_arrow()
    wanted = {(START + dt.timedelta(seconds=number)).replace(tzinfo=None) for number in range(4)}
    assert set(read[CONTRACTS[name].time_column].to_pylist()) == wanted
