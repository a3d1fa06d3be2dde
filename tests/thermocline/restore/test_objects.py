"""Deleted objects come back from their versions."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from tests.fakes.aws import AwsClient, aws, create_bucket
from thermocline.adapters.s3_deleted import S3Deleted
from thermocline.adapters.s3_objects import S3Objects
from thermocline.restore.objects import restore_objects

__all__ = ["aws"]
LONG_AGO = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
NEVER = dt.datetime(2100, 1, 1, tzinfo=dt.UTC)


@pytest.fixture
def s3(aws: AwsClient) -> Any:
    client = create_bucket(aws, "lake")
    client.put_bucket_versioning(Bucket="lake", VersioningConfiguration={"Status": "Enabled"})
    for key in ("warm/a", "warm/ab", "warm/kept", "hot/a"):
        client.put_object(Bucket="lake", Key=key, Body=key.encode())
    S3Objects(client, "lake").delete(["warm/a", "warm/ab", "hot/a"])
    return client


def restore(s3: Any, prefix: str = "warm/", after: dt.datetime = LONG_AGO, *, dry_run: bool = False) -> list[str]:
    return restore_objects(S3Deleted(s3, "lake"), prefix, after=after, dry_run=dry_run)


def keys(s3: Any) -> list[str]:
    return [item["Key"] for item in s3.list_objects_v2(Bucket="lake")["Contents"]]


def test_what_was_deleted_below_a_prefix_comes_back_once(s3: Any) -> None:
    assert restore(s3, dry_run=True) == ["warm/a", "warm/ab"]
    assert keys(s3) == ["warm/kept"]
    assert restore(s3) == ["warm/a", "warm/ab"]
    assert keys(s3) == ["warm/a", "warm/ab", "warm/kept"]
    assert s3.get_object(Bucket="lake", Key="warm/a")["Body"].read() == b"warm/a"
    assert restore(s3) == []


def test_what_was_deleted_before_is_left_alone(s3: Any) -> None:
    assert restore(s3, after=NEVER) == []


def test_what_was_erased_does_not_come_back(s3: Any) -> None:
    for version in s3.list_object_versions(Bucket="lake", Prefix="warm/a")["Versions"]:
        if version["Key"] == "warm/a":
            s3.delete_object(Bucket="lake", Key="warm/a", VersionId=version["VersionId"])
    assert restore(s3) == ["warm/ab"]
