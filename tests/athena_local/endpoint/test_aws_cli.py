"""The AWS command line, unmodified: version 2 or 1, whichever is on the PATH."""

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.athena_local.endpoint.tables import Endpoint

PROGRAM = shutil.which("aws")
pytestmark = pytest.mark.skipif(PROGRAM is None, reason="there is no aws command on the PATH")
Aws = Callable[..., str]
CONTEXT = ("--query-execution-context", "Database=shop", "--work-group", "analysts")


@pytest.fixture
def aws(endpoint: Endpoint) -> Aws:
    environment = {**os.environ, "AWS_ENDPOINT_URL_ATHENA": endpoint.athena_url, "AWS_PAGER": ""}

    def run(*arguments: str, fails: bool = False) -> str:
        command = (str(PROGRAM), "athena", *arguments)
        ended = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=60)
        assert bool(ended.returncode) == fails, ended.stderr
        return (ended.stderr if fails else ended.stdout).strip()

    return run


def started(endpoint: Endpoint, aws: Aws, sql: str) -> str:
    """Return the id of a query that has ended."""
    execution_id = aws("start-query-execution", "--query-string", sql, *CONTEXT, "--output", "text")
    endpoint.wait(execution_id)
    return execution_id


def test_a_query_from_its_start_to_its_rows(endpoint: Endpoint, aws: Aws) -> None:
    named = ("--query-execution-id", started(endpoint, aws, "SELECT event_id, clicks FROM orders ORDER BY 1"))
    path = "QueryExecution.[Status.State, StatementType, SubstatementType, WorkGroup, QueryExecutionContext.Database]"
    shown = aws("get-query-execution", *named, "--query", path, "--output", "text")
    assert shown.split() == ["SUCCEEDED", "DML", "SELECT", "analysts", "shop"]
    texts = "ResultSet.Rows[].Data[].VarCharValue"
    rows = [["event_id", "clicks"], ["e1", "1"], ["e2", "2"], ["e3", "3"], ["e4", "4"]]
    for paging in ((), ("--page-size", "2")):
        values = json.loads(aws("get-query-results", *named, *paging, "--query", texts))
        assert values == [value for row in rows for value in row]
    first = json.loads(aws("get-query-results", *named, "--max-items", "2"))
    assert [row["Data"][0]["VarCharValue"] for row in first["ResultSet"]["Rows"]] == ["event_id", "e1"]
    rest = json.loads(aws("get-query-results", *named, "--starting-token", first["NextToken"]))
    assert [row["Data"][0]["VarCharValue"] for row in rest["ResultSet"]["Rows"]] == ["e2", "e3", "e4"]
    statistics = json.loads(aws("get-query-runtime-statistics", *named))["QueryRuntimeStatistics"]
    assert statistics["Rows"]["OutputRows"] == 4


def test_lists_and_batches(endpoint: Endpoint, aws: Aws) -> None:
    ids = [started(endpoint, aws, f"SELECT {number} AS n") for number in range(3)]
    listing = ("list-query-executions", "--work-group", "analysts")
    newest = json.loads(aws(*listing, "--max-items", "3", "--page-size", "2"))
    assert newest["QueryExecutionIds"] == ids[::-1]
    batch = json.loads(aws("batch-get-query-execution", "--query-execution-ids", *ids, "none"))
    assert [each["QueryExecutionId"] for each in batch["QueryExecutions"]] == ids
    assert [each["QueryExecutionId"] for each in batch["UnprocessedQueryExecutionIds"]] == ["none"]


