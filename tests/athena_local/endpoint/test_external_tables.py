"""CREATE EXTERNAL TABLE, ALTER TABLE, MSCK REPAIR TABLE and DROP TABLE, as boto3 sees them."""

from collections.abc import Iterator

import pyarrow as pa
import pytest
from botocore.exceptions import ClientError

from tests.athena_local.endpoint.tables import Endpoint, parquet

TASK = "FAILED: Execution Error, return code 1 from org.apache.hadoop.hive.ql.exec.DDLTask."
COLUMNS = "id string COMMENT 'it\\'s the key', n int, tags array<struct<k:string,v:map<string,int>>>"
TAG = pa.struct([pa.field("k", pa.string()), pa.field("v", pa.map_(pa.string(), pa.int32()))])
FIELDS: dict[str, pa.DataType] = {"id": pa.string(), "n": pa.int32(), "tags": pa.list_(TAG)}
SCHEMA = pa.schema(FIELDS)


@pytest.fixture
def visits(endpoint: Endpoint) -> Iterator[Endpoint]:
    """A table with two folders of objects, and no partitions yet."""
    for day in ("2026-11-21", "2026-11-22"):
        rows = [{"id": day, "n": 1, "tags": [{"k": "a", "v": [("x", 1)]}]}]
        endpoint.s3.put_object(Bucket="shop", Key=f"visits/day={day}/a.parquet", Body=parquet(rows, SCHEMA))
    endpoint.rows(
        f"CREATE EXTERNAL TABLE IF NOT EXISTS `shop`.`visits` ({COLUMNS}) COMMENT 'who came'\n"
        "PARTITIONED BY (`day` string) STORED AS PARQUET LOCATION 's3://shop/visits/' -- the end\n"
    )
    yield endpoint
    endpoint.rows("DROP TABLE IF EXISTS visits")
    for listed in endpoint.s3.list_objects_v2(Bucket="shop", Prefix="visits/").get("Contents", []):
        endpoint.s3.delete_object(Bucket="shop", Key=listed["Key"])


def reason(endpoint: Endpoint, sql: str) -> str:
    status = endpoint.execute(sql)["Status"]
    assert status["State"] == "FAILED", sql
    return str(status["StateChangeReason"])


def test_folders_are_read_after_a_repair_and_not_after_their_partitions_are_dropped(visits: Endpoint) -> None:
    count = "SELECT count(*), max(day), sum(element_at(tags[1].v, 'x')) FROM visits"
    header = ["_col0", "_col1", "_col2"]
    assert visits.rows(count) == [header, ["0", None, None]]
    assert visits.rows("MSCK REPAIR TABLE visits") == [
        ["Partitions not in metastore:\tvisits:day=2026-11-21\tvisits:day=2026-11-22"],
        ["Repair: Added partition to metastore visits:day=2026-11-21"],
        ["Repair: Added partition to metastore visits:day=2026-11-22"],
    ]
    assert visits.rows(count) == [header, ["2", "2026-11-22", "2"]]
    assert visits.rows("SHOW PARTITIONS visits") == [["day=2026-11-21"], ["day=2026-11-22"]]
    assert visits.rows("ALTER TABLE visits DROP PARTITION (day = '2026-11-22')") == []
    assert visits.rows(count) == [header, ["1", "2026-11-21", "1"]]
    visits.rows("ALTER TABLE visits ADD IF NOT EXISTS PARTITION (day='x') LOCATION 's3://shop/visits/day=2026-11-22'")
    visits.rows("ALTER TABLE visits PARTITION (day='x') RENAME TO PARTITION (day='y')")
    assert visits.rows(count) == [header, ["2", "y", "2"]]
    assert reason(visits, "ALTER TABLE visits ADD PARTITION (day='y')").startswith(f"{TASK} AlreadyExistsException")


def test_columns_and_locations_change_what_queries_read(visits: Endpoint) -> None:
    visits.rows("MSCK REPAIR TABLE visits")
    visits.rows("ALTER TABLE visits ADD COLUMNS (later bigint)")
    assert visits.rows("SELECT later, n FROM visits LIMIT 1") == [["later", "n"], [None, "1"]]
    visits.rows("ALTER TABLE visits REPLACE COLUMNS (n bigint)")
    assert visits.rows("SHOW COLUMNS IN visits") == [["n".ljust(20)], ["day".ljust(20)]]
    visits.rows("ALTER TABLE visits PARTITION (day='2026-11-22') SET LOCATION 's3://shop/nothing/'")
    assert visits.rows("SELECT sum(n) FROM visits") == [["_col0"], ["1"]]


def test_a_projected_table_needs_no_partitions(visits: Endpoint) -> None:
    visits.rows(
        "ALTER TABLE visits SET TBLPROPERTIES ('projection.enabled'='true', 'projection.day.type'='date', "
        "'projection.day.format'='yyyy-MM-dd', 'projection.day.range'='2026-11-01,2026-11-30')"
    )
    assert visits.rows("SELECT count(*) FROM visits WHERE day > '2026-11-21'") == [["_col0"], ["1"]]
    assert visits.rows("SHOW PARTITIONS visits") == []


def test_the_shown_statement_makes_the_table_again(visits: Endpoint) -> None:
    shown = visits.rows("SHOW CREATE TABLE visits")
    sql = "\n".join(str(line) for (line,) in shown)
    assert "COMMENT \n  'who came'" in sql
    visits.rows("DROP TABLE visits")
    visits.rows(sql)
    assert [row for row in visits.rows("SHOW CREATE TABLE visits") if "lastDdl" not in str(row)] == [
        row for row in shown if "lastDdl" not in str(row)
    ]


