from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.fakes.aws import AwsClient, create_bucket
from thermocline.adapters.s3 import S3Store

KEY = "raw/clickstream/2026/11/22/12/shop 1+é.gz"


@pytest.fixture
def client(aws: AwsClient) -> Any:
    return create_bucket(aws, "lake")


def test_an_object_comes_back_with_the_time_it_was_written(client: Any) -> None:
    store = S3Store(client, "lake")
    store.put(KEY, io.BytesIO(b"old"))
    store.put(KEY, io.BytesIO(b"\x00new"))
    found = store.get(KEY)
    assert (found.size, found.body.read(2), found.body.read(9), found.body.read(9)) == (4, b"\x00n", b"ew", b"")
    assert found.last_modified.tzinfo is not None
    assert abs(found.last_modified - dt.datetime.now(dt.UTC)) < dt.timedelta(minutes=1)


def test_a_missing_object_is_an_error(client: Any) -> None:
    with pytest.raises(FileNotFoundError, match="shop 1"):
        S3Store(client, "lake").get(KEY)


def test_another_error_is_not_taken_for_a_missing_object(client: Any) -> None:
    with pytest.raises(ClientError, match="NoSuchBucket"):
        S3Store(client, "no-such-lake").get(KEY)


def test_a_listing_has_every_key_below_its_prefix(aws: AwsClient) -> None:
    client = create_bucket(aws, "lake")
    for key in ("raw/a/1", "raw/a/2", "raw/b/1"):
        client.put_object(Bucket="lake", Key=key, Body=b"x")
    listed = list(S3Store(client, "lake").list("raw/a/"))
    assert [found.key for found in listed] == ["raw/a/1", "raw/a/2"]
    assert all(found.last_modified.tzinfo for found in listed)
    assert list(S3Store(client, "lake").list("raw/c/")) == []
