"""A query's rows, made to fit a table."""

from typing import Any

import pyarrow as pa
import pytest

from athena_local.errors import QueryError
from athena_local.execution.table_rows import table_rows
from tests.athena_local.fakes import columns


def converted(array: Any, hive: str, *, rounds: bool = True) -> list[Any]:
    batch = pa.RecordBatch.from_arrays([array], names=["whatever"])
    rows = table_rows(iter([batch]), columns(x=hive), [0], rounds=rounds)
    values: list[Any] = rows.read_all()["x"].to_pylist()
    return values


@pytest.mark.parametrize(
    ("array", "hive", "values"),
    [
        (pa.array([1, None], pa.decimal128(38, 0)), "bigint", [1, None]),
        (pa.array([None, None], pa.int32()), "array<struct<a:int>>", [None, None]),
        (pa.array(["ab   ", "é", None]), "varchar(3)", ["ab ", "é", None]),
        (pa.array([[1, 2]], pa.list_(pa.int32())), "array<bigint>", [[1, 2]]),
    ],
)
def test_values_have_the_columns_type(array: Any, hive: str, values: list[Any]) -> None:
    assert converted(array, hive) == values


def test_timestamps_are_rounded_to_milliseconds_for_hive() -> None:
    array = pa.array([1_499, 1_500, -1_501], pa.timestamp("us"))
    rounded = converted(array, "timestamp")
    assert [value.isoformat() for value in rounded] == [
        "1970-01-01T00:00:00.001000", "1970-01-01T00:00:00.002000", "1969-12-31T23:59:59.998000"
    ]  # fmt: skip
    assert converted(array, "timestamp", rounds=False)[0].microsecond == 1_499


@pytest.mark.parametrize(
    ("array", "hive", "reason"),
    [
        (pa.array([2**31], pa.int64()), "int", "NUMERIC_VALUE_OUT_OF_RANGE: a value is out of the range of the column"),
        (pa.array(["abcd"]), "varchar(3)", "INVALID_CAST_ARGUMENT: Cannot truncate non-space characters"),
        (pa.array(["a"]), "char(3)", "NOT_SUPPORTED: a table with this column is not written offline"),
    ],
)
def test_values_that_do_not_fit(array: Any, hive: str, reason: str) -> None:
    with pytest.raises(QueryError, match=reason):
        converted(array, hive)


def test_columns_without_a_source_are_null() -> None:
    batch = pa.RecordBatch.from_arrays([pa.array([1])], names=["n"])
    rows = table_rows(iter([batch]), columns(x="string", y="int"), [None, 0], rounds=True)
    assert rows.read_all().to_pylist() == [{"x": None, "y": 1}]
