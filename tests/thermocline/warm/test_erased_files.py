"""Warm files without a subject's rows, under new names."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.fakes.files import FolderFiles
from tests.fakes.warm_tables import row, trial
from thermocline.adapters.iceberg_tables import arrow_schema, table_schema
from thermocline.layout import warm_data_key
from thermocline.warm.erased_files import WarmFiles
from thermocline.warm.model import WarmFile
from thermocline.warm.owned import OwnedRows

CONTRACT = trial("clicks")
SCHEMA = arrow_schema(table_schema(CONTRACT))
TIME = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)


def stored(files: FolderFiles, folder: Path, *, numbers: list[int], sealed: bool) -> WarmFile:
    rows = [{**row(number), "gen": "2026-11-02-00"} for number in numbers]
    local = folder / "made.parquet"
    pq.write_table(pa.Table.from_pylist(rows, schema=SCHEMA), local)
    key = warm_data_key("clicks", "event_time_month=2026-11", "old", sealed=sealed)
    return WarmFile(
        path=files.store(local, key),
        rows=len(rows),
        bytes=local.stat().st_size,
        first_gen="2026-11-02-00",
        last_gen="2026-11-02-00",
        first_time=TIME,
        last_time=TIME,
    )


def erased(files: FolderFiles, folder: Path) -> WarmFiles:
    return WarmFiles(files=files, contracts={"clicks": CONTRACT}, schema_of=lambda _: SCHEMA, folder=folder)


def owned(*people: str) -> OwnedRows:
    return OwnedRows(CONTRACT, lambda _, value: value in people, lambda _: False)


@pytest.mark.parametrize("sealed", [False, True])
def test_a_file_stays_in_its_partition_and_sealed_if_it_was(tmp_path: Path, *, sealed: bool) -> None:
    files = FolderFiles(tmp_path / "bucket")
    old = stored(files, tmp_path, numbers=[0, 1, 2], sealed=sealed)
    rewritten = erased(files, tmp_path).rewrite("clicks", old, owned("person 1"))
    assert rewritten.new
    key = files.key_of(rewritten.new.path)
    assert key.rpartition("/")[0] == files.key_of(old.path).rpartition("/")[0]
    assert rewritten.new.sealed is sealed
    assert (rewritten.new.rows, rewritten.removed, rewritten.gens) == (2, 1, ("2026-11-02-00",))
    bodies = [(tmp_path / "bucket" / name).read_bytes() for name in (files.key_of(old.path), key)]
    assert [rewritten.before, rewritten.after] == [hashlib.sha256(body).hexdigest() for body in bodies]
    assert pq.read_table(tmp_path / "bucket" / key)["person"].to_pylist() == ["person 0", "person 2"]


def test_a_file_that_has_no_other_rows_has_no_successor(tmp_path: Path) -> None:
    files = FolderFiles(tmp_path / "bucket")
    old = stored(files, tmp_path, numbers=[1, 4], sealed=False)
    rewritten = erased(files, tmp_path).rewrite("clicks", old, owned("person 1"))
    assert (rewritten.new, rewritten.after, rewritten.removed) == (None, None, 2)
    assert files.keys() == [files.key_of(old.path)]
