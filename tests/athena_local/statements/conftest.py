"""Statements on moto's Glue and S3."""

from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from moto import mock_aws

from athena_local.statements.define import define
from athena_local.statements.definitions import Defined, Definitions
from athena_local.statements.kinds import classify
from athena_local.tables.catalog import GlueCatalog
from athena_local.tables.glue_writer import GlueWriter
from athena_local.tables.storage import S3ObjectStore
from athena_local.tables.types import OutputColumn

NOW = 1_795_000_000


def no_queries(_: str, __: str) -> list[tuple[OutputColumn, Any]]:
    raise AssertionError("no query is described here")


class Lake:
    """A database `shop` and a bucket `shop`, both empty."""

    def __init__(self, glue: Any, s3: Any) -> None:
        self.glue, self.s3 = glue, s3
        self.glue.create_database(DatabaseInput={"Name": "shop"})
        self.on = Definitions(
            catalog=GlueCatalog(glue),
            writer=GlueWriter(glue),
            store=S3ObjectStore(s3),
            describe=no_queries,
            database="shop",
            clock=lambda: NOW,
        )

    def empty(self) -> None:
        """Remove all tables and objects."""
        self.glue.delete_database(Name="shop")
        for listed in self.s3.list_objects_v2(Bucket="shop").get("Contents", []):
            self.s3.delete_object(Bucket="shop", Key=listed["Key"])

    def run(self, sql: str) -> list[str | None]:
        """Run a statement; return its rows of one value."""
        defined: Defined = define(classify(sql), self.on)
        return [value for (value,) in defined.rows]

    def table(self, name: str) -> dict[str, Any]:
        table: dict[str, Any] = self.glue.get_table(DatabaseName="shop", Name=name)["Table"]
        return table

    def columns(self, name: str) -> list[tuple[str, str]]:
        return [(column["Name"], column["Type"]) for column in self.table(name)["StorageDescriptor"]["Columns"]]

    def partitions(self, name: str) -> dict[tuple[str, ...], str]:
        """Return the locations of a table's partitions by their values."""
        listed = self.glue.get_partitions(DatabaseName="shop", TableName=name)["Partitions"]
        return {tuple(each["Values"]): each["StorageDescriptor"]["Location"] for each in listed}

    def put(self, *keys: str) -> None:
        for key in keys:
            self.s3.put_object(Bucket="shop", Key=key, Body=b"x")


@pytest.fixture(scope="module")
def clients() -> Iterator[tuple[Any, Any]]:
    with pytest.MonkeyPatch.context() as environment, mock_aws():
        environment.delenv("AWS_ENDPOINT_URL", raising=False)
        glue, s3 = (boto3.client(name, region_name="us-east-1") for name in ("glue", "s3"))
        s3.create_bucket(Bucket="shop")
        yield glue, s3


@pytest.fixture
def lake(clients: tuple[Any, Any]) -> Iterator[Lake]:
    lake = Lake(*clients)
    yield lake
    lake.empty()
