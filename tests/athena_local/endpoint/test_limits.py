"""Many queries at once, big ones, and what no query may reach."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from botocore.exceptions import ClientError

from athena_local.tables.types import OutputColumn, ResultType
from athena_local.tables.views import view_input
from tests.athena_local.endpoint.tables import Endpoint

LONG = (
    "SELECT sum(x * y % 7) FROM UNNEST(sequence(1, 10000)) a(x), UNNEST(sequence(1, 300)) b(y), "
    "(SELECT count(*) FROM orders)"
)


def start(endpoint: Endpoint, sql: str, **options: Any) -> str:
    context = {"Database": "shop"}
    started = endpoint.athena.start_query_execution(
        QueryString=sql, QueryExecutionContext=context, WorkGroup="analysts", **options
    )
    return str(started["QueryExecutionId"])


def test_twenty_queries_at_once_end_and_the_catalog_does_not_wait_for_them(endpoint: Endpoint) -> None:
    with ThreadPoolExecutor(8) as pool:
        ids = list(pool.map(lambda _: start(endpoint, LONG), range(19)))
    catalog = endpoint.wait(start(endpoint, "SHOW TABLES"))
    short = endpoint.wait(start(endpoint, "SELECT count(*) FROM orders"))
    assert catalog["Status"]["State"] == short["Status"]["State"] == "SUCCEEDED"
    long = [endpoint.wait(each) for each in ids]
    assert {each["Status"]["State"] for each in long} == {"SUCCEEDED"}
    last = max(each["Status"]["CompletionDateTime"] for each in long)
    assert catalog["Status"]["CompletionDateTime"] < last
    for each in [*long, short]:
        times = each["Statistics"]
        assert times["TotalExecutionTimeInMillis"] == sum(
            times[f"{name}InMillis"]
            for name in (
                "ServicePreProcessingTime",
                "QueryQueueTime",
                "EngineExecutionTime",
                "ServiceProcessingTime",
            )
        )


def test_a_query_that_needs_too_much_memory_fails_alone(endpoint: Endpoint) -> None:
    sql = "SELECT array_agg(x * y) FROM UNNEST(sequence(1, 10000)) a(x), UNNEST(sequence(1, 10000)) b(y)"
    execution = endpoint.wait(start(endpoint, sql))
    assert execution["Status"]["StateChangeReason"].startswith("EXCEEDED_LOCAL_MEMORY_LIMIT: ")
    assert endpoint.rows("SELECT count(*) FROM orders") == [["_col0"], ["4"]]


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM read_parquet('/tmp/x.parquet')",
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM TABLE(read_csv('/etc/passwd'))",
        "SELECT * FROM TABLE(glob('/etc/*'))",
        "SELECT * FROM '/etc/passwd'",
        "COPY orders TO '/tmp/x'",
        "ATTACH '/tmp/x.db'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "PRAGMA database_list",
        "SELECT 1; ATTACH '/tmp/x.db'",
        "EXPLAIN COPY orders TO '/tmp/x'",
        "EXPORT DATABASE '/tmp/x'",
    ],
)
def test_what_trino_does_not_read_does_not_run(endpoint: Endpoint, sql: str) -> None:
    try:
        state = endpoint.wait(start(endpoint, sql))["Status"]["State"]
    except ClientError as error:
        state = error.response["Error"]["Code"]
    assert state in ("FAILED", "InvalidRequestException")


@pytest.mark.parametrize(
    ("sql", "name"),
    [
        ('SELECT * FROM "/etc/passwd"', "TABLE_NOT_FOUND"),
        ('TABLE "/etc/passwd.csv"', "TABLE_NOT_FOUND"),
        (
            'WITH "/etc/passwd.csv" AS (SELECT * FROM "/etc/passwd.csv") SELECT * FROM "/etc/passwd.csv"',
            "TABLE_NOT_FOUND",
        ),
        ("WITH duckdb_tables AS (SELECT * FROM duckdb_tables) SELECT * FROM duckdb_tables", "TABLE_NOT_FOUND"),
        ("SELECT * FROM sqlite_master", "TABLE_NOT_FOUND"),
        ("SELECT * FROM duckdb_settings", "TABLE_NOT_FOUND"),
        ("SELECT * FROM memory.main.x", "CATALOG_NOT_FOUND"),
        ("SELECT getenv('HOME')", "FUNCTION_NOT_FOUND"),
        ("SELECT read_blob('/etc/passwd')", "FUNCTION_NOT_FOUND"),
        ("SELECT current_setting('temp_directory')", "FUNCTION_NOT_FOUND"),
        ("SELECT query('SELECT 1')", "FUNCTION_NOT_FOUND"),
    ],
)
def test_nothing_outside_the_catalog_has_a_name(endpoint: Endpoint, sql: str, name: str) -> None:
    assert endpoint.wait(start(endpoint, sql))["Status"]["StateChangeReason"].startswith(f"{name}: ")


@pytest.mark.parametrize(
    "parameter",
    [
        "(SELECT content FROM read_text('/etc/passwd'))",
        "read_text('/etc/passwd')",
        "getenv('HOME')",
        "'a'; ATTACH '/tmp/x.db'",
        "'a' FROM \"/etc/passwd\"",
    ],
)
def test_a_parameter_is_a_value(endpoint: Endpoint, parameter: str) -> None:
    assert endpoint.wait(start(endpoint, "SELECT ?", ExecutionParameters=[parameter]))["Status"]["State"] == "FAILED"


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM read_csv('/etc/passwd')",
        'SELECT * FROM "/etc/passwd.csv"',
        'WITH "/etc/passwd.csv" AS (SELECT * FROM "/etc/passwd.csv") SELECT * FROM "/etc/passwd.csv"',
        "ATTACH '/tmp/x.db'",
    ],
)
def test_a_stored_view_reaches_no_more(endpoint: Endpoint, sql: str) -> None:
    column = (OutputColumn(name="x", type=ResultType(name="varchar", precision=2147483647)), "VARCHAR")
    view = view_input("reaching", sql, schema="shop", columns=[column])
    endpoint.glue.create_table(DatabaseName="shop", TableInput=view)
    try:
        assert endpoint.wait(start(endpoint, "SELECT * FROM reaching"))["Status"]["State"] == "FAILED"
    finally:
        endpoint.glue.delete_table(DatabaseName="shop", Name="reaching")


def test_a_result_is_stored_as_the_request_says_and_shown_again(endpoint: Endpoint) -> None:
    settings = {
        "OutputLocation": "s3://results/encrypted/",
        "EncryptionConfiguration": {"EncryptionOption": "SSE_S3"},
        "AclConfiguration": {"S3AclOption": "BUCKET_OWNER_FULL_CONTROL"},
    }
    sql = "SELECT count(*) AS n FROM orders"
    first = endpoint.wait(start(endpoint, sql, ResultConfiguration=settings))
    location = first["ResultConfiguration"].pop("OutputLocation")
    assert first["ResultConfiguration"] == {name: value for name, value in settings.items() if name != "OutputLocation"}
    key = location.removeprefix("s3://results/")
    assert endpoint.s3.head_object(Bucket="results", Key=key)["ServerSideEncryption"] == "AES256"
    body = endpoint.s3.get_object(Bucket="results", Key=f"{key}.metadata")["Body"].read()
    assert b"bigint" in body
    reuse = {"ResultReuseByAgeConfiguration": {"Enabled": True, "MaxAgeInMinutes": 5}}
    again = endpoint.wait(start(endpoint, sql, ResultConfiguration=settings, ResultReuseConfiguration=reuse))
    assert again["Statistics"]["ResultReuseInformation"] == {"ReusedPreviousResult": True}
    assert again["ResultConfiguration"]["OutputLocation"] == location
    page = endpoint.athena.get_query_results(QueryExecutionId=again["QueryExecutionId"])
    assert [row["Data"][0]["VarCharValue"] for row in page["ResultSet"]["Rows"]] == ["n", "4"]


def test_a_full_page_has_a_token_and_a_token_is_one_that_was_given(endpoint: Endpoint) -> None:
    execution_id = endpoint.execute("SELECT x FROM UNNEST(sequence(1, 4)) t(x) ORDER BY x")["QueryExecutionId"]

    def page(**options: Any) -> dict[str, Any]:
        answer: dict[str, Any] = endpoint.athena.get_query_results(QueryExecutionId=execution_id, **options)
        return answer

    first = page(MaxResults=3)
    assert page(MaxResults=3)["ResultSet"] == first["ResultSet"]
    second = page(MaxResults=2, NextToken=first["NextToken"])
    assert [row["Data"][0]["VarCharValue"] for row in second["ResultSet"]["Rows"]] == ["3", "4"]
    last = page(MaxResults=2, NextToken=second["NextToken"])
    assert (last["ResultSet"]["Rows"], "NextToken" in last) == ([], False)
    for token in ("nonsense", "1", "99999"):
        with pytest.raises(ClientError, match=f"Malformed nextPageToken {token}"):
            page(NextToken=token)
    with pytest.raises(ClientError, match="MaxResults is more than maximum allowed length 1000"):
        page(MaxResults=1001)


def test_a_disabled_workgroup_runs_nothing(endpoint: Endpoint) -> None:
    results = {"OutputLocation": "s3://results/"}
    endpoint.athena.create_work_group(Name="idle", Configuration={"ResultConfiguration": results})
    endpoint.athena.update_work_group(WorkGroup="idle", State="DISABLED")
    with pytest.raises(ClientError, match="WorkGroup idle is disabled"):
        endpoint.execute("SELECT 1", WorkGroup="idle")
