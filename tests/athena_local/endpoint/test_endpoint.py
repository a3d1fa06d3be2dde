"""The endpoint as boto3 sees it."""

import base64
import random
import time
from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.athena_local.endpoint.tables import Endpoint, event, glue_table, parquet


def test_rows_start_with_the_header_and_nulls_have_no_value(endpoint: Endpoint) -> None:
    rows = endpoint.rows("SELECT event_id, amount, clicks, tags, added_later, gen FROM orders ORDER BY 1 DESC LIMIT 2")
    assert rows == [
        ["event_id", "amount", "clicks", "tags", "added_later", "gen"],
        ["e4", None, "4", None, None, "2026-11-22-12"],
        ["e3", "4.500000000", "3", "[a, b]", None, "2026-11-22-11"],
    ]


def test_types_come_from_glue_and_names_are_as_written(endpoint: Endpoint) -> None:
    execution = endpoint.execute("SELECT CLICKS AS Number, event_time, amount, count(*) over () FROM orders")
    result = endpoint.athena.get_query_results(QueryExecutionId=execution["QueryExecutionId"])
    columns = result["ResultSet"]["ResultSetMetadata"]["ColumnInfo"]
    assert [(each["Name"], each["Type"], each["Precision"], each["Scale"]) for each in columns] == [
        ("Number", "bigint", 19, 0),
        ("event_time", "timestamp", 3, 0),
        ("amount", "decimal", 38, 9),
        ("_col3", "bigint", 19, 0),
    ]


def test_csv_quotes_every_value_and_leaves_nulls_empty(endpoint: Endpoint) -> None:
    execution = endpoint.execute("SELECT event_id, properties, amount, '' FROM orders WHERE event_id = 'e4'")
    location = execution["ResultConfiguration"]["OutputLocation"]
    assert location == f"s3://results/analysts/{execution['QueryExecutionId']}.csv"
    body = endpoint.s3.get_object(Bucket="results", Key=location.removeprefix("s3://results/"))["Body"].read().decode()
    assert body == '"event_id","properties","amount","_col3"\n"e4","say ""hi"", bye",,""\n'


def test_partitions_outside_the_projection_and_hidden_objects_are_invisible(endpoint: Endpoint) -> None:
    assert endpoint.rows("SELECT count(*) FROM orders") == [["_col0"], ["4"]]


def test_a_table_without_objects_has_its_columns(endpoint: Endpoint) -> None:
    assert endpoint.rows("SELECT event_id, gen FROM empty") == [["event_id", "gen"]]
    assert endpoint.rows("SELECT sum(clicks), max(gen) FROM empty") == [["_col0", "_col1"], [None, None]]


def test_bytes_scanned_are_those_of_the_columns_and_partitions_used(endpoint: Endpoint) -> None:
    def scanned(sql: str) -> int:
        return int(endpoint.execute(sql)["Statistics"]["DataScannedInBytes"])

    everything, one_column = scanned("SELECT * FROM orders"), scanned("SELECT event_id FROM orders")
    one_hour = scanned("SELECT event_id FROM orders WHERE gen = '2026-11-22-11'")
    assert everything > one_column > one_hour > 0
    assert scanned("SELECT count(*), max(gen) FROM orders") == 0
    assert scanned("SELECT a.event_id FROM orders a JOIN orders b ON a.event_id = b.event_id") == 2 * one_column


def test_a_query_over_the_workgroups_limit_is_cancelled(endpoint: Endpoint) -> None:
    incompressible = base64.b64encode(random.Random(1).randbytes(9_000_000)).decode()
    body = parquet([event(1, 10, properties=incompressible)])
    endpoint.s3.put_object(Bucket="shop", Key="huge/gen=2026-11-22-10/one.parquet", Body=body)
    endpoint.glue.create_table(DatabaseName="shop", TableInput=glue_table("huge", "s3://shop/huge/"))
    stopped = endpoint.execute("SELECT max(properties) FROM huge", WorkGroup="frugal")
    assert stopped["Status"]["State"] == "CANCELLED"
    assert stopped["Status"]["StateChangeReason"] == "Bytes scanned limit was exceeded"
    assert endpoint.execute("SELECT event_id FROM huge", WorkGroup="frugal")["Status"]["State"] == "SUCCEEDED"