@pytest.mark.parametrize(
    ("sql", "type_", "substatement"),
    [
        ("CREATE EXTERNAL TABLE IF NOT EXISTS visits (x int) LOCATION 's3://shop/visits/'", "DDL", "CREATE_TABLE"),
        ("MSCK REPAIR TABLE visits", "DDL", "MSCK_REPAIR"),
        ("ALTER TABLE visits SET TBLPROPERTIES ('a'='b')", "DDL", "ALTER_TABLE_PROPERTIES"),
        ("ALTER TABLE visits SET LOCATION 's3://shop/visits/'", "DDL", "ALTER_TABLE_SET_LOCATION"),
        ("DESCRIBE visits", "UTILITY", "DESCRIBE_TABLE"),
        ("SHOW TBLPROPERTIES visits", "UTILITY", "SHOW_TABLE_PROPERTIES"),
        ("DROP TABLE visits", "DDL", "DROP_TABLE"),
    ],
)
def test_kinds_and_results(visits: Endpoint, sql: str, type_: str, substatement: str) -> None:
    execution = visits.execute(sql)
    assert execution["Status"]["State"] == "SUCCEEDED", execution["Status"]
    assert (execution["StatementType"], execution["SubstatementType"]) == (type_, substatement)
    assert execution["ResultConfiguration"]["OutputLocation"].endswith(".txt")


def test_the_error_of_a_failed_statement_is_hives(visits: Endpoint) -> None:
    status = visits.execute("CREATE EXTERNAL TABLE visits (x int) LOCATION 's3://shop/x/'")["Status"]
    assert status["StateChangeReason"] == f"{TASK} AlreadyExistsException(message:Table visits already exist)"
    assert (status["AthenaError"]["ErrorCategory"], status["AthenaError"]["ErrorType"]) == (2, 1006)
    assert reason(visits, "SHOW TABLES IN nosuch") == (
        "FAILED: SemanticException [Error 10072]: Database does not exist: nosuch"
    )


@pytest.mark.parametrize(
    ("sql", "message"),
    [
        ("CREATE EXTERNAL TABLE x (a int)", "No location was specified for table. An S3 location must be specified"),
        ("CREATE EXTERNAL TABLE \"x\" (a int) LOCATION 's3://shop/x/'", "line 1:23: mismatched input '\"x\"'"),
        ('DESCRIBE shop."orders"', "line 1:15: mismatched input '\"orders\"'"),
        ("ALTER TABLE visits ADD COLUMN x int", "line 1:24: mismatched input 'COLUMN'"),
    ],
)
def test_malformed_statements_do_not_start(endpoint: Endpoint, sql: str, message: str) -> None:
    with pytest.raises(ClientError) as refused:
        endpoint.execute(sql)
    error = refused.value.response["Error"]
    assert error["Code"] == "InvalidRequestException"
    assert error["Message"].startswith(message)


@pytest.mark.parametrize(
    ("sql", "what"),
    [
        ("DESCRIBE FORMATTED visits", "FORMATTED"),
        ("DESC EXTENDED visits", "EXTENDED"),
        ("DESCRIBE visits id", "of a column or a partition"),
        ("DESCRIBE visits PARTITION (day='1')", "of a column or a partition"),
    ],
)
def test_other_descriptions_are_refused(visits: Endpoint, sql: str, what: str) -> None:
    assert reason(visits, sql).startswith(f"NOT_SUPPORTED: DESCRIBE {what} is not answered offline")


@pytest.mark.parametrize(
    ("columns", "clauses", "body", "rows"),
    [
        (
            "a int, b string, m map<string,int>",
            (
                r"ROW FORMAT DELIMITED FIELDS TERMINATED BY ',' ESCAPED BY '\\' COLLECTION ITEMS TERMINATED BY '|' "
                "MAP KEYS TERMINATED BY ':' LOCATION 's3://shop/lines/' TBLPROPERTIES ('skip.header.line.count'='1')"
            ),
            b"a,b,m\n1,x\\,y,k:1|j:2\n",
            [["a", "b", "m"], ["1", "x,y", "{k=1, j=2}"]],
        ),
        (
            "a int, b string",
            (
                "ROW FORMAT SERDE 'org.apache.hadoop.hive.serde2.OpenCSVSerde' WITH SERDEPROPERTIES "
                r"""('separatorChar'=';', 'quoteChar'='"', 'escapeChar'='\\') LOCATION 's3://shop/lines/'"""
            ),
            b'"1";"say ""hi"""\n',
            [["a", "b"], ["1", 'say "hi"']],
        ),
        (
            "a int, s struct<x:string,y:array<int>>",
            "ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe' LOCATION 's3://shop/lines/'",
            b'{"a": 1, "s": {"x": "q", "y": [1, 2]}}\n',
            [["a", "s"], ["1", "{x=q, y=[1, 2]}"]],
        ),
    ],
)
def test_text_and_json_are_read_as_the_statement_says(
    endpoint: Endpoint, columns: str, clauses: str, body: bytes, rows: list[list[str]]
) -> None:
    endpoint.s3.put_object(Bucket="shop", Key="lines/a", Body=body)
    endpoint.rows(f"CREATE EXTERNAL TABLE text_lines ({columns}) {clauses}")
    try:
        assert endpoint.rows("SELECT * FROM text_lines") == rows
    finally:
        endpoint.rows("DROP TABLE text_lines")
