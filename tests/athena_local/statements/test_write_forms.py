"""The parts of statements that write."""

import pytest

from athena_local.errors import InvalidRequestError
from athena_local.statements.write_forms import WriteForm, write_form, write_kind


@pytest.mark.parametrize(
    ("sql", "kind"),
    [
        ("CREATE TABLE x AS SELECT 1 a", "CREATE_TABLE_AS_SELECT"),
        ("create table if not exists a.x with (format = 'JSON') as (select 1 a)", "CREATE_TABLE_AS_SELECT"),
        ("CREATE TABLE x (a int) ROW FORMAT SERDE 'y' STORED AS PARQUET", None),
        ("CREATE TABLE x (a int COMMENT 'AS SELECT')", None),
        ("CREATE VIEW x AS SELECT 1 a", None),
        ("INSERT INTO x SELECT 1", "INSERT"),
        ("UNLOAD (SELECT 1) TO 's3://a/'", "UNLOAD"),
        ("UNLOADED", None),
    ],
)
def test_kinds(sql: str, kind: str | None) -> None:
    assert write_kind(sql) == kind


def test_a_table_with_properties() -> None:
    sql = """-- why
CREATE TABLE IF NOT EXISTS awsdatacatalog."Shop".X
WITH (format = 'JSON', partitioned_by = ARRAY['a', 'b'], is_external = false, bucket_count = 3, quoted = 'it''s')
AS SELECT 1 AS a WITH NO DATA"""
    form = write_form(sql)
    assert (form.database, form.name, form.if_not_exists, form.with_data) == ("shop", "x", True, False)
    assert form.properties == {
        "format": "JSON", "partitioned_by": ("a", "b"), "is_external": False, "bucket_count": 3, "quoted": "it's"
    }  # fmt: skip
    assert form.query.splitlines()[3].rstrip() == "   SELECT 1 AS a"
    assert not form.query[: form.query.index("SELECT")].strip()


def test_rows_into_columns() -> None:
    assert write_form('INSERT INTO a.x (B, "C") VALUES (1, 2)') == WriteForm(
        kind="INSERT", database="a", name="x", columns=("b", "c"), query=" " * 25 + "VALUES (1, 2)"
    )
    assert write_form("INSERT INTO x (SELECT 1)").columns is None


def test_rows_into_a_folder() -> None:
    form = write_form("UNLOAD (SELECT (1) a) TO 's3://a/b' WITH (format = 'PARQUET')")
    assert (form.query, form.location, form.properties) == (" " * 8 + "SELECT (1) a", "s3://a/b", {"format": "PARQUET"})


@pytest.mark.parametrize(
    ("sql", "where"),
    [
        ("INSERT INTO", "line 1:12: mismatched input '<EOF>'"),
        ("INSERT INTO x 1", "line 1:15: mismatched input '1'"),
        ("UNLOAD (SELECT 1", "line 1:17: mismatched input '<EOF>'"),
        ("UNLOAD (SELECT 1) TO x", "line 1:22: mismatched input 'x'"),
        ("UNLOAD (SELECT 1) TO 'x' AND", "line 1:26: mismatched input 'AND'"),
        ("CREATE TABLE x WITH (a = [1]) AS SELECT 1 a", "line 1:26: mismatched input '['"),
    ],
)
def test_what_is_not_read(sql: str, where: str) -> None:
    with pytest.raises(InvalidRequestError, match=where.replace("[", r"\[")):
        write_form(sql)