@pytest.mark.parametrize(
    ("sql", "reason"),
    [
        ("SELECT 1 FROM nosuch", "TABLE_NOT_FOUND: line 1:15: Table 'awsdatacatalog.shop.nosuch' does not exist"),
        ("SELECT 1 FROM nodb.x", "SCHEMA_NOT_FOUND: line 1:15: Schema 'nodb' does not exist"),
        ("SELECT nosuch FROM orders", "COLUMN_NOT_FOUND: line 1:8: Column 'nosuch' cannot be resolved"),
        (
            "SELECT clicks c FROM orders GROUP BY c",
            "COLUMN_NOT_FOUND: line 1:38: Column 'c' cannot be resolved",
        ),
        ("SELECT nosuch(1)", "FUNCTION_NOT_FOUND: line 1:8: Function 'nosuch' not registered"),
        ("SELECT clicks / 0 FROM orders", "DIVISION_BY_ZERO: Division by zero"),
        ("SELECT CAST('a' AS bigint)", "INVALID_CAST_ARGUMENT: Cannot cast 'a' to BIGINT"),
        ("CREATE ROLE x", "NOT_SUPPORTED: CREATE statements do not run offline"),
    ],
)
def test_failures_have_athenas_reason(endpoint: Endpoint, sql: str, reason: str) -> None:
    execution = endpoint.execute(sql)
    assert execution["Status"]["State"] == "FAILED"
    assert execution["Status"]["StateChangeReason"].startswith(reason)
    error = execution["Status"]["AthenaError"]
    assert error["ErrorCategory"] == 2
    assert error["ErrorMessage"].startswith(reason)


def test_a_malformed_query_is_refused_at_once(endpoint: Endpoint) -> None:
    with pytest.raises(ClientError) as caught:
        endpoint.execute("SELECT FROM WHERE")
    assert caught.value.response["Error"]["Code"] == "InvalidRequestException"
    assert caught.value.response["AthenaErrorCode"] == "MALFORMED_QUERY"
    assert "line 1:8: mismatched input 'FROM'" in str(caught.value)


def test_the_same_token_gives_the_same_execution(endpoint: Endpoint) -> None:
    arguments: dict[str, Any] = {"WorkGroup": "analysts", "ClientRequestToken": "0123456789abcdef0123456789abcdef"}
    first = endpoint.athena.start_query_execution(QueryString="SELECT 1", **arguments)
    assert (
        endpoint.athena.start_query_execution(QueryString="SELECT 1", **arguments)["QueryExecutionId"]
        == first["QueryExecutionId"]
    )
    with pytest.raises(ClientError, match="Idempotent parameters do not match"):
        endpoint.athena.start_query_execution(QueryString="SELECT 2", **arguments)


def test_execution_parameters_are_literals_in_order(endpoint: Endpoint) -> None:
    sql = "SELECT event_id FROM orders WHERE gen = ? AND clicks > ?"
    assert endpoint.rows(sql, ExecutionParameters=["'2026-11-22-10'", "1"]) == [["event_id"], ["e2"]]
    execution = endpoint.execute(sql, ExecutionParameters=["'2026-11-22-10'"])
    assert execution["Status"]["State"] == "FAILED"
    assert "expected 2 but found 1" in execution["Status"]["StateChangeReason"]


def test_results_come_in_pages(endpoint: Endpoint) -> None:
    execution = endpoint.execute("SELECT x FROM UNNEST(sequence(1, 2500)) AS t(x) ORDER BY x")
    sizes, values = [], []
    token: dict[str, str] = {}
    while True:
        page = endpoint.athena.get_query_results(QueryExecutionId=execution["QueryExecutionId"], **token)
        rows = [row["Data"][0]["VarCharValue"] for row in page["ResultSet"]["Rows"]]
        sizes.append(len(rows))
        values += rows
        if "NextToken" not in page:
            break
        token = {"NextToken": page["NextToken"]}
    assert sizes == [1000, 1000, 501]
    assert values == ["x", *(str(number) for number in range(1, 2501))]


def test_a_running_query_can_be_stopped(endpoint: Endpoint) -> None:
    sql = (
        "SELECT count(*) FROM UNNEST(sequence(1, 10000)) a(x), UNNEST(sequence(1, 10000)) b(y),"
        " UNNEST(sequence(1, 10)) c(z) WHERE (x * y * z) % 7919 = 3"
    )
    execution_id = endpoint.athena.start_query_execution(QueryString=sql, WorkGroup="analysts")["QueryExecutionId"]
    time.sleep(0.3)
    endpoint.athena.stop_query_execution(QueryExecutionId=execution_id)
    assert endpoint.wait(execution_id)["Status"]["State"] == "CANCELLED"
    with pytest.raises(ClientError, match="Could not find results"):
        endpoint.athena.get_query_results(QueryExecutionId=execution_id)


def test_workgroups_are_those_of_the_aws_endpoint(endpoint: Endpoint) -> None:
    group = endpoint.athena.get_work_group(WorkGroup="enforced")["WorkGroup"]
    assert group["Configuration"]["ResultConfiguration"]["OutputLocation"] == "s3://results/enforced/"
    with pytest.raises(ClientError, match="WorkGroup nosuch is not found"):
        endpoint.execute("SELECT 1", WorkGroup="nosuch")
    with pytest.raises(ClientError, match="No output location provided"):
        endpoint.athena.start_query_execution(QueryString="SELECT 1")


def test_an_enforced_workgroup_decides_where_results_go(endpoint: Endpoint) -> None:
    mine = {"OutputLocation": "s3://results/mine/"}
    for group in ("analysts", "primary"):
        execution = endpoint.execute("SELECT 1", WorkGroup=group, ResultConfiguration=mine)
        assert "/mine/" in execution["ResultConfiguration"]["OutputLocation"]
    enforced = endpoint.execute("SELECT 1", WorkGroup="enforced", ResultConfiguration=mine)
    assert "/enforced/" in enforced["ResultConfiguration"]["OutputLocation"]