def test_the_catalog(aws: Aws) -> None:
    catalog = ("--catalog-name", "AwsDataCatalog")
    names = aws("list-databases", *catalog, "--query", "DatabaseList[].Name", "--output", "text").split()
    assert {"default", "shop"} <= set(names)
    table = ("get-table-metadata", *catalog, "--database-name", "shop", "--table-name")
    keys = "TableMetadata.PartitionKeys[].[Name, Type]"
    assert aws(*table, "orders", "--query", keys, "--output", "text").split() == ["gen", "string"]
    assert "(MetadataException)" in aws(*table, "nosuch", fails=True)
    listed = ("list-table-metadata", *catalog, "--database-name", "shop", "--expression", "ord.*")
    assert aws(*listed, "--query", "TableMetadataList[].Name", "--output", "text") == "orders"


def test_refusals_and_a_stop(endpoint: Endpoint, aws: Aws) -> None:
    start = ("start-query-execution", *CONTEXT, "--output", "text", "--query-string")
    assert "(InvalidRequestException)" in aws(*start, "SELEC 1", fails=True)
    forever = " CROSS JOIN ".join(f"UNNEST(sequence(1, 10000)) AS {name} (x)" for name in "abc")
    execution_id = aws(*start, f"SELECT sum(a.x * b.x + c.x) FROM {forever}")
    assert aws("stop-query-execution", "--query-execution-id", execution_id) == ""
    assert endpoint.wait(execution_id)["Status"]["State"] == "CANCELLED"


def test_named_queries_are_the_emulators(aws: Aws) -> None:
    query = ("--name", "ones", "--database", "shop", "--query-string", "SELECT 1 AS n", "--work-group", "analysts")
    query_id = aws("create-named-query", *query, "--output", "text")
    shown = ("get-named-query", "--named-query-id", query_id, "--query", "NamedQuery.QueryString")
    assert json.loads(aws(*shown)) == "SELECT 1 AS n"
    assert query_id in aws("list-named-queries", "--work-group", "analysts")
    aws("delete-named-query", "--named-query-id", query_id)


PAGED: list[tuple[str, str, dict[str, Any]]] = [
    ("list_query_executions", "QueryExecutionIds", {"WorkGroup": "analysts"}),
    ("list_databases", "DatabaseList", {"CatalogName": "AwsDataCatalog"}),
    ("list_table_metadata", "TableMetadataList", {"CatalogName": "AwsDataCatalog", "DatabaseName": "shop"}),
    ("list_data_catalogs", "DataCatalogsSummary", {}),
    ("list_named_queries", "NamedQueryIds", {"WorkGroup": "analysts"}),
]


@pytest.mark.parametrize(("operation", "key", "parameters"), PAGED, ids=[each[0] for each in PAGED])
def test_paginators_of_boto3_give_each_once(
    endpoint: Endpoint, operation: str, key: str, parameters: dict[str, Any]
) -> None:
    endpoint.rows("SELECT 1")
    paginator = endpoint.athena.get_paginator(operation)
    whole = paginator.paginate(**parameters).build_full_result()[key]
    paged = paginator.paginate(**parameters, PaginationConfig={"PageSize": 2}).build_full_result()[key]
    names = [json.dumps(each, sort_keys=True, default=str) for each in paged]
    assert len(set(names)) == len(names) == len(whole)


def test_a_wait_of_boto3s_users(endpoint: Endpoint) -> None:
    """Athena has no waiters in boto3: its users ask for the state, and meanwhile there are no results."""
    assert endpoint.athena.waiter_names == []
    forever = " CROSS JOIN ".join(f"UNNEST(sequence(1, 10000)) AS {name} (x)" for name in "abc")
    execution_id = endpoint.athena.start_query_execution(
        QueryString=f"SELECT sum(a.x * b.x + c.x) FROM {forever}", WorkGroup="analysts"
    )["QueryExecutionId"]
    try:
        with pytest.raises(ClientError, match=r"InvalidRequestException.*Query has not yet finished"):
            endpoint.athena.get_query_results(QueryExecutionId=execution_id)
    finally:
        endpoint.athena.stop_query_execution(QueryExecutionId=execution_id)
    assert endpoint.wait(execution_id)["Status"]["State"] == "CANCELLED"
