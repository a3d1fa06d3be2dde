"""CREATE and DROP of databases and views, as boto3 sees them."""

import pytest

from tests.athena_local.endpoint.tables import Endpoint, glue_table

TASK = "FAILED: Execution Error, return code 1 from org.apache.hadoop.hive.ql.exec.DDLTask."


def reason(endpoint: Endpoint, sql: str) -> str:
    status = endpoint.execute(sql)["Status"]
    assert status["State"] == "FAILED", sql
    return str(status["StateChangeReason"])


def test_a_database_is_created_and_dropped(endpoint: Endpoint) -> None:
    endpoint.rows(
        "CREATE DATABASE IF NOT EXISTS `staging` COMMENT 'it''s new' LOCATION 's3://shop/staging/' "
        "WITH DBPROPERTIES ('owner'='me', 'a' = 'b')"
    )
    endpoint.rows("create schema if not exists staging")
    database = endpoint.glue.get_database(Name="staging")["Database"]
    assert (database["Description"], database["LocationUri"]) == ("it's new", "s3://shop/staging/")
    assert database["Parameters"] == {"owner": "me", "a": "b"}
    endpoint.rows("ALTER DATABASE staging SET DBPROPERTIES ('a'='c', 'd'='e')")
    database = endpoint.glue.get_database(Name="staging")["Database"]
    assert (database["Description"], database["Parameters"]) == ("it's new", {"owner": "me", "a": "c", "d": "e"})
    assert reason(endpoint, "CREATE DATABASE staging") == f"{TASK} Database staging already exists"
    endpoint.rows("CREATE VIEW staging.v AS SELECT 1 AS x")
    assert "Database staging is not empty" in reason(endpoint, "DROP DATABASE staging")
    endpoint.rows("DROP DATABASE staging CASCADE")
    endpoint.rows("DROP DATABASE IF EXISTS staging")
    missing = "FAILED: SemanticException [Error 10072]: Database does not exist: staging"
    assert reason(endpoint, "DROP DATABASE staging") == missing
    assert ["staging"] not in endpoint.rows("SHOW DATABASES")


def test_a_view_is_read_where_it_was_made_and_replaced(endpoint: Endpoint) -> None:
    endpoint.rows("CREATE DATABASE views")
    create = "VIEW views.totals AS SELECT gen, sum(clicks) AS total, array_agg(event_id) ids FROM orders GROUP BY gen"
    endpoint.rows(f"CREATE {create}")
    sql = "SELECT gen, total FROM views.totals ORDER BY 1"
    expected = [["gen", "total"], ["2026-11-22-10", "3"], ["2026-11-22-11", "3"], ["2026-11-22-12", "4"]]
    assert endpoint.rows(sql, QueryExecutionContext={"Database": "default"}) == expected
    table = endpoint.glue.get_table(DatabaseName="views", Name="totals")["Table"]
    columns = {column["Name"]: column["Type"] for column in table["StorageDescriptor"]["Columns"]}
    assert columns == {"gen": "string", "total": "bigint", "ids": "array<string>"}
    assert reason(endpoint, f"CREATE {create}").endswith("View already exists: 'awsdatacatalog.views.totals'")
    endpoint.rows("CREATE OR REPLACE VIEW views.totals AS\nSELECT 7 AS total")
    assert endpoint.rows("SELECT * FROM views.totals") == [["total"], ["7"]]
    assert endpoint.rows("SHOW CREATE VIEW views.totals") == [
        ["CREATE VIEW views.totals AS"], ["SELECT 7 AS total"]
    ]  # fmt: skip
    assert endpoint.rows("SHOW VIEWS IN views LIKE 'tot*'") == [["totals"]]
    endpoint.rows("DROP VIEW views.totals")
    endpoint.rows("DROP VIEW IF EXISTS views.totals")
    assert endpoint.rows("SHOW VIEWS IN views") == []
    endpoint.rows("DROP DATABASE views RESTRICT")


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("CREATE VIEW v AS SELECT nosuch FROM orders", "COLUMN_NOT_FOUND: line 1:25: Column 'nosuch'"),
        ("CREATE VIEW v AS SELECT 1", "MISSING_COLUMN_NAME: line 1:1: Column name not specified at position 1"),
        ("CREATE VIEW v AS SELECT 1 a, 2 A", "DUPLICATE_COLUMN_NAME: line 1:1: Column name 'a' specified"),
        ("CREATE VIEW v AS SELECT NULL a", "COLUMN_TYPE_UNKNOWN: line 1:1: Column type is unknown at position 1"),
        ("CREATE VIEW nosuch.v AS SELECT 1 a", "SCHEMA_NOT_FOUND: line 1:1: Schema 'nosuch' does not exist"),
        ("CREATE OR REPLACE VIEW orders AS SELECT 1 a", "TABLE_ALREADY_EXISTS: line 1:1: Table already exists"),
        ("CREATE VIEW v AS DROP VIEW v", "SYNTAX_ERROR"),
        ("DROP VIEW nosuch", "TABLE_NOT_FOUND: line 1:1: View 'awsdatacatalog.shop.nosuch' does not exist"),
        ("DROP VIEW orders", "GENERIC_USER_ERROR"),
        ("CREATE VIEW v (a) AS SELECT 1 a", "NOT_SUPPORTED: CREATE statements do not run offline"),
    ],
)
def test_what_is_refused_changes_nothing(endpoint: Endpoint, sql: str, expected: str) -> None:
    before = endpoint.rows("SHOW TABLES")
    assert reason(endpoint, sql).startswith(expected)
    assert endpoint.rows("SHOW TABLES") == before


