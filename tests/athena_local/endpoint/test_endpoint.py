"""The endpoint as boto3 sees it."""

import base64
import random
import time
from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.athena_local.endpoint.lake import Lake, event, glue_table, parquet


def test_rows_start_with_the_header_and_nulls_have_no_value(lake: Lake) -> None:
    rows = lake.rows(
        "SELECT event_id, amount, clicks, tags, added_later, gen FROM hot_clickstream ORDER BY 1 DESC LIMIT 2"
    )
    assert rows == [
        ["event_id", "amount", "clicks", "tags", "added_later", "gen"],
        ["e4", None, "4", None, None, "2026-11-22-12"],
        ["e3", "4.500000000", "3", "[a, b]", None, "2026-11-22-11"],
    ]


def test_types_come_from_glue_and_names_are_lower_case(lake: Lake) -> None:
    execution = lake.execute("SELECT CLICKS AS Number, event_time, amount, count(*) over () FROM hot_clickstream")
    result = lake.athena.get_query_results(QueryExecutionId=execution["QueryExecutionId"])
    columns = result["ResultSet"]["ResultSetMetadata"]["ColumnInfo"]
    assert [(each["Name"], each["Type"], each["Precision"], each["Scale"]) for each in columns] == [
        ("number", "bigint", 19, 0),
        ("event_time", "timestamp", 3, 0),
        ("amount", "decimal", 38, 9),
        ("_col3", "bigint", 19, 0),
    ]


def test_csv_quotes_every_value_and_leaves_nulls_empty(lake: Lake) -> None:
    execution = lake.execute("SELECT event_id, properties, amount, '' FROM hot_clickstream WHERE event_id = 'e4'")
    location = execution["ResultConfiguration"]["OutputLocation"]
    assert location == f"s3://results/analysts/{execution['QueryExecutionId']}.csv"
    body = lake.s3.get_object(Bucket="results", Key=location.removeprefix("s3://results/"))["Body"].read().decode()
    assert body == '"event_id","properties","amount","_col3"\n"e4","say ""hi"", bye",,""\n'


def test_partitions_outside_the_projection_and_hidden_objects_are_invisible(lake: Lake) -> None:
    assert lake.rows("SELECT count(*) FROM hot_clickstream") == [["_col0"], ["4"]]


def test_a_table_without_objects_has_its_columns(lake: Lake) -> None:
    assert lake.rows("SELECT event_id, gen FROM empty") == [["event_id", "gen"]]
    assert lake.rows("SELECT sum(clicks), max(gen) FROM empty") == [["_col0", "_col1"], [None, None]]


def test_bytes_scanned_are_those_of_the_columns_and_partitions_used(lake: Lake) -> None:
    def scanned(sql: str) -> int:
        return int(lake.execute(sql)["Statistics"]["DataScannedInBytes"])

    everything, one_column = scanned("SELECT * FROM hot_clickstream"), scanned("SELECT event_id FROM hot_clickstream")
    one_hour = scanned("SELECT event_id FROM hot_clickstream WHERE gen = '2026-11-22-11'")
    assert everything > one_column > one_hour > 0
    assert scanned("SELECT count(*), max(gen) FROM hot_clickstream") == 0
    assert (
        scanned("SELECT a.event_id FROM hot_clickstream a JOIN hot_clickstream b ON a.event_id = b.event_id")
        == 2 * one_column
    )


def test_a_query_over_the_workgroups_limit_is_cancelled(lake: Lake) -> None:
    incompressible = base64.b64encode(random.Random(1).randbytes(9_000_000)).decode()
    body = parquet([event(1, 10, properties=incompressible)])
    lake.s3.put_object(Bucket="lake", Key="hot/huge/gen=2026-11-22-10/one.parquet", Body=body)
    lake.glue.create_table(DatabaseName="lake", TableInput=glue_table("huge", "s3://lake/hot/huge/"))
    stopped = lake.execute("SELECT max(properties) FROM huge", WorkGroup="frugal")
    assert stopped["Status"]["State"] == "CANCELLED"
    assert stopped["Status"]["StateChangeReason"] == "Bytes scanned limit was exceeded"
    assert lake.execute("SELECT event_id FROM huge", WorkGroup="frugal")["Status"]["State"] == "SUCCEEDED"


