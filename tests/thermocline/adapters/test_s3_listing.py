from __future__ import annotations

from tests.fakes.aws import AwsClient, create_bucket
from thermocline.adapters.s3_listing import S3Listing


def test_a_listing_has_sizes_and_classes_and_begins_behind_a_key(aws: AwsClient) -> None:
    client = create_bucket(aws, "lake")
    for key, storage_class in (("raw/a/1", "STANDARD"), ("raw/a/2", "GLACIER_IR"), ("raw/b/1", "STANDARD")):
        client.put_object(Bucket="lake", Key=key, Body=b"xy", StorageClass=storage_class)
    listed = list(S3Listing(client, "lake").list("raw/a/"))
    assert [(each.key, each.bytes, each.storage_class) for each in listed] == [
        ("raw/a/1", 2, "STANDARD"),
        ("raw/a/2", 2, "GLACIER_IR"),
    ]
    assert [each.key for each in S3Listing(client, "lake").list("raw/a/", after="raw/a/1")] == ["raw/a/2"]