def test_table_properties(endpoint: Endpoint) -> None:
    assert reason(endpoint, "SHOW CREATE TABLE orders").endswith("its definition in Glue lacks OutputFormat")
    table = glue_table("made", "s3://shop/made/")
    table["StorageDescriptor"]["OutputFormat"] = "org.out"
    endpoint.glue.create_table(DatabaseName="shop", TableInput=table)
    lines = endpoint.rows("SHOW CREATE TABLE `shop`.`made`")
    assert lines[0] == ["CREATE EXTERNAL TABLE `made`("]
    assert ["  's3://shop/made/'"] in lines
    endpoint.glue.delete_table(DatabaseName="shop", Name="made")
    rows = endpoint.rows("SHOW TBLPROPERTIES orders")
    assert ["projection.gen.type\tdate"] in rows
    assert endpoint.rows("SHOW TBLPROPERTIES shop.orders('projection.gen.type')") == [["date"]]
    assert endpoint.rows("SHOW TBLPROPERTIES orders('a')") == [["Table shop.orders does not have property: a"]]


def test_a_prepared_statement_is_the_same_in_sql_and_in_the_api(endpoint: Endpoint) -> None:
    endpoint.rows("PREPARE by_hour FROM SELECT event_id FROM orders WHERE gen = ? AND clicks > ?")
    kept = endpoint.athena.get_prepared_statement(StatementName="by_hour", WorkGroup="analysts")["PreparedStatement"]
    assert kept["QueryStatement"].startswith("SELECT event_id")
    assert endpoint.rows("EXECUTE by_hour USING '2026-11-22-10', 1") == [["event_id"], ["e2"]]
    execution = endpoint.execute("EXECUTE by_hour", ExecutionParameters=["'2026-11-22-10'", "0"])
    assert execution["ResultConfiguration"]["OutputLocation"].endswith(".csv")
    assert execution["Query"] == "EXECUTE by_hour"
    assert "expected 2 but found 1" in reason(endpoint, "EXECUTE by_hour USING 1")
    assert reason(endpoint, "PREPARE other FROM DROP VIEW v").startswith("NOT_SUPPORTED")
    endpoint.rows("DEALLOCATE PREPARE by_hour")
    assert reason(endpoint, "EXECUTE by_hour") == "NOT_FOUND: Prepared statement not found: by_hour"
