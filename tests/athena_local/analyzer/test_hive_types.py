"""Trino's types as Hive's, and what a column takes."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from athena_local.analyzer.hive_types import check_insert, hive_type, iceberg_type
from athena_local.analyzer.trino_types import UNKNOWN_LENGTH, Type, array, from_hive, parsed, row
from athena_local.errors import QueryError

SCALARS = st.sampled_from([
    "boolean", "tinyint", "smallint", "integer", "bigint", "real", "double", "date", "varchar", "varchar(7)",
    "varbinary", "decimal(38,9)", "timestamp(3)",
]).map(parsed)  # fmt: skip
TYPES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        inner.map(array),
        st.tuples(SCALARS, inner).map(lambda pair: Type("map", items=pair)),
        st.lists(inner, min_size=1, max_size=3).map(lambda items: row(items, [f"f{n}" for n in range(len(items))])),
    ),
    max_leaves=5,
)


@given(TYPES)
def test_a_column_of_a_new_table_has_the_querys_type(type_: Type) -> None:
    assert from_hive(hive_type(type_, "x")) == type_


@pytest.mark.parametrize(
    ("type_", "reason"),
    [
        ("time(3)", "Unsupported Hive type: time(3)"),
        ("json", "Unsupported Hive type: json"),
        ("timestamp(3) with time zone", "Unsupported Hive type: timestamp(3) with time zone"),
        ("array(timestamp(6))", "Incorrect timestamp precision for timestamp(6); the configured precision is MILL"),
        ("row(integer, integer)", "Anonymous row type is not supported in Hive. Please give each field a name: row("),
        ("varchar(65536)", "Unsupported Hive type: varchar(65536). Supported VARCHAR types: VARCHAR(<=65535)"),
    ],
)
def test_types_that_hive_has_not(type_: str, reason: str) -> None:
    with pytest.raises(QueryError, match=re.escape(f"NOT_SUPPORTED: {reason}")):
        hive_type(parsed(type_), "x")


def test_a_text_of_unknown_length_is_a_string() -> None:
    assert hive_type(Type("varchar", (UNKNOWN_LENGTH,)), "x") == "string"
    assert hive_type(parsed("varchar(0)"), "x") == "varchar(1)"


def test_types_of_iceberg() -> None:
    names = ("varchar(3)", "timestamp(6)", "timestamp(6) with time zone", "bigint")
    assert [iceberg_type(parsed(name), "x") for name in names] == [
        "string", "timestamp", "timestamp with time zone", "bigint"
    ]  # fmt: skip
    with pytest.raises(QueryError, match=r'Timestamp precision \(3\) not supported for Iceberg. Use "timestamp\(6\)"'):
        iceberg_type(parsed("timestamp(3)"), "x")


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("integer", "double"), ("integer", "unknown"), ("date", "timestamp(3)"), ("varchar(2)", "varchar(9)"),
        ("decimal(5,2)", "integer"), ("array(double)", "array(integer)"),
        ("row(n integer, s varchar(2))", "row(x integer, y varchar(2))"),
    ],
)  # fmt: skip
def test_what_a_column_takes(column: str, value: str) -> None:
    check_insert([parsed(column)], [parsed(value)])


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("integer", "varchar(1)"), ("date", "varchar"), ("varchar", "integer"), ("boolean", "integer"),
        ("array(varchar(2))", "array(varchar(3))"), ("array(bigint)", "bigint"),
    ],
)  # fmt: skip
def test_what_a_column_does_not_take(column: str, value: str) -> None:
    told = f"mismatched column types: Table: [{column}], Query: [{value}]"
    with pytest.raises(QueryError, match=re.escape(told)):
        check_insert([parsed(column)], [parsed(value)])
