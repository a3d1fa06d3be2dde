"""Raw objects that take rows back are written once; the lists of their rows are there before."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.fakes.aws import AwsClient, create_bucket
from thermocline.adapters.s3_recovered import S3Recovered

KEY = "raw/clickstream/2026/11/22/12/recovered-1.ndjson.zst"


@pytest.fixture
def s3(aws: AwsClient) -> Any:
    return create_bucket(aws, "lake")


def test_an_object_that_is_there_stays_as_it_is(s3: Any) -> None:
    objects = S3Recovered(s3, "lake")
    assert not objects.is_there(KEY)
    objects.write(KEY, b"first")
    objects.write(KEY, b"second")
    assert objects.is_there(KEY)
    assert s3.get_object(Bucket="lake", Key=KEY)["Body"].read() == b"first"


def test_a_list_lies_outside_raw_where_nothing_converts_it(s3: Any) -> None:
    objects = S3Recovered(s3, "lake")
    assert objects.intended(KEY) is None
    objects.intend(KEY, {"b", "a"})
    assert objects.intended(KEY) == frozenset({"a", "b"})
    (listed,) = s3.list_objects_v2(Bucket="lake")["Contents"]
    assert listed["Key"] == "recoveries/clickstream/2026/11/22/12/recovered-1.json"


def test_another_error_is_no_answer(aws: AwsClient) -> None:
    objects = S3Recovered(aws("s3"), "no-such-lake")
    with pytest.raises(ClientError):
        objects.intend(KEY, {"a"})
    with pytest.raises(ClientError):
        objects.write(KEY, b"x")
