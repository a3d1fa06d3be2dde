"""AWS as moto plays it: the table of notes, and the lake's way in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from moto import mock_aws

from lambdas.notes.table import notes
from thermocline.bootstrap.ingest import ingest, write_key_secret
from thermocline.ingest.settings import IngestSettings
from thermocline.streams import load_streams

REGION = "us-east-1"


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in ("AWS_PROFILE", "AWS_ENDPOINT_URL"):
        monkeypatch.delenv(name, raising=False)
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    monkeypatch.setenv("AWS_DEFAULT_REGION", REGION)
    with mock_aws():
        yield


@pytest.fixture
def table(aws: None, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("LAKE_LINK_NOTES", json.dumps({"kind": "table", "table_name": "notes"}))
    boto3.client("dynamodb").create_table(
        TableName="notes",
        BillingMode="PAY_PER_REQUEST",
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
    )
    return notes()


@pytest.fixture
def lake(aws: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Everything that the lake was given, as Firehose wrote it into a bucket."""
    boto3.client("s3").create_bucket(Bucket="lake")
    for stream in load_streams():
        destination = {"RoleARN": "arn:aws:iam::123456789012:role/firehose", "BucketARN": "arn:aws:s3:::lake"}
        boto3.client("firehose").create_delivery_stream(
            DeliveryStreamName=stream, ExtendedS3DestinationConfiguration={**destination, "Prefix": f"raw/{stream}/"}
        )
    secret = boto3.client("secretsmanager").create_secret(Name="write-keys", SecretString="a secret of the tests")
    settings = IngestSettings(
        delivery_prefix="",
        sources_file="config/local.toml",
        write_key_secret=secret["ARN"],
        epochs_table="epochs",
    )
    for variable, value in settings.to_env().items():
        monkeypatch.setenv(variable, value)
    _forget()
    yield boto3.resource("s3").Bucket("lake")
    _forget()


def _forget() -> None:
    for made_once in (ingest, write_key_secret):
        made_once.cache_clear()
