"""Samples of every format are read as a whole, and what cannot be read is named."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from cli.errors import CliError
from cli.tables.draft import DraftColumn
from cli.tables.readers import open_sample
from cli.tables.samples import Format
from tests.cli.tables.samples import drafted


def rows_of(path: Path, form: Format | None = None) -> list[dict[str, Any]]:
    return [dict(row) for row in open_sample(path, form).rows(lambda _: None)]


def written(folder: Path, name: str, text: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.ndjson", '{"a":1.50}\n\n \n{"a":"x"}'),
        ("a.jsonl", b'\xef\xbb\xbf{"a":1.50}\r\n{"a":"x"}\r\n'),
        ("a.json", '[{"a":1.50},\n{"a":"x"}]'),
        ("b.json", '{"a":1.50}\n{"a":"x"}\n'),
    ],
)
def test_json_is_lines_or_an_array(name: str, text: str | bytes, tmp_path: Path) -> None:
    rows = rows_of(written(tmp_path, name, text))
    assert rows == [{"a": Decimal("1.50")}, {"a": "x"}]
    assert str(rows[0]["a"]) == "1.50"


def test_one_object_may_be_written_on_many_lines(tmp_path: Path) -> None:
    assert rows_of(written(tmp_path, "a.json", '{\n "a": {"b": 1}\n}\n')) == [{"a": {"b": 1}}]


def test_cells_are_text_or_nothing(tmp_path: Path) -> None:
    path = written(tmp_path, "a.csv", '\ufeffa,b c\r\n1,\r\n"","x ""y"",\nz"\r\nNULL, NA \r\n')
    assert rows_of(path) == [{"a": "1", "b c": None}, {"a": "", "b c": 'x "y",\nz'}, {"a": "NULL", "b c": " NA "}]


def test_the_format_can_be_given(tmp_path: Path) -> None:
    path = written(tmp_path, "a.txt", "a\n1\n")
    assert rows_of(path, Format.CSV) == [{"a": "1"}]
    with pytest.raises(CliError, match=r"can't tell what a\.txt holds: give --format"):
        open_sample(path)


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.ndjson", '{"a":1}\n{"a":\n', "a.ndjson, line 2: is not valid JSON"),
        ("a.ndjson", '{"a":1}\n[1]\n', "a.ndjson, line 2: is not a JSON object"),
        ("a.ndjson", b'{"a":"\xff"}\n', "line 1"),
        ("a.ndjson", "\n", "holds no rows"),
        ("a.ndjson", "{}\n", "have no members"),
        ("a.json", "[1]", "element 1: is not a JSON object"),
        ("a.json", "[{]", "is not valid JSON"),
        ("a.json", "", "holds no rows"),
        ("a.ndjson", '{"a":1}\n{"b":1,"a":1,"a":2}\n', "line 2: an object has two members of one name"),
        ("a.ndjson", '{"a":{"b":1,"b":1}}\n', "line 1: an object has two members of one name"),
        ("a.json", '[{"a":1},{"a":1,"a":1}]', "element 2: an object has two members of one name"),
        ("a.json", '{\n"a":1,\n"a":2}', "the whole: an object has two members of one name"),
        ("a.ndjson", json.dumps({"a": "x" * 300_000}), "line 1: a string is longer than"),
        ("a.ndjson", json.dumps({f"c{n}": n for n in range(1001)}), "line 1: an object has more than 1000 members"),
        ("a.ndjson", '{"a":' + "[" * 250 + "]" * 250 + "}", "line 1: nested deeper than 200 levels"),
        ("a.csv", "", "a.csv is empty"),
        ("a.csv", '{"a":1}\n', "looks like JSON: give --format ndjson"),
        ("a.csv", ",".join(f"c{n}" for n in range(1001)) + "\n", "has 1,001 columns, and a row may have 1,000"),
        ("a.csv", "a\n1\n" + "x" * 300_000, "line 3: a string is longer than"),
        ("a.csv", "a,b\n", "holds no rows"),
        ("a.csv", "a;b\n1;2\n", "semicolons"),
        ("a.csv", "a\tb\n1\t2\n", "tabs"),
        ("a.csv", "a,a\n1,2\n", "two columns are named 'a'"),
        ("a.csv", "a,\n1,2\n", "column 2 has no name"),
        ("a.csv", "a,b\n\n1\n", "line 3: has 1 cells, and the header row 2"),
        ("a.csv", 'a,b\r\n"x\r\ny",2\r\n1,2,3\r\n', "line 4: has 3 cells, and the header row 2"),
        ("a.csv", 'a,b\n1,2\n1,x"y\n', "line 3: has a quote inside a cell without quotes around it"),
        ("a.csv", 'a,b\n1,2\n1,"x"y\n', "Line 3 of the CSV has a quote without its end, or text after it"),
        ("a.csv", 'a,b\n1,"x\n', "Line 2 of the CSV has a quote without its end"),
        ("a.csv", 'a"x,b\n1,2\n', "line 1: has a quote inside a cell"),
        ("a.csv", b"a\n1\n\xff\n", "line 3: not valid UTF-8"),
        ("a.csv", b"\xff\n1\n", "line 1: is not UTF-8"),
        ("a.parquet", "PAR", "is not a Parquet file"),
        ("a.schema.json", "{", "is not valid JSON"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_what_cannot_be_read_is_named(name: str, text: str | bytes, said: str, tmp_path: Path) -> None:
    with pytest.raises(CliError, match=said):
        drafted(written(tmp_path, name, text))


def parquet(folder: Path, values: pa.Array[Any]) -> DraftColumn:
    path = folder / "a.parquet"
    pq.write_table(pa.table({"a": values}), path)
    (column,) = drafted(path).columns
    return column


def test_a_map_inside_another_value_is_looked_through(tmp_path: Path) -> None:
    inner = pa.map_(pa.string(), pa.string())
    assert parquet(tmp_path, pa.array([[[("email", "x")]]], pa.list_(inner))).classification == "restricted"


@pytest.mark.parametrize(
    "values",
    [
        lambda: pa.array([[("k", 1), ("k", 2)]], pa.map_(pa.string(), pa.int32())),
        lambda: pa.array([[({"k": 1}, 1)]], pa.map_(pa.struct([("k", pa.int32())]), pa.int32())),
        lambda: pa.array([10**7], pa.date32()),
    ],
)
def test_what_json_cannot_carry_is_named(values: Callable[[], Any], tmp_path: Path) -> None:
    with pytest.raises(CliError, match=r"a\.parquet: a value of a cannot be read"):
        parquet(tmp_path, values())


def test_two_columns_of_one_name_are_refused(tmp_path: Path) -> None:
    pq.write_table(pa.table([pa.array([1]), pa.array([2])], names=["a", "a"]), tmp_path / "a.parquet")
    with pytest.raises(CliError, match="two columns are named 'a': rename one"):
        drafted(tmp_path / "a.parquet")


NOON = dt.datetime(2026, 11, 26, 12, 0, 0, 5, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        (lambda: pa.array([1, None], pa.int8()), "bigint"),
        (lambda: pa.array([2**63 - 1], pa.uint64()), "bigint"),
        (lambda: pa.array([2**64 - 1], pa.uint64()), "decimal(38,9)"),
        (lambda: pa.array([None], pa.int32()), "bigint"),
        (lambda: pa.array([0.1, float("nan")], pa.float32()), "double"),
        (lambda: pa.array([Decimal("1.10")], pa.decimal128(10, 2)), "decimal(38,9)"),
        (lambda: pa.array([Decimal("1E-12")], pa.decimal128(38, 12)), "json"),
        (lambda: pa.array([10**50], pa.decimal256(60, 0)), "json"),
        (lambda: pa.array([True]), "boolean"),
        (lambda: pa.array([dt.date(2026, 11, 26)]), "date"),
        (lambda: pa.array([NOON], pa.timestamp("us", "UTC")), "timestamp"),
        (lambda: pa.array([NOON], pa.timestamp("us", "Europe/Berlin")), "timestamp"),
        (lambda: pa.array([1_000], pa.timestamp("ns", "UTC")), "timestamp"),
        (lambda: pa.array([1_001], pa.timestamp("ns", "UTC")), "string"),
        (lambda: pa.array([NOON.replace(tzinfo=None)], pa.timestamp("us")), "string"),
        (lambda: pa.array([dt.time(1, 2)]), "string"),
        (lambda: pa.array([5], pa.duration("ms")), "bigint"),
        (lambda: pa.array(["2026-11-26"]), "string"),
        (lambda: pa.array(["a", "b"]).dictionary_encode(), "string"),
        (lambda: pa.array([None], pa.null()), "string"),
        (lambda: pa.array([[1, 2], None]), "json"),
        (lambda: pa.array([{"b": "x"}]), "json"),
        (lambda: pa.array([[("k", 1)]], pa.map_(pa.string(), pa.int32())), "json"),
        (lambda: pa.array([[(7, 1)], None], pa.map_(pa.int64(), pa.int32())), "json"),
        (lambda: pa.array([[[("k", 1)]]], pa.list_(pa.map_(pa.string(), pa.int32()))), "json"),
    ],
)
def test_types_of_parquet_are_those_of_its_schema(values: Callable[[], Any], kind: str, tmp_path: Path) -> None:
    column = parquet(tmp_path, values())
    assert ("json" if column.json_text else column.type) == kind


@pytest.mark.parametrize("values", [pa.array([b"x"]), pa.array([[b"x"]]), pa.array([{"b": b"x"}])], ids=str)
def test_bytes_are_refused_with_advice(values: pa.Array[Any], tmp_path: Path) -> None:
    with pytest.raises(CliError, match=r"a holds bytes .* leave it out, or write it as text"):
        parquet(tmp_path, values)


def test_moments_of_parquet_are_as_json_sends_them(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    stamps = pa.array([0, 1_001, -1_000, 1_500_000_000], pa.timestamp("ns", "UTC"))
    pq.write_table(pa.table({"a": stamps, "b": stamps.cast(pa.timestamp("ns"))}), path)
    rows = rows_of(path)
    assert [row["a"] for row in rows] == [
        "1970-01-01T00:00:00Z",
        "1970-01-01T00:00:00.000001001Z",
        "1969-12-31T23:59:59.999999Z",
        "1970-01-01T00:00:01.500000Z",
    ]
    assert [row["b"] for row in rows] == [row["a"].removesuffix("Z") for row in rows]


def test_an_empty_parquet_file_has_its_schema(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"a": pa.array([], pa.int64())}), path)
    assert drafted(path).columns[0].type == "bigint"
