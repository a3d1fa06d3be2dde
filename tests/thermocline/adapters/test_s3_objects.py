"""Listing and deleting objects of the lake bucket."""

from __future__ import annotations

from typing import Any

import pytest

from tests.fakes.aws import AwsClient, create_bucket
from thermocline.adapters.s3_objects import S3Objects
from thermocline.errors import DeletionFailed


@pytest.fixture
def s3(aws: AwsClient) -> Any:
    client = create_bucket(aws, "lake")
    client.put_bucket_versioning(Bucket="lake", VersioningConfiguration={"Status": "Enabled"})
    return client


def put(s3: Any, *keys: str) -> None:
    for key in keys:
        s3.put_object(Bucket="lake", Key=key, Body=b"12")


def test_objects_below_a_prefix_are_listed_in_order(s3: Any) -> None:
    put(s3, "warm/b", "warm/a", "warmer/c")
    objects = S3Objects(s3, "lake")
    assert [(found.key, found.bytes) for found in objects.objects("warm/")] == [("warm/a", 2), ("warm/b", 2)]
    assert list(objects.keys("warm/")) == ["warm/a", "warm/b"]


def test_more_objects_than_one_call_takes_are_deleted(s3: Any) -> None:
    keys = [f"hot/{number}" for number in range(1001)]
    put(s3, *keys, "kept")
    S3Objects(s3, "lake").delete([*keys, "gone already"])
    assert [item["Key"] for item in s3.list_objects_v2(Bucket="lake")["Contents"]] == ["kept"]


def test_versions_stay_for_those_who_need_them_back(s3: Any) -> None:
    put(s3, "hot/a")
    S3Objects(s3, "lake").delete(["hot/a"])
    (version,) = s3.list_object_versions(Bucket="lake")["Versions"]
    assert version["Key"] == "hot/a"


def test_what_could_not_be_deleted_is_an_error() -> None:
    class Refusing:
        def delete_objects(self, **_: Any) -> dict[str, Any]:
            return {"Errors": [{"Key": "a", "Code": "AccessDenied"}]}

    with pytest.raises(DeletionFailed, match="1 objects were not deleted: AccessDenied"):
        S3Objects(Refusing(), "lake").delete(["a"])
