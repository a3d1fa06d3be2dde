from __future__ import annotations

from typing import Any

import pytest

from tests.fakes.aws import AwsClient, create_bucket
from thermocline.adapters.s3_versions import S3Versions
from thermocline.errors import ObjectChanged

BUCKET = "lake"


@pytest.fixture
def s3(aws: AwsClient) -> Any:
    client = create_bucket(aws, BUCKET)
    client.put_bucket_versioning(Bucket=BUCKET, VersioningConfiguration={"Status": "Enabled"})
    return client


@pytest.fixture
def objects(s3: Any) -> S3Versions:
    return S3Versions(s3, BUCKET)


def test_all_versions_and_markers_come_by_key(s3: Any, objects: S3Versions) -> None:
    for body in (b"1", b"2"):
        for key in ("a/x", "a/y", "b/z"):
            objects.put(key, body)
    s3.delete_object(Bucket=BUCKET, Key="a/x")
    listed = list(objects.versions("a/"))
    assert [each.key for each in listed] == ["a/x"] * 3 + ["a/y"] * 2
    assert [(each.latest, each.marker) for each in listed if each.latest] == [(True, True), (True, False)]
    assert [each.key for each in objects.versions("a/", after="a/x")] == ["a/y"] * 2


def test_a_version_is_read_after_it_was_replaced(objects: S3Versions) -> None:
    objects.put("x", b"first")
    (first,) = objects.versions("x")
    objects.replace(first, b"second")
    assert objects.read("x") == b"second"
    assert objects.read("x", first.id) == objects.opened("x", first.id).read() == b"first"


def test_a_replaced_object_keeps_its_class_and_its_metadata(s3: Any, objects: S3Versions) -> None:
    more = {"ContentType": "text/csv", "Metadata": {"a": "b"}, "StorageClass": "GLACIER_IR"}
    s3.put_object(Bucket=BUCKET, Key="x", Body=b"1", **more)
    objects.replace(next(iter(objects.versions("x"))), b"2")
    head = s3.head_object(Bucket=BUCKET, Key="x")
    assert {name: head[name] for name in more} == more


def test_an_object_that_changed_meanwhile_is_not_replaced(s3: Any, objects: S3Versions) -> None:
    objects.put("x", b"1")
    (read,) = objects.versions("x")
    objects.put("x", b"2")
    with pytest.raises(ObjectChanged, match="x: it changed"):
        objects.replace(read, b"3")
    s3.delete_object(Bucket=BUCKET, Key="x")
    with pytest.raises(ObjectChanged):
        objects.replace(read, b"3")


def test_versions_are_deleted_for_good_and_twice_is_no_failure(objects: S3Versions) -> None:
    objects.put("x", b"1")
    objects.put("x", b"2")
    ids = [each.id for each in objects.versions("x")]
    for _ in range(2):
        objects.delete("x", ids)
    assert not list(objects.versions("x"))
    for read in (objects.read, objects.opened):
        with pytest.raises(FileNotFoundError):
            read("x", ids[0])
        with pytest.raises(FileNotFoundError):
            read("x")


def test_a_bucket_without_versions_has_one_of_each(aws: AwsClient) -> None:
    client = aws("s3")
    client.create_bucket(Bucket="results", CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})
    results = S3Versions(client, "results")
    results.put("x", b"1")
    (version,) = results.versions("")
    assert (version.id, version.latest) == ("null", True)
    results.delete("x", [version.id])
    assert not list(results.versions(""))