@pytest.mark.parametrize(
    ("sql", "reason"),
    [
        ("SELECT 1 FROM nosuch", "TABLE_NOT_FOUND: line 1:15: Table 'awsdatacatalog.lake.nosuch' does not exist"),
        ("SELECT 1 FROM nodb.x", "SCHEMA_NOT_FOUND: line 1:15: Schema 'nodb' does not exist"),
        ("SELECT nosuch FROM hot_clickstream", "COLUMN_NOT_FOUND: line 1:8: Column 'nosuch' cannot be resolved"),
        (
            "SELECT clicks c FROM hot_clickstream GROUP BY c",
            "COLUMN_NOT_FOUND: line 1:47: Column 'c' cannot be resolved",
        ),
        ("SELECT nosuch(1)", "FUNCTION_NOT_FOUND: line 1:8: Function 'nosuch' not registered"),
        ("SELECT clicks / 0 FROM hot_clickstream", "DIVISION_BY_ZERO: Division by zero"),
        ("SELECT CAST('a' AS bigint)", "INVALID_CAST_ARGUMENT: Cannot cast 'a' to BIGINT"),
        ("CREATE TABLE x AS SELECT 1 a", "NOT_SUPPORTED: CREATE statements do not run offline"),
    ],
)
def test_failures_have_athenas_reason(lake: Lake, sql: str, reason: str) -> None:
    execution = lake.execute(sql)
    assert execution["Status"]["State"] == "FAILED"
    assert execution["Status"]["StateChangeReason"].startswith(reason)
    error = execution["Status"]["AthenaError"]
    assert error["ErrorCategory"] == 2
    assert error["ErrorMessage"].startswith(reason)


def test_a_malformed_query_is_refused_at_once(lake: Lake) -> None:
    with pytest.raises(ClientError) as caught:
        lake.execute("SELECT FROM WHERE")
    assert caught.value.response["Error"]["Code"] == "InvalidRequestException"
    assert caught.value.response["AthenaErrorCode"] == "MALFORMED_QUERY"
    assert "line 1:13: mismatched input 'WHERE'" in str(caught.value)


def test_the_same_token_gives_the_same_execution(lake: Lake) -> None:
    arguments: dict[str, Any] = {"WorkGroup": "analysts", "ClientRequestToken": "0123456789abcdef0123456789abcdef"}
    first = lake.athena.start_query_execution(QueryString="SELECT 1", **arguments)
    assert (
        lake.athena.start_query_execution(QueryString="SELECT 1", **arguments)["QueryExecutionId"]
        == first["QueryExecutionId"]
    )
    with pytest.raises(ClientError, match="Idempotent parameters do not match"):
        lake.athena.start_query_execution(QueryString="SELECT 2", **arguments)


def test_execution_parameters_are_literals_in_order(lake: Lake) -> None:
    sql = "SELECT event_id FROM hot_clickstream WHERE gen = ? AND clicks > ?"
    assert lake.rows(sql, ExecutionParameters=["'2026-11-22-10'", "1"]) == [["event_id"], ["e2"]]
    execution = lake.execute(sql, ExecutionParameters=["'2026-11-22-10'"])
    assert execution["Status"]["State"] == "FAILED"
    assert "expected 2 but found 1" in execution["Status"]["StateChangeReason"]


def test_results_come_in_pages(lake: Lake) -> None:
    execution = lake.execute("SELECT x FROM UNNEST(sequence(1, 2500)) AS t(x) ORDER BY x")
    sizes, values = [], []
    token: dict[str, str] = {}
    while True:
        page = lake.athena.get_query_results(QueryExecutionId=execution["QueryExecutionId"], **token)
        rows = [row["Data"][0]["VarCharValue"] for row in page["ResultSet"]["Rows"]]
        sizes.append(len(rows))
        values += rows
        if "NextToken" not in page:
            break
        token = {"NextToken": page["NextToken"]}
    assert sizes == [1000, 1000, 501]
    assert values == ["x", *(str(number) for number in range(1, 2501))]


