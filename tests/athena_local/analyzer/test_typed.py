"""The check of types refuses what Trino refuses, and tells the types of results."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from athena_local.analyzer.coercions import castable, coerces, common
from athena_local.analyzer.trino_types import Type, array, from_hive, parsed
from athena_local.analyzer.typed import check
from athena_local.errors import QueryError
from athena_local.syntax.dialect import parse
from athena_local.tables.catalog import Column, Table

NAMES = (
    "tinyint",
    "smallint",
    "integer",
    "bigint",
    "real",
    "double",
    "boolean",
    "date",
    "json",
    "varbinary",
    "unknown",
)
SCALARS = st.one_of(
    st.sampled_from([Type(name) for name in NAMES]),
    st.integers(1, 50).map(lambda length: Type("varchar", (length,))),
    st.integers(0, 6).map(lambda digits: Type("timestamp", (digits,))),
    st.integers(1, 19).flatmap(lambda p: st.integers(0, p).map(lambda s: Type("decimal", (p, s)))),
)
TYPES = st.recursive(SCALARS, lambda inner: inner.map(array), max_leaves=3)


Answered = Callable[[str], str | None]


def types(sql: str) -> list[str]:
    return [str(each) for each in check(parse(sql), {})]


def refused(sql: str) -> str:
    with pytest.raises(QueryError) as caught:
        check(parse(sql), {})
    return caught.value.name


@given(TYPES, TYPES)
def test_two_types_have_the_same_common_type_in_either_order(a: Type, b: Type) -> None:
    assert common(a, b) == common(b, a)


@given(TYPES, TYPES)
def test_values_coerce_and_cast_to_the_common_type(a: Type, b: Type) -> None:
    shared = common(a, b)
    if shared is not None:
        assert coerces(a, shared)
        assert castable(a, shared)


@given(TYPES)
def test_the_text_of_a_type_reads_back(type_: Type) -> None:
    assert parsed(str(type_).replace(",", ", ")) == type_


def test_glue_types_are_trinos() -> None:
    told = str(from_hive("struct<a:int,b:array<string>,c:map<string,decimal(5,2)>>"))
    assert told == "row(a integer, b array(varchar), c map(varchar, decimal(5,2)))"


@pytest.mark.parametrize(
    ("expression", "type_"),
    [
        ("1", "integer"),
        ("3000000000", "bigint"),
        ("1.50", "decimal(3,2)"),
        ("1e0", "double"),
        ("'abc'", "varchar(3)"),
        ("NULL", "unknown"),
        ("1 + 2.5", "decimal(12,1)"),
        ("ARRAY[1, NULL, 2.5]", "array(decimal(11,1))"),
        ("ROW(1, 'a')", "row(integer, varchar(1))"),
        ("CAST(ROW(1) AS ROW(a bigint)).a", "bigint"),
        ("transform(ARRAY[1], x -> ROW(x, 'a'))", "array(row(integer, varchar(1)))"),
        ("map_entries(MAP(ARRAY['a'], ARRAY[1]))", "array(row(varchar(1), integer))"),
        ("CASE WHEN true THEN 1 ELSE 2e0 END", "double"),
        ("TIMESTAMP '2024-01-01 00:00:00' + INTERVAL '1' DAY", "timestamp(3)"),
        ("coalesce(DATE '2024-01-01', TIMESTAMP '2024-01-01 00:00:00')", "timestamp(0)"),
    ],
)
def test_an_expressions_type(answered: Answered, expression: str, type_: str) -> None:
    assert types(f"SELECT {expression}") == [type_]
    assert answered(f"SELECT typeof({expression})") == type_


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT 1 = '1'",
        "SELECT DATE '2024-01-01' > '2023-01-01'",
        "SELECT 1 IN ('1')",
        "SELECT 1 BETWEEN '0' AND '2'",
        "SELECT 'a' + 1",
        "SELECT NOT 1",
        "SELECT ARRAY[1, 'a']",
        "SELECT CASE WHEN true THEN 1 ELSE 'a' END",
        "SELECT CAST(ARRAY[1] AS varchar)",
        "SELECT CAST('a' AS string)",
        "SELECT 1 FROM (VALUES 1) AS t (x) WHERE x",
        "SELECT x FROM (VALUES 1, 'a') AS t (x)",
        "SELECT 1 UNION SELECT 'a'",
        "SELECT x FROM (VALUES JSON '1') AS t (x) ORDER BY x",
        "SELECT ROW(1) = ROW('a')",
        "WITH c AS (SELECT '1' AS x) SELECT x = 1 FROM c",
    ],
)
def test_types_that_do_not_fit(sql: str) -> None:
    assert refused(sql) == "TYPE_MISMATCH"


@pytest.mark.parametrize(
    ("sql", "name"),
    [
        ("SELECT length(1)", "FUNCTION_NOT_FOUND"),
        ("SELECT sum('1')", "FUNCTION_NOT_FOUND"),
        ("SELECT 1 || 'a'", "FUNCTION_NOT_FOUND"),
        ("SELECT filter(ARRAY[1], x -> x)", "FUNCTION_NOT_FOUND"),
        ("SELECT transform(ARRAY[1], (x, y) -> x)", "INVALID_PARAMETER_USAGE"),
        ("SELECT NULL + NULL", "AMBIGUOUS_FUNCTION_CALL"),
        ("SELECT CAST(1 AS decimal(39, 1))", "INVALID_FUNCTION_ARGUMENT"),
        ("SELECT BIGINT 'x'", "INVALID_LITERAL"),
        ("SELECT x + 1 AS y FROM (VALUES 1) AS t (x) WHERE y > 1", "COLUMN_NOT_FOUND"),
        ("SELECT x FROM (VALUES (1, 2)) AS t (x)", "MISMATCHED_COLUMN_ALIASES"),
        ("SELECT CAST(NULL AS kdbtree)", "NOT_SUPPORTED"),
    ],
)
def test_other_refusals(sql: str, name: str) -> None:
    assert refused(sql) == name


def test_columns_of_the_catalog_have_their_types() -> None:
    columns = (Column(name="id", type="int"), Column(name="tags", type="map<string,string>"))
    table: Any = Table(database="d", name="t", location="s3://b/t/", columns=columns)
    tree = parse("SELECT id, tags['a'], t.id + 1 FROM \"d.t\" AS t")
    assert [str(each) for each in check(tree, {"d.t": table})] == ["integer", "varchar", "integer"]
    with pytest.raises(QueryError, match="TYPE_MISMATCH"):
        check(parse("SELECT id FROM \"d.t\" WHERE id = '1'"), {"d.t": table})


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        ("CAST(1e0 AS varchar)", "1.0E0"),
        ("CAST(-1234.5e0 AS varchar)", "-1.2345E3"),
        ("CAST(0.00125e0 AS varchar)", "1.25E-3"),
        ("CAST(TIMESTAMP '2024-01-02 03:04:05' AS varchar)", "2024-01-02 03:04:05"),
        ("CAST(TIMESTAMP '2024-01-02 03:04:05.12' AS varchar)", "2024-01-02 03:04:05.12"),
        ("CAST(TIMESTAMP '2024-01-02 03:04:05 UTC' AS varchar)", "2024-01-02 03:04:05 UTC"),
        ("CAST(1.255e0 AS decimal(10, 2))", "1.26"),
        ("CAST(' 12 ' AS integer)", "12"),
        ("CAST('T' AS boolean)", "true"),
        ("CAST(1e300 AS real)", "Infinity"),
        ("TRY_CAST('yes' AS boolean)", None),
        ("TRY_CAST(12345 AS varchar(3))", None),
        ("TRY_CAST(ARRAY['1', 'x'] AS array(integer))", None),
        ("(1, NULL) = (1, 2)", None),
        ("(1, NULL) = (2, 2)", "false"),
        ("(1, 2) IN ((1, 2), (3, NULL))", "true"),
        ("5 > ALL (VALUES 1, 2)", "true"),
        ("EXISTS (VALUES 1)", "true"),
        ("greatest(1e0, nan(), 2)", "2.0"),
        ("least(1e0, nan(), NULL)", None),
        ("greatest(nan(), nan())", "NaN"),
    ],
)
def test_casts_and_rows_mean_what_trinos_do(answered: Answered, expression: str, text: str | None) -> None:
    assert answered(f"SELECT {expression}") == text


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_the_text_of_a_double_reads_back(answered: Answered, number: float) -> None:
    text = answered(f"SELECT CAST(CAST('{number!r}' AS double) AS varchar)")
    assert text is not None
    assert float(text) == number
    assert number == 0 or 1 <= float(text.lstrip("-").partition("E")[0]) < 10
