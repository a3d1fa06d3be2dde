from __future__ import annotations

from typing import Any

import pytest

from cli.errors import CliError
from cli.stages.contents import PAGE, delete_table_metadata, empty_bucket, holds_data
from cli.stages.deployed import Holder, Kind
from tests.fakes.aws import AwsClient, aws, create_bucket, create_ledger

__all__ = ["aws"]


def versioned(aws: AwsClient) -> Any:
    s3 = create_bucket(aws, "lake")
    s3.put_bucket_versioning(Bucket="lake", VersioningConfiguration={"Status": "Enabled"})
    return s3


def holder(kind: Kind, name: str) -> Holder:
    return Holder(kind=kind, name=name, kept=False)


def test_versions_and_delete_markers_go_page_by_page(aws: AwsClient) -> None:
    s3 = versioned(aws)
    for number in range(PAGE + 100):
        s3.put_object(Bucket="lake", Key=f"hot/{number % 700}", Body=b"x")
    for number in range(50):
        s3.delete_object(Bucket="lake", Key=f"hot/{number}")
    seen: list[int] = []
    assert empty_bucket(s3, "lake", progress=seen.append) == PAGE + 150
    assert seen == [PAGE, PAGE + 150]
    s3.delete_bucket(Bucket="lake")  # S3 refuses this while any version is left


def test_a_bucket_without_versions_is_emptied_too(aws: AwsClient) -> None:
    s3 = create_bucket(aws, "results")
    s3.put_object(Bucket="results", Key="ä b/%2F+", Body=b"x")
    assert empty_bucket(s3, "results", progress=lambda _: None) == 1
    s3.delete_bucket(Bucket="results")


def test_what_is_overwritten_or_deleted_is_data_still(aws: AwsClient) -> None:
    s3 = versioned(aws)
    assert not holds_data(holder("bucket", "lake"), aws)
    s3.put_object(Bucket="lake", Key="raw/1", Body=b"x")
    s3.delete_object(Bucket="lake", Key="raw/1")
    assert holds_data(holder("bucket", "lake"), aws)


def test_warm_tables_without_rows_are_no_data_and_go(aws: AwsClient) -> None:
    s3 = versioned(aws)
    for _ in range(2):
        s3.put_object(Bucket="lake", Key="warm/clickstream/metadata/00000-a.metadata.json", Body=b"{}")
    assert not holds_data(holder("bucket", "lake"), aws)
    delete_table_metadata(s3, "lake")
    s3.delete_bucket(Bucket="lake")


def test_warm_rows_are_data_and_stay(aws: AwsClient) -> None:
    s3 = versioned(aws)
    for key in ("warm/clickstream/data/2026-11/x.parquet", "warm/clickstream/metadata/00000-a.metadata.json"):
        s3.put_object(Bucket="lake", Key=key, Body=b"x")
    assert holds_data(holder("bucket", "lake"), aws)
    delete_table_metadata(s3, "lake")
    (left,) = s3.list_object_versions(Bucket="lake")["Versions"]
    assert left["Key"].endswith("x.parquet")


def test_marks_of_promotion_are_no_data(aws: AwsClient) -> None:
    dynamodb = create_ledger(aws, "ledger")
    for pk, sk in (
        ("marks#telemetry", "marks"),
        ("lease#telemetry", "lease"),
        ("seen#telemetry", "seen"),
        ("since#x", "since"),
    ):
        dynamodb.put_item(TableName="ledger", Item={"pk": {"S": pk}, "sk": {"S": sk}})
    assert not holds_data(holder("table", "ledger"), aws)


def test_a_table_holds_data_when_it_has_an_item(aws: AwsClient) -> None:
    dynamodb = create_ledger(aws, "ledger")
    assert not holds_data(holder("table", "ledger"), aws)
    dynamodb.put_item(TableName="ledger", Item={"pk": {"S": "raw/1"}, "sk": {"S": "entry"}})
    assert holds_data(holder("table", "ledger"), aws)


@pytest.mark.parametrize("kind", ["bucket", "table"])
def test_what_is_gone_holds_nothing(aws: AwsClient, kind: Kind) -> None:
    assert not holds_data(holder(kind, "gone"), aws)


class Refusing:
    """S3 with one object that cannot be deleted."""

    def list_object_versions(self, **_: Any) -> dict[str, Any]:
        return {"Versions": [{"Key": "raw/1", "VersionId": "v1"}]}

    def delete_objects(self, **_: Any) -> dict[str, Any]:
        return {"Errors": [{"Key": "raw/1", "VersionId": "v1", "Code": "AccessDenied", "Message": "locked"}]}


def test_an_object_that_s3_keeps_is_named(aws: AwsClient) -> None:
    with pytest.raises(CliError, match="S3 does not delete raw/1 of lake: locked"):
        empty_bucket(Refusing(), "lake", progress=lambda _: None)
