"""Rows in local files by their partitions."""

from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from athena_local.errors import QueryError
from athena_local.tables.partition_names import NO_VALUE
from athena_local.tables.partition_values import folder_name, value_texts
from athena_local.tables.row_files import FileFormat
from athena_local.tables.staging import Staging

FIELDS: list[tuple[str, pa.DataType]] = [("n", pa.int64()), ("kind", pa.string()), ("code", pa.int32())]
SCHEMA = pa.schema(FIELDS)
ROWS = st.lists(
    st.tuples(
        st.integers(0, 2**62), st.none() | st.sampled_from(["", "a", "b/c", "d=e"]), st.none() | st.integers(-2, 2)
    ),
    max_size=40,
)


def staged(batches: list[pa.RecordBatch], folder: Path, keys: int = 2) -> list[tuple[tuple[str, ...], list[Any]]]:
    staging = Staging(folder=folder, schema=SCHEMA, keys=keys, file_format=FileFormat())
    files = staging.write(batches)
    assert [file.rows for file in files] == [pq.read_metadata(file.path).num_rows for file in files]
    return [(file.values, pq.read_table(file.path)["n"].to_pylist()) for file in files]


@given(st.lists(ROWS, max_size=4))
def test_every_row_is_in_the_file_of_its_partition(parts: list[list[tuple[int, str | None, int | None]]]) -> None:
    batches = [
        pa.RecordBatch.from_pylist([dict(zip(SCHEMA.names, row, strict=True)) for row in rows], schema=SCHEMA)
        for rows in parts
    ]
    expected = Counter(
        ((kind or NO_VALUE, NO_VALUE if code is None else str(code)), n) for rows in parts for n, kind, code in rows
    )
    with TemporaryDirectory() as folder:
        files = staged(batches, Path(folder))
    assert Counter((values, n) for values, numbers in files for n in numbers) == expected
    assert len({values for values, _ in files}) == len(files)


def test_rows_without_partitions_are_one_file(tmp_path: Path) -> None:
    batch = pa.RecordBatch.from_pylist([{"n": 1, "kind": "é", "code": 2}], schema=SCHEMA)
    assert staged([batch, batch], tmp_path, keys=0) == [((), [1, 1])]


@pytest.mark.parametrize(
    ("column", "reason"),
    [
        (pa.array(["é"]), "HIVE_INVALID_PARTITION_VALUE: Hive partition keys can only contain printable ASCII"),
        (pa.array([1.5]), "NOT_SUPPORTED: partition keys of the type double"),
    ],
)
def test_values_that_name_no_folder(tmp_path: Path, column: Any, reason: str) -> None:
    schema = pa.schema([("n", pa.int64()), ("kind", column.type)])
    batch = pa.RecordBatch.from_arrays([pa.array([1]), column], schema=schema)
    with pytest.raises(QueryError, match=reason):
        Staging(folder=tmp_path, schema=schema, keys=1, file_format=FileFormat()).write([batch])


@pytest.mark.parametrize(
    ("array", "texts"),
    [
        (pa.array([Decimal("1.50"), Decimal("0.00"), Decimal("20.00"), None]), ["1.5", "0", "20", NO_VALUE]),
        (pa.array([Decimal("1234567890" * 3 + "12345678"), Decimal(10)]), ["1234567890" * 3 + "12345678", "10"]),
        (pa.array([date(999, 1, 2)]), ["0999-01-02"]),
        (pa.array([True, False]), ["true", "false"]),
        (pa.array(["", "a b"]), [NO_VALUE, "a b"]),
    ],
)
def test_values_as_glue_keeps_them(array: Any, texts: list[str]) -> None:
    assert value_texts(array) == texts


def test_names_of_folders() -> None:
    assert folder_name(["a", "b:"], ["x y", "50%/{}"]) == "a=x y/b%3A=50%25%2F%7B}/"
