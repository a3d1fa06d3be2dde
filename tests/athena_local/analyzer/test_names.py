import pytest

from athena_local.analyzer.names import check_names
from athena_local.errors import QueryError
from athena_local.syntax.dialect import parse
from athena_local.tables.catalog import Column, Table
from athena_local.tables.hidden import with_hidden_columns

T = "FROM (VALUES (1, 2)) AS t (x, y)"
U = "(VALUES (1, 3)) AS u (x, z)"


@pytest.mark.parametrize(
    ("sql", "name"),
    [
        (f"SELECT x + 1 AS k {T} WHERE k > 1", "COLUMN_NOT_FOUND"),
        (f"SELECT x + 1 AS k, k + 1 {T}", "COLUMN_NOT_FOUND"),
        (f"SELECT x AS k {T} GROUP BY k", "COLUMN_NOT_FOUND"),
        (f"SELECT x, count(*) AS n {T} GROUP BY x HAVING n > 1", "COLUMN_NOT_FOUND"),
        (f"SELECT u.x {T}", "COLUMN_NOT_FOUND"),
        ("WITH t (a, b) AS (SELECT 1) SELECT * FROM t", "MISMATCHED_COLUMN_ALIASES"),
        (f"SELECT t.x {T} JOIN {U} USING (x)", "COLUMN_NOT_FOUND"),
        ("SELECT 1 AS x UNION SELECT 2 AS y ORDER BY y", "COLUMN_NOT_FOUND"),
        (f"SELECT (SELECT max(a.q) FROM {U}) {T}", "COLUMN_NOT_FOUND"),
        (f"SELECT x {T} CROSS JOIN {U}", "AMBIGUOUS_NAME"),
        ("SELECT x FROM (SELECT 1 AS x, 2 AS x)", "AMBIGUOUS_NAME"),
        ("SELECT 1 FROM (SELECT 1, 2) AS t (x)", "MISMATCHED_COLUMN_ALIASES"),
        ("SELECT 1 FROM (VALUES ROW(1, 2)) AS t (x)", "MISMATCHED_COLUMN_ALIASES"),
        ("WITH t AS (SELECT 1), T AS (SELECT 2) SELECT 1", "DUPLICATE_NAMED_QUERY"),
    ],
)
def test_names_that_mean_nothing_or_too_much(sql: str, name: str) -> None:
    with pytest.raises(QueryError) as caught:
        check_names(parse(sql), sql, {})
    assert caught.value.name == name


@pytest.mark.parametrize(
    "sql",
    [
        f"SELECT x + 1 AS k {T} ORDER BY k, Y",
        f"SELECT x, T.y, z {T} JOIN {U} USING (x)",
        f"SELECT (SELECT max(z + y) FROM {U} WHERE u.x = t.x) {T} WHERE EXISTS (SELECT t.y)",
        f"SELECT e, n {T} CROSS JOIN UNNEST(ARRAY[x, y]) WITH ORDINALITY AS v (e, n)",
        f"SELECT transform(ARRAY[x], each -> each + y), normalize('a', NFD) {T}",
        "WITH RECURSIVE r (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 3) SELECT n FROM r",
        "WITH a AS (SELECT 1 AS x), b AS (SELECT * FROM a) SELECT b.x FROM b UNION SELECT x FROM a ORDER BY x",
        f"SELECT v.p {T} CROSS JOIN LATERAL (SELECT x + y AS p) AS v",
        "SELECT anything FROM UNNEST(ARRAY[ROW(1)])",
    ],
)
def test_names_that_mean_one_column(sql: str) -> None:
    check_names(parse(sql), sql, {})


def test_a_tables_columns_rows_and_hidden_columns() -> None:
    table = Table(database="d", name="t", columns=(Column(name="a", type="struct<b:int>"),), location="s3://d/t/")
    tables = {"d.t": with_hidden_columns(table)}
    sql = 'SELECT a.b, t.a, "$path", t."$file_size" FROM "d.t" AS t'
    check_names(parse(sql), sql, tables)


@pytest.mark.parametrize(
    ("sql", "name"),
    [
        ('SELECT "$nosuch" FROM "d.t" AS t', "COLUMN_NOT_FOUND"),
        ('SELECT "$partition" FROM "d.t" AS t', "COLUMN_NOT_FOUND"),
        ('SELECT x."$path" FROM (SELECT * FROM "d.t" AS t) AS x', "COLUMN_NOT_FOUND"),
        ('SELECT "$path" FROM "d.t" AS t (a)', "COLUMN_NOT_FOUND"),
        ('SELECT "$path" FROM (VALUES 1) AS t (a)', "COLUMN_NOT_FOUND"),
        ('SELECT "$path" FROM "d.t" AS t CROSS JOIN "d.t" AS u', "AMBIGUOUS_NAME"),
    ],
)
def test_hidden_columns_belong_to_their_table_only(sql: str, name: str) -> None:
    table = Table(database="d", name="t", columns=(Column(name="a", type="int"),), location="s3://d/t/")
    with pytest.raises(QueryError, match=name):
        check_names(parse(sql), sql, {"d.t": with_hidden_columns(table)})
