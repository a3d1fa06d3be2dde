import pytest

from athena_local.errors import InvalidRequestError
from athena_local.statements.kinds import classify, unsupported


@pytest.mark.parametrize(
    ("sql", "kind", "type_"),
    [
        (" -- why\n/* so */ SELECT 1;", "query", "DML"),
        ("(SELECT 1)", "query", "DML"),
        ("with a as (select 1) select * from a", "query", "DML"),
        ("EXPLAIN SELECT 1", "explain", "UTILITY"),
        ("show tables", "catalog", "UTILITY"),
        ("CREATE EXTERNAL TABLE x (a int) LOCATION 's3://x/'", "definition", "DDL"),
        ("ANALYZE x", "unsupported", "DDL"),
        ("INSERT INTO x VALUES 1", "write", "DML"),
        ("-- why\nCREATE TABLE x AS (SELECT 1 a)", "write", "DDL"),
        ("SHOW CREATE TABLE x", "definition", "UTILITY"),
        ("SHOW CREATE FUNCTION x", "unsupported", "DDL"),
    ],
)
def test_kinds(sql: str, kind: str, type_: str) -> None:
    statement = classify(sql)
    assert (statement.kind, statement.type) == (kind, type_)


@pytest.mark.parametrize(
    ("sql", "substatement"),
    [
        ("DESC clicks", "DESCRIBE_TABLE"),
        ("show schemas", "SHOW_DATABASES"),
        ("SHOW TBLPROPERTIES t", "SHOW_TABLE_PROPERTIES"),
        ("MSCK REPAIR TABLE `t`", "MSCK_REPAIR"),
        ("DROP TABLE IF EXISTS t", "DROP_TABLE"),
        ("CREATE EXTERNAL TABLE t (x foo) LOCATION 's3://b/'", "CREATE_TABLE"),
        ("ALTER TABLE t ADD PARTITION (p='1')", "ALTER_TABLE_ADD_PARTITION"),
        ("ALTER TABLE t DROP PARTITION (p='1')", "ALTER_TABLE_DROP_PARTITION"),
        ("ALTER TABLE t PARTITION (p='1') RENAME TO PARTITION (p='2')", "ALTER_TABLE_RENAME_PARTITION"),
        ("ALTER TABLE t ADD COLUMNS (x nosuch)", "ALTER_TABLE_ADD_COLUMN"),
        ("ALTER TABLE t REPLACE COLUMNS (x int)", "ALTER_TABLE_REPLACE_COLUMN"),
        ("ALTER TABLE t CHANGE x y int FIRST", "ALTER_TABLE_CHANGE_COLUMN"),
        ("ALTER TABLE t DROP COLUMN x", "ALTER_TABLE_DROP_COLUMN"),
        ("ALTER TABLE t SET LOCATION 's3://b/'", "ALTER_TABLE_SET_LOCATION"),
        ("ALTER TABLE t SET TBLPROPERTIES ('a'='b')", "ALTER_TABLE_PROPERTIES"),
        ("ALTER TABLE t RENAME TO u", "ALTER_TABLE_RENAME"),
    ],
)
def test_substatements(sql: str, substatement: str) -> None:
    assert classify(sql).substatement == substatement


@pytest.mark.parametrize(
    ("sql", "message"),
    [
        ("CREATE TABLE x (a int)", "No location was specified for table. An S3 location must be specified"),
        ("ALTER TABLE t REPLACE COLUMN (x int)", "line 1:15: mismatched input 'REPLACE'"),
        ("ALTER TABLE t ADD COLUMN x int", "line 1:19: mismatched input 'COLUMN'"),
        ("ALTER TABLE IF EXISTS t RENAME TO u", "line 1:13: mismatched input 'IF'"),
        ("ALTER TABLE t DROP PARTITION (p > '1')", "line 1:33: mismatched input '>'"),
        ("ALTER TABLE t SET SERDEPROPERTIES ('a'='b')", "line 1:19: mismatched input 'SERDEPROPERTIES'"),
        ('DROP TABLE "t"', "line 1:12: mismatched input"),
        ("DROP TABLE t CASCADE", "line 1:14: mismatched input 'CASCADE' expecting <EOF>"),
        ("MSCK TABLE t", "line 1:6: mismatched input 'TABLE'"),
    ],
)
def test_malformed_statements_do_not_start(sql: str, message: str) -> None:
    with pytest.raises(InvalidRequestError, match=message) as refused:
        classify(sql)
    assert refused.value.code == "MALFORMED_QUERY"


@pytest.mark.parametrize("sql", ["selec 1", "PRAGMA version", "COPY x TO 'y'", "ATTACH 'x'", "", "!"])
def test_no_statement(sql: str) -> None:
    with pytest.raises(InvalidRequestError, match="line 1:1: mismatched input"):
        classify(sql)


def test_reasons() -> None:
    told = unsupported(classify("show functions like 'a%'")).reason
    assert told.startswith("NOT_SUPPORTED: SHOW FUNCTIONS is not answered offline")
    assert unsupported(classify("TRUNCATE x")).reason.startswith("NOT_SUPPORTED: TRUNCATE statements do not run")
