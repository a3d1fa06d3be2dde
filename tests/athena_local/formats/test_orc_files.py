import io
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import orc

from athena_local.formats.decode import ORC
from athena_local.formats.layout import MalformedError
from tests.athena_local.formats.reading import layout, read, rows_and_failures


def written(table: pa.Table) -> bytes:
    sink = io.BytesIO()
    orc.write_table(table, sink)
    return sink.getvalue()


def test_columns_are_read_by_their_place_or_by_their_name(folder: Path) -> None:
    content = written(pa.table({"B": [1], "a": [2]}))
    types = {"a": "bigint", "b": "bigint", "c": "string"}
    assert read(folder, ORC, types, content) == [(1, 2, None)]
    assert read(folder, ORC, types, content, {"orc.column.index.access": "false"}) == [(2, 1, None)]


def test_types(folder: Path) -> None:
    stored = pa.table(
        {
            "n": pa.array([1], pa.int32()),
            "s": ["abc"],
            "d": [date(2026, 11, 22)],
            "at": pa.array([datetime.fromisoformat("2026-11-22 10:00:00.001600")], pa.timestamp("ns")),
            "p": [Decimal("1.55")],
            "x": pa.array([[{"a": 1}]], pa.list_(pa.struct([("a", pa.int32()), ("b", pa.string())]))),
        }
    )
    types = {
        "n": "bigint", "s": "varchar(2)", "d": "date", "at": "timestamp", "p": "decimal(5,1)",
        "x": "array<struct<a:bigint,later:string>>",
    }  # fmt: skip
    assert read(folder, ORC, types, written(stored)) == [
        (
            1,
            "ab",
            date(2026, 11, 22),
            datetime.fromisoformat("2026-11-22 10:00:00.002000"),
            Decimal("1.6"),
            [{"a": 1, "later": None}],
        )
    ]


@pytest.mark.parametrize("type_", ["int", "string", "array<bigint>", "decimal(5,1)", "timestamp"])
def test_another_type_is_a_failure_of_its_column(folder: Path, type_: str) -> None:
    rows, failures = rows_and_failures(folder, layout(ORC, {"a": type_}), written(pa.table({"a": [1]})))
    assert rows == [(None,)]
    assert failures["a"][0] == "HIVE_BAD_DATA"


def test_what_is_no_orc(folder: Path) -> None:
    with pytest.raises(MalformedError, match=r"k\.orc"):
        rows_and_failures(folder, layout(ORC, {"a": "int"}), b"not ORC", "k.orc")
