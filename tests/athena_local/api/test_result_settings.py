from typing import Any

import pytest

from athena_local.api.result_settings import result_settings
from athena_local.api.workgroups import Workgroup
from athena_local.errors import InvalidRequestError

MINE = {"OutputLocation": "s3://mine/x", "ExpectedBucketOwner": "123456789012"}
ITS = {"OutputLocation": "s3://group/", "EncryptionConfiguration": {"EncryptionOption": "SSE_S3"}}


def test_a_request_decides_unless_the_workgroup_does() -> None:
    free = result_settings(MINE, Workgroup(name="w", results=ITS))
    assert (free.folder, set(free.others)) == ("s3://mine/x/", {"ExpectedBucketOwner", "EncryptionConfiguration"})
    enforced = result_settings(MINE, Workgroup(name="w", results=ITS, enforced=True))
    assert enforced.as_api("s3://group/1.csv") == {**ITS, "OutputLocation": "s3://group/1.csv"}


@pytest.mark.parametrize(
    ("others", "options"),
    [
        ({}, {}),
        ({"EncryptionConfiguration": {"EncryptionOption": "SSE_S3"}}, {"ServerSideEncryption": "AES256"}),
        (
            {"EncryptionConfiguration": {"EncryptionOption": "SSE_KMS", "KmsKey": "key"}},
            {"ServerSideEncryption": "aws:kms", "SSEKMSKeyId": "key"},
        ),
        ({"AclConfiguration": {"S3AclOption": "BUCKET_OWNER_FULL_CONTROL"}}, {"ACL": "bucket-owner-full-control"}),
        ({"ExpectedBucketOwner": "123456789012"}, {"ExpectedBucketOwner": "123456789012"}),
    ],
)
def test_objects_are_stored_as_asked(others: dict[str, Any], options: dict[str, str]) -> None:
    settings = result_settings({"OutputLocation": "s3://b", **others}, Workgroup(name="w"))
    assert settings.upload_options() == options


@pytest.mark.parametrize(
    ("requested", "message"),
    [
        ({}, "No output location provided"),
        ({"OutputLocation": "https://b/"}, "outputLocation is not a valid S3 path."),
        (
            {"OutputLocation": "s3://b", "EncryptionConfiguration": {"EncryptionOption": "CSE_KMS"}},
            "not supported offline",
        ),
    ],
)
def test_what_cannot_be_stored_is_refused(requested: dict[str, Any], message: str) -> None:
    with pytest.raises(InvalidRequestError, match=message):
        result_settings(requested, Workgroup(name="w"))
