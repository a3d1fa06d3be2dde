"""Glue at the endpoint: what emulators lack, over what they have."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pyarrow as pa
import pytest
from botocore.exceptions import ClientError
from moto import mock_aws

from athena_local.errors import QueryError
from athena_local.tables.catalog import GlueCatalog
from athena_local.tables.glue_partitions import GluePartitions
from athena_local.tables.glue_writer import GlueWriter
from athena_local.tables.hive_writing import HiveWriter
from athena_local.tables.objects import ObjectWriter
from tests.athena_local.endpoint.tables import Endpoint, glue_table
from tests.athena_local.fakes import FakeStore

DAYS = [f"2026-11-{day}" for day in (20, 21, 22)]


@pytest.fixture
def glue(endpoint: Endpoint) -> Any:
    return boto3.client("glue", endpoint_url=endpoint.athena_url)


@pytest.fixture
def table(glue: Any) -> Iterator[dict[str, str]]:
    definition = glue_table("by_day", "s3://shop/by_day/", PartitionKeys=[{"Name": "day", "Type": "date"}])
    glue.create_table(DatabaseName="shop", TableInput={**definition, "Parameters": {}})
    storage = definition["StorageDescriptor"]
    partitions = [{"Values": [day], "StorageDescriptor": storage} for day in DAYS]
    named = {"DatabaseName": "shop", "TableName": "by_day"}
    glue.batch_create_partition(**named, PartitionInputList=partitions)
    yield named
    glue.delete_table(DatabaseName="shop", Name="by_day")


def days(glue: Any, table: dict[str, str], expression: str = "day > '2000-01-01'", size: int = 100) -> list[str]:
    pages = glue.get_paginator("get_partitions").paginate(
        **table, Expression=expression, PaginationConfig={"PageSize": size}
    )
    return [partition["Values"][0] for page in pages for partition in page["Partitions"]]


def test_an_expression_keeps_some_partitions(glue: Any, table: dict[str, str]) -> None:
    assert days(glue, table, "(day='2026-11-21') or (day='2026-11-22')", 1) == DAYS[1:]
    assert days(glue, table, "day < '2026-01-01'") == []
    assert len(glue.get_partitions(**table)["Partitions"]) == 3
    with pytest.raises(ClientError, match=r"InvalidInputException.*Unsupported expression"):
        days(glue, table, "year(day) = 2026")


def test_partitions_are_deleted_together(glue: Any, table: dict[str, str]) -> None:
    asked = [{"Values": [day]} for day in (*DAYS[:2], "1999-01-01")]
    answer = glue.batch_delete_partition(**table, PartitionsToDelete=asked)
    assert days(glue, table) == DAYS[2:]
    [error] = answer["Errors"]
    assert error["PartitionValues"] == ["1999-01-01"]
    assert error["ErrorDetail"]["ErrorCode"] == "EntityNotFoundException"


def test_a_table_is_its_own_version_and_can_be_sent_back(glue: Any, table: dict[str, str]) -> None:
    [version] = glue.get_paginator("get_table_versions").paginate(**table).build_full_result()["TableVersions"]
    assert version["VersionId"] == version["Table"]["VersionId"]
    assert version["Table"]["Name"] == "by_day"
    shown = glue.get_table(DatabaseName="shop", Name="by_day")["Table"]
    assert "Owner" not in shown
    taken = ("Name", "StorageDescriptor", "PartitionKeys", "TableType", "Parameters", "Owner")
    changed = {name: shown[name] for name in taken if name in shown} | {"Description": "By day"}
    glue.update_table(DatabaseName="shop", TableInput=changed)
    tables = {each["Name"]: each for each in glue.get_tables(DatabaseName="shop")["TableList"]}
    assert tables["by_day"]["Description"] == "By day"


def test_other_operations_and_errors_are_the_emulators(glue: Any) -> None:
    assert "shop" in [each["Name"] for each in glue.get_databases()["DatabaseList"]]
    with pytest.raises(glue.exceptions.EntityNotFoundException):
        glue.get_table(DatabaseName="shop", Name="nosuch")


class Breaking:
    """A Glue client that does not register the last partition."""

    def __init__(self, client: Any) -> None:
        self._client = client

    def __getattr__(self, name: str) -> Any:
        return getattr(self._client, name)

    def batch_create_partition(self, *, PartitionInputList: list[Any], **names: str) -> dict[str, Any]:
        *others, last = PartitionInputList
        answer = self._client.batch_create_partition(PartitionInputList=others, **names)
        detail = {"ErrorCode": "InternalServiceException", "ErrorMessage": "broken"}
        refused = {"PartitionValues": last["Values"], "ErrorDetail": detail}
        return {**answer, "Errors": [*(answer.get("Errors") or []), refused]}


@pytest.fixture(params=["ministack", "moto"])
def any_glue(request: pytest.FixtureRequest, endpoint: Endpoint) -> Iterator[Any]:
    if request.param == "ministack":
        yield endpoint.glue
        return
    with mock_aws():
        client = boto3.client("glue")
        client.create_database(DatabaseInput={"Name": "shop"})
        yield client


def test_an_insert_that_fails_takes_its_partitions_back(any_glue: Any, tmp_path: Path) -> None:
    definition = glue_table("half_written", "s3://shop/half_written/", PartitionKeys=[{"Name": "day", "Type": "date"}])
    storage = definition["StorageDescriptor"]
    storage["Columns"] = [{"Name": "n", "Type": "bigint"}]
    any_glue.create_table(DatabaseName="shop", TableInput={**definition, "Parameters": {}})
    catalog, store = GlueCatalog(any_glue), FakeStore({})
    before = {
        "Values": [DAYS[0]],
        "StorageDescriptor": {**storage, "Location": f"s3://shop/half_written/day={DAYS[0]}"},
    }
    any_glue.create_partition(DatabaseName="shop", TableName="half_written", PartitionInput=before)
    table = catalog.table("shop", "half_written")
    assert table is not None
    writer = HiveWriter(
        catalog=catalog,
        writer=GlueWriter(any_glue),
        partitions=GluePartitions(Breaking(any_glue)),
        objects=ObjectWriter(store=store, folder=tmp_path),
    )
    rows = pa.table({"n": [1, 2, 3], "day": pa.array(DAYS).cast(pa.date32())})
    with pytest.raises(QueryError, match="HIVE_METASTORE_ERROR: InternalServiceException: broken"):
        writer.insert(table, rows.to_reader(), lambda: False)
    assert [each.values for each in catalog.partitions(table)] == [(DAYS[0],)]
    assert store.objects == {}
    any_glue.delete_table(DatabaseName="shop", Name="half_written")
