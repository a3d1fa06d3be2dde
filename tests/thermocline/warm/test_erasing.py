"""Parquet files without a subject's rows."""

from __future__ import annotations

import io
import tempfile
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fakes.warm_tables import row, trial
from thermocline.adapters.iceberg_tables import arrow_schema, table_schema
from thermocline.contracts import Contract
from thermocline.warm.erasing import any_identity, copy_warm, identity, without_hot, without_ids
from thermocline.warm.identities import IDS_SCHEMA, NO_KEY
from thermocline.warm.owned import OwnedRows
from thermocline.warm.parquet import ParquetOutput, options
from thermocline.warm.schema import writer_schema

CONTRACT = trial("clicks")
SCHEMA = arrow_schema(table_schema(CONTRACT))


def owned(contract: Contract = CONTRACT) -> OwnedRows:
    return OwnedRows(contract, lambda _, value: value == "person 1", lambda text: "person 1" in text)


def written(path: Path, rows: list[dict[str, Any]], schema: pa.Schema = SCHEMA) -> Path:
    pq.write_table(pa.Table.from_pylist(rows, schema=schema), path, **options(schema, CONTRACT, len(rows)))
    return path


@settings(max_examples=25, deadline=None)
@given(numbers=st.lists(st.integers(0, 40), max_size=30))
def test_other_rows_are_value_for_value_as_they_were_and_in_their_order(numbers: list[int]) -> None:
    rows = [{**row(number), "gen": f"2026-11-0{1 + number % 3}-00"} for number in numbers]
    theirs = [each for each in rows if each["person"] == "person 1"]
    kept = [each for each in rows if each["person"] != "person 1"]
    with tempfile.TemporaryDirectory() as folder:
        source, copied = written(Path(folder) / "old.parquet", rows), Path(folder) / "new.parquet"
        with ParquetOutput(copied, writer_schema(SCHEMA), CONTRACT, rows=len(rows)) as output:
            gone = copy_warm(source, output, SCHEMA, owned())
        assert owned().any_in(source) == bool(theirs)
        assert pq.read_table(copied).to_pylist() == pa.Table.from_pylist(kept, schema=SCHEMA).to_pylist()
    assert gone.rows == len(theirs)
    assert gone.gens == {each["gen"] for each in theirs}
    assert gone.identities == {identity(None, None, each["event_id"]) for each in theirs}


def test_a_file_from_before_a_column_gets_it_empty(tmp_path: Path) -> None:
    older = pa.schema([field for field in SCHEMA if field.name not in ("clicks", "person")])
    source = written(tmp_path / "old.parquet", [{**row(1), "gen": "g"}], older)
    with ParquetOutput(tmp_path / "new.parquet", writer_schema(SCHEMA), CONTRACT, rows=1) as output:
        assert copy_warm(source, output, SCHEMA, owned()).rows == 0
    assert not owned().any_in(source)
    assert pq.read_table(tmp_path / "new.parquet").to_pylist()[0]["clicks"] is None


def test_fields_keep_their_numbers(tmp_path: Path) -> None:
    source = written(tmp_path / "old.parquet", [{**row(2), "gen": "g"}])
    with ParquetOutput(tmp_path / "new.parquet", writer_schema(SCHEMA), CONTRACT, rows=1) as output:
        copy_warm(source, output, SCHEMA, owned())
    assert [field.metadata for field in pq.read_schema(tmp_path / "new.parquet")] == [
        field.metadata for field in pq.read_schema(source)
    ]


def hot(people: list[str | None]) -> bytes:
    sink = io.BytesIO()
    table = pa.table({"person": pa.array(people, pa.string()), "_src": pa.array(["raw/x"] * len(people), pa.string())})
    pq.write_table(table, sink)
    return sink.getvalue()


def test_a_hot_file_may_become_empty_and_is_a_file_all_the_same() -> None:
    left = without_hot(hot(["person 1"]), owned())
    assert (left.rows, left.before, left.raw_key) == (0, 1, "raw/x")
    assert pq.read_table(pa.BufferReader(left.body)).schema.names == ["person", "_src"]


def test_rows_without_a_value_stay() -> None:
    left = without_hot(hot([None, "person 1", "person 2"]), owned())
    assert pq.read_table(pa.BufferReader(left.body))["person"].to_pylist() == [None, "person 2"]


def ids(path: Path, rows: list[tuple[bytes, str, bool | None]]) -> Path:
    columns = [dict(zip(IDS_SCHEMA.names, each, strict=True)) for each in rows]
    pq.write_table(pa.Table.from_pylist(columns, schema=IDS_SCHEMA), path, store_schema=False)
    return path


def test_identities_leave_a_trace_that_says_nothing(tmp_path: Path) -> None:
    one, two = identity("s", 1, "a"), identity("s", 1, "b")
    source = ids(tmp_path / "old.parquet", sorted([(one, "raw/1", True), (one, "raw/2", False), (two, "raw/1", True)]))
    assert any_identity(source, [one])
    assert without_ids(source, tmp_path / "new.parquet", [one], traced=True) == 2
    left = [tuple(each.values()) for each in pq.read_table(tmp_path / "new.parquet").to_pylist()]
    assert sorted(left[:2]) == [(NO_KEY, "raw/1", None), (NO_KEY, "raw/2", None)]
    assert left[2:] == [(two, "raw/1", True)]
    assert not any_identity(tmp_path / "new.parquet", [one])


def test_without_a_trace_they_are_gone(tmp_path: Path) -> None:
    one, two = identity("s", 1, "a"), identity("s", 1, "b")
    source = ids(tmp_path / "old.parquet", sorted([(one, "raw/1", True), (two, "raw/1", False)]))
    assert without_ids(source, tmp_path / "new.parquet", [one], traced=False) == 1
    assert pq.read_table(tmp_path / "new.parquet")["key"].to_pylist() == [two]
    assert without_ids(source, tmp_path / "none.parquet", [identity("s", 1, "c")], traced=True) == 0
    assert not (tmp_path / "none.parquet").exists()
