import pytest

from athena_local.errors import InvalidRequestError, QueryError
from athena_local.statements.statements import answer, classify, unsupported
from athena_local.tables.catalog import Partition
from athena_local.tables.types import Row
from tests.athena_local.fakes import FakeCatalog, clicks

CATALOG = FakeCatalog(
    [clicks(), clicks(name="orders"), clicks(name="plain", parameters={})],
    [Partition(values=("a/b",), location="s3://x/")],
)


@pytest.mark.parametrize(
    ("sql", "kind", "type_"),
    [
        (" -- why\n/* so */ SELECT 1;", "query", "DML"),
        ("(SELECT 1)", "query", "DML"),
        ("with a as (select 1) select * from a", "query", "DML"),
        ("EXPLAIN SELECT 1", "explain", "UTILITY"),
        ("show tables", "catalog", "UTILITY"),
        ("CREATE TABLE x (a int)", "unsupported", "DDL"),
        ("INSERT INTO x VALUES 1", "write", "DML"),
        ("-- why\nCREATE TABLE x AS (SELECT 1 a)", "write", "DDL"),
        ("CREATE TABLE x (a int) STORED AS parquet", "unsupported", "DDL"),
        ("SHOW CREATE TABLE x", "definition", "UTILITY"),
        ("SHOW CREATE FUNCTION x", "unsupported", "DDL"),
    ],
)
def test_kinds(sql: str, kind: str, type_: str) -> None:
    statement = classify(sql)
    assert (statement.kind, statement.type) == (kind, type_)


@pytest.mark.parametrize("sql", ["selec 1", "PRAGMA version", "COPY x TO 'y'", "ATTACH 'x'", "", "!"])
def test_no_statement(sql: str) -> None:
    with pytest.raises(InvalidRequestError, match="line 1:1: mismatched input"):
        classify(sql)


@pytest.mark.parametrize(
    ("sql", "rows"),
    [
        ("SHOW DATABASES", [["shop"]]),
        ("SHOW SCHEMAS LIKE 'x*'", []),
        ("SHOW TABLES", [["clicks"], ["orders"], ["plain"]]),
        ("SHOW TABLES IN `shop` 'cl*|or*'", [["clicks"], ["orders"]]),
        ("SHOW TABLES '.*S'", [["clicks"], ["orders"]]),
        ("SHOW TABLES '*l*'", [["clicks"], ["plain"]]),
        ("SHOW TABLES LIKE '[op].*|nosuch'", [["orders"], ["plain"]]),
        ("SHOW TABLES 'c'", []),
        ("SHOW DATABASES LIKE '.*hop'", [["shop"]]),
        ("SHOW COLUMNS FROM shop.clicks", [[f"{name:20}"] for name in ("id", "n", "at", "gen")]),
        ("SHOW PARTITIONS plain", [["gen=a/b"]]),
        ("SHOW PARTITIONS clicks", []),
    ],
)
def test_answers(sql: str, rows: list[Row]) -> None:
    assert answer(classify(sql), CATALOG, "shop").rows == rows


def test_describe_shows_the_partition_keys_twice() -> None:
    rows = answer(classify("DESCRIBE clicks"), CATALOG, "shop").rows
    described = [(line or "").split("\t") for (line,) in rows]
    assert described[0] == ["id".ljust(20), "string".ljust(20), " " * 20]
    assert described.count(["gen".ljust(20), "string".ljust(20), " " * 20]) == 2


def test_reasons() -> None:
    with pytest.raises(QueryError, match=r"TABLE_NOT_FOUND: Table 'awsdatacatalog\.shop\.nosuch' does not exist"):
        answer(classify("DESCRIBE nosuch"), CATALOG, "shop")
    told = unsupported(classify("show functions like 'a%'")).reason
    assert told.startswith("NOT_SUPPORTED: SHOW FUNCTIONS is not answered offline")
    assert unsupported(classify("DROP TABLE x")).reason.startswith("NOT_SUPPORTED: DROP statements do not run offline")