def test_a_running_query_can_be_stopped(lake: Lake) -> None:
    sql = (
        "SELECT count(*) FROM UNNEST(sequence(1, 20000)) a(x), UNNEST(sequence(1, 20000)) b(y) WHERE (x * y) % 7919 = 3"
    )
    execution_id = lake.athena.start_query_execution(QueryString=sql, WorkGroup="analysts")["QueryExecutionId"]
    time.sleep(0.3)
    lake.athena.stop_query_execution(QueryExecutionId=execution_id)
    assert lake.wait(execution_id)["Status"]["State"] == "CANCELLED"
    with pytest.raises(ClientError, match="Final query state: CANCELLED"):
        lake.athena.get_query_results(QueryExecutionId=execution_id)


def test_workgroups_are_those_of_the_aws_endpoint(lake: Lake) -> None:
    group = lake.athena.get_work_group(WorkGroup="enforced")["WorkGroup"]
    assert group["Configuration"]["ResultConfiguration"]["OutputLocation"] == "s3://results/enforced/"
    with pytest.raises(ClientError, match="WorkGroup nosuch is not found"):
        lake.execute("SELECT 1", WorkGroup="nosuch")
    with pytest.raises(ClientError, match="No output location provided"):
        lake.athena.start_query_execution(QueryString="SELECT 1")


def test_an_enforced_workgroup_decides_where_results_go(lake: Lake) -> None:
    mine = {"OutputLocation": "s3://results/mine/"}
    assert "/mine/" in lake.execute("SELECT 1", ResultConfiguration=mine)["ResultConfiguration"]["OutputLocation"]
    enforced = lake.execute("SELECT 1", WorkGroup="enforced", ResultConfiguration=mine)
    assert "/enforced/" in enforced["ResultConfiguration"]["OutputLocation"]


def test_executions_can_be_listed_and_got_together(lake: Lake) -> None:
    newest = lake.execute("SELECT 42")["QueryExecutionId"]
    assert lake.athena.list_query_executions(WorkGroup="analysts", MaxResults=1)["QueryExecutionIds"] == [newest]
    answer = lake.athena.batch_get_query_execution(QueryExecutionIds=[newest, "nosuch"])
    assert [each["Query"] for each in answer["QueryExecutions"]] == ["SELECT 42"]
    assert [each["QueryExecutionId"] for each in answer["UnprocessedQueryExecutionIds"]] == ["nosuch"]


def test_the_catalog_can_be_read(lake: Lake) -> None:
    assert lake.athena.list_databases(CatalogName="AwsDataCatalog")["DatabaseList"] == [{"Name": "lake"}]
    metadata = lake.athena.get_table_metadata(
        CatalogName="AwsDataCatalog", DatabaseName="lake", TableName="hot_clickstream"
    )["TableMetadata"]
    assert [column["Name"] for column in metadata["PartitionKeys"]] == ["gen"]
    with pytest.raises(ClientError) as caught:
        lake.athena.get_table_metadata(CatalogName="AwsDataCatalog", DatabaseName="lake", TableName="nosuch")
    assert caught.value.response["Error"]["Code"] == "MetadataException"


def test_show_and_describe(lake: Lake) -> None:
    assert ["hot_clickstream"] in lake.rows("SHOW TABLES IN lake 'hot*'")
    assert ["lake"] in lake.rows("show databases")
    assert ["amount", "decimal(38,9)", ""] in lake.rows("DESCRIBE lake.hot_clickstream")
    assert lake.execute("SHOW TABLES")["StatementType"] == "UTILITY"


def test_a_changed_object_is_read_anew(lake: Lake) -> None:
    key = "hot/changing/gen=2026-11-22-10/one.parquet"
    lake.glue.create_table(DatabaseName="lake", TableInput=glue_table("changing", "s3://lake/hot/changing/"))
    for number in (1, 2):
        lake.s3.put_object(Bucket="lake", Key=key, Body=parquet([event(number, 10)]))
        assert lake.rows("SELECT event_id FROM changing") == [["event_id"], [f"e{number}"]]


def test_the_hidden_path_column(lake: Lake) -> None:
    rows = lake.rows("""SELECT DISTINCT "$path", gen FROM hot_clickstream WHERE gen = '2026-11-22-11'""")
    assert rows == [["$path", "gen"], ["s3://lake/hot/clickstream/gen=2026-11-22-11/two.parquet", "2026-11-22-11"]]