def test_executions_can_be_listed_and_got_together(endpoint: Endpoint) -> None:
    newest = endpoint.execute("SELECT 42")["QueryExecutionId"]
    page = endpoint.athena.list_query_executions(WorkGroup="analysts", MaxResults=1)
    assert page["QueryExecutionIds"] == [newest]
    endpoint.execute("SELECT 43")
    following = endpoint.athena.list_query_executions(WorkGroup="analysts", NextToken=page["NextToken"])
    assert newest not in following["QueryExecutionIds"]
    answer = endpoint.athena.batch_get_query_execution(QueryExecutionIds=[newest, "nosuch"])
    assert [each["Query"] for each in answer["QueryExecutions"]] == ["SELECT 42"]
    assert [each["QueryExecutionId"] for each in answer["UnprocessedQueryExecutionIds"]] == ["nosuch"]


def test_the_catalog_can_be_read(endpoint: Endpoint) -> None:
    databases = [each["Name"] for each in endpoint.athena.list_databases(CatalogName="AwsDataCatalog")["DatabaseList"]]
    assert {"default", "shop"} <= set(databases)  # other tests' are there, too
    assert databases == sorted(databases)
    metadata = endpoint.athena.get_table_metadata(
        CatalogName="AwsDataCatalog", DatabaseName="shop", TableName="orders"
    )["TableMetadata"]
    assert [column["Name"] for column in metadata["PartitionKeys"]] == ["gen"]
    with pytest.raises(ClientError) as caught:
        endpoint.athena.get_table_metadata(CatalogName="AwsDataCatalog", DatabaseName="shop", TableName="nosuch")
    assert caught.value.response["Error"]["Code"] == "MetadataException"
    assert "Error Code: EntityNotFoundException" in caught.value.response["Error"]["Message"]


def test_tables_are_listed_by_an_expression_and_a_missing_database_is_metadata(endpoint: Endpoint) -> None:
    def names(**options: str) -> list[str]:
        pages = endpoint.athena.get_paginator("list_table_metadata").paginate(CatalogName="AwsDataCatalog", **options)
        return [table["Name"] for page in pages for table in page["TableMetadataList"]]

    assert names(DatabaseName="shop", Expression="ord.*") == ["orders"]
    assert names(DatabaseName="default") == []
    with pytest.raises(ClientError, match=r"MetadataException.*Database nosuch not found.*EntityNotFoundException"):
        names(DatabaseName="nosuch")


def test_there_is_one_catalog(endpoint: Endpoint) -> None:
    assert endpoint.athena.get_data_catalog(Name="awsdatacatalog")["DataCatalog"]["Type"] == "GLUE"
    with pytest.raises(ClientError, match="DataCatalog nosuch was not found"):
        endpoint.athena.get_data_catalog(Name="nosuch")
    with pytest.raises(ClientError, match="Catalog nosuch not found"):
        endpoint.athena.list_databases(CatalogName="nosuch")


def test_a_context_may_name_the_default_database_or_put_backticks_around_it(endpoint: Endpoint) -> None:
    assert endpoint.rows("SELECT count(*) FROM orders", QueryExecutionContext={"Database": "`shop`"})[1] == ["4"]
    assert endpoint.rows("SHOW TABLES", QueryExecutionContext={"Database": "default"}) == []
    execution = endpoint.execute("SELECT 1", QueryExecutionContext={})
    assert execution.get("QueryExecutionContext", {}) == {}
    assert execution["Statistics"]["QueryQueueTimeInMillis"] > 0


def test_show_and_describe(endpoint: Endpoint) -> None:
    assert ["orders"] in endpoint.rows("SHOW TABLES IN shop 'ord*'")
    assert ["shop"] in endpoint.rows("show databases")
    assert [f"{'amount':20}\t{'decimal(38,9)':20}\t{'':20}"] in endpoint.rows("DESCRIBE shop.orders")
    assert endpoint.execute("SHOW TABLES")["StatementType"] == "UTILITY"


def test_a_changed_object_is_read_anew(endpoint: Endpoint) -> None:
    key = "changing/gen=2026-11-22-10/one.parquet"
    endpoint.glue.create_table(DatabaseName="shop", TableInput=glue_table("changing", "s3://shop/changing/"))
    for number in (1, 2):
        endpoint.s3.put_object(Bucket="shop", Key=key, Body=parquet([event(number, 10)]))
        assert endpoint.rows("SELECT event_id FROM changing") == [["event_id"], [f"e{number}"]]


def test_the_hidden_path_column(endpoint: Endpoint) -> None:
    rows = endpoint.rows("""SELECT DISTINCT "$path", gen FROM orders WHERE gen = '2026-11-22-11'""")
    assert rows == [["$path", "gen"], ["s3://shop/orders/gen=2026-11-22-11/two.parquet", "2026-11-22-11"]]
