import re
from dataclasses import replace

import pytest

from athena_local.errors import QueryError
from athena_local.execution.resolve import resolve
from athena_local.syntax.dialect import parse
from tests.athena_local.fakes import FakeCatalog, FakeTables, clicks, view

CATALOG = FakeCatalog(
    [
        clicks(),
        view("recent", "SELECT id FROM clicks WHERE n > 1"),
        view("loop", "SELECT * FROM loop"),
        replace(clicks(name="text"), serde="LazySimpleSerDe"),
    ]
)


def resolved(sql: str) -> str:
    return resolve(parse(sql), sql, catalog=CATALOG, tables=FakeTables(CATALOG), database="shop").tree.sql("trino")


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("SELECT id FROM Clicks", 'SELECT id FROM "shop.clicks" AS clicks'),
        ("SELECT c.id FROM AwsDataCatalog.shop.clicks c", 'SELECT c.id FROM "shop.clicks" AS c'),
        (
            "WITH clicks AS (SELECT 1 AS id) SELECT id FROM clicks",
            "WITH clicks AS (SELECT 1 AS id) SELECT id FROM clicks",
        ),
        (
            "WITH clicks AS (SELECT id FROM clicks) SELECT id FROM clicks",
            'WITH clicks AS (SELECT id FROM "shop.clicks" AS clicks) SELECT id FROM clicks',
        ),
        (
            "WITH RECURSIVE clicks(n) AS (SELECT 1 UNION ALL SELECT n FROM clicks) SELECT n FROM clicks",
            "WITH RECURSIVE clicks(n) AS (SELECT 1 UNION ALL SELECT n FROM clicks) SELECT n FROM clicks",
        ),
        (
            "WITH a AS (SELECT id FROM clicks), clicks AS (SELECT 1 AS id) SELECT id FROM clicks",
            'WITH a AS (SELECT id FROM "shop.clicks" AS clicks), clicks AS (SELECT 1 AS id) SELECT id FROM clicks',
        ),
        ("SELECT id FROM recent", 'SELECT id FROM (SELECT id FROM "shop.clicks" AS clicks WHERE n > 1) AS recent'),
    ],
)
def test_names_become_tables(sql: str, expected: str) -> None:
    assert resolved(sql) == expected


@pytest.mark.parametrize(
    ("sql", "reason"),
    [
        ("SELECT 1 FROM nosuch", "TABLE_NOT_FOUND: line 1:15: Table 'awsdatacatalog.shop.nosuch' does not exist"),
        ("SELECT 1 FROM other.clicks", "SCHEMA_NOT_FOUND: line 1:15: Schema 'other' does not exist"),
        ("SELECT 1 FROM mysql.shop.clicks", "CATALOG_NOT_FOUND: line 1:15: Catalog 'mysql' does not exist"),
        ("SELECT 1 FROM loop", "INVALID_VIEW: View 'shop.loop' is recursive"),
        ("SELECT 1 FROM clicks FOR VERSION AS OF NULL", "INVALID_ARGUMENTS: line 1:22: Pointer value cannot be NULL"),
        ("SELECT 1 FROM text", "NOT_SUPPORTED: line 1:15: tables with SerDe 'LazySimpleSerDe'"),
    ],
)
def test_what_cannot_be_read(sql: str, reason: str) -> None:
    with pytest.raises(QueryError, match=re.escape(reason)):
        resolved(sql)
