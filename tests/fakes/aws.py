"""AWS as moto plays it, in the process."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import boto3
import pytest
from moto import mock_aws

AwsClient = Callable[[str], Any]
REGION = "eu-central-1"


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[AwsClient]:
    """Return a function that makes a client of a service."""
    for name in ("AWS_PROFILE", "AWS_ENDPOINT_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_DEFAULT_REGION", REGION)
    with mock_aws():
        yield boto3.client


def create_bucket(aws: AwsClient, name: str) -> Any:
    """Create a bucket and return the S3 client."""
    client = aws("s3")
    client.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": REGION})
    return client


def create_ledger(aws: AwsClient, name: str) -> Any:
    """Create a ledger table and return the DynamoDB client."""
    return create_ledger_table(aws("dynamodb"), name)


def create_ledger_table(client: Any, name: str) -> Any:
    """Create a ledger table with a DynamoDB client, and return the client."""
    return _create_table(client, name, pk="HASH", sk="RANGE")


def create_epochs(aws: AwsClient, name: str) -> Any:
    """Create a table of epochs and return the DynamoDB client."""
    return _create_table(aws("dynamodb"), name, pk="HASH")


def _create_table(client: Any, name: str, **keys: str) -> Any:
    client.create_table(
        TableName=name,
        KeySchema=[{"AttributeName": key, "KeyType": kind} for key, kind in keys.items()],
        AttributeDefinitions=[{"AttributeName": key, "AttributeType": "S"} for key in keys],
        BillingMode="PAY_PER_REQUEST",
    )
    return client
