from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from athena_local.execution.engine import Engine
from athena_local.tables.catalog import Table
from athena_local.tables.parquet_files import read_footer
from athena_local.tables.relations import relation
from tests.athena_local.fakes import columns


def rows(engine: Engine, stored: pa.Table, **types: str) -> list[tuple[object, ...]]:
    path = engine.folder / "stored.parquet"
    pq.write_table(stored, path)
    table = Table(database="shop", name="t", columns=columns(**types), location="s3://shop/t/")
    with engine.cursor() as cursor:
        return cursor.execute(relation(table, [read_footer(str(path), "s3://shop/t/x")], hidden=())).fetchall()


def test_texts_that_are_not_marked_as_texts(engine: Engine) -> None:
    stored = pa.table({"a": [b"\xc3\xa9"], "b": [[b"\xc3\xa9"]], "c": [b"x\\y"]})
    assert rows(engine, stored, a="string", b="array<string>", c="binary") == [("é", ["é"], b"x\\y")]


def test_bytes_that_are_marked_as_texts(engine: Engine) -> None:
    assert rows(engine, pa.table({"a": ["é\\x41"]}), a="binary") == [("é\\x41".encode(),)]


@pytest.mark.parametrize(("type_", "expected"), [("varchar(2)", "éa"), ("string", "éab"), ("varchar(9)", "éab")])
def test_texts_are_as_long_as_declared(engine: Engine, type_: str, expected: str) -> None:
    assert rows(engine, pa.table({"a": ["éab"]}), a=type_) == [(expected,)]


def test_the_fields_of_a_struct_have_no_case_and_may_be_missing(engine: Engine, tmp_path: Path) -> None:
    stored = pa.table({"S": [{"Inner": 1}]})
    assert rows(engine, stored, s="struct<inner:bigint,later:string>") == [({"inner": 1, "later": None},)]


def test_timestamps_of_96_bits(engine: Engine) -> None:
    path = engine.folder / "int96.parquet"
    pq.write_table(
        pa.table({"at": pa.array([1_600_000_000_123_456_789], pa.timestamp("ns"))}),
        path,
        use_deprecated_int96_timestamps=True,
    )
    table = Table(database="shop", name="t", columns=columns(at="timestamp"), location="s3://shop/t/")
    with engine.cursor() as cursor:
        query = relation(table, [read_footer(str(path), "s3://shop/t/x")], hidden=())
        assert cursor.execute(query).fetchall() == [(datetime.fromisoformat("2020-09-13 12:26:40.123456"),)]
