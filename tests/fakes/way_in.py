"""The lake's way in, as moto plays it: delivery streams into a bucket, write keys, and the settings of `bootstrap`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.fakes.aws import AwsClient, create_bucket, create_epochs
from tests.fakes.requests import SECRET, SOURCES, sources_file
from thermocline.bootstrap.ingest import ingest, write_key_secret
from thermocline.events.frames import zstd
from thermocline.ingest.settings import IngestSettings
from thermocline.streams import load_streams

STREAMS = {name: f"dev-{name}" for name in load_streams()}


@pytest.fixture
def s3(aws: AwsClient, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Any]:
    for stream, name in STREAMS.items():
        aws("firehose").create_delivery_stream(
            DeliveryStreamName=name,
            ExtendedS3DestinationConfiguration={
                "RoleARN": "arn:aws:iam::123456789012:role/firehose",
                "BucketARN": "arn:aws:s3:::lake",
                "Prefix": f"raw/{stream}/",
            },
        )
    arn = aws("secretsmanager").create_secret(Name="write-keys", SecretString=SECRET)["ARN"]
    settings = IngestSettings(
        delivery_prefix="dev-",
        sources_file=sources_file(tmp_path, SOURCES),
        write_key_secret=arn,
        epochs_table="epochs",
    )
    create_epochs(aws, "epochs")
    for variable, value in settings.to_env().items():
        monkeypatch.setenv(variable, value)
    forget_what_was_made_once()
    yield create_bucket(aws, "lake")
    forget_what_was_made_once()


def forget_what_was_made_once() -> None:
    """Have `bootstrap` make everything anew, with the clients and settings of now."""
    for made_once in (ingest, write_key_secret):
        made_once.cache_clear()


def lines(s3: Any, stream: str) -> list[dict[str, Any]]:
    """Return what arrived in a stream."""
    entries = s3.list_objects_v2(Bucket="lake", Prefix=f"raw/{stream}/").get("Contents", [])
    bodies = [s3.get_object(Bucket="lake", Key=entry["Key"])["Body"].read() for entry in entries]
    return [json.loads(line) for line in b"".join(map(zstd.decompress, bodies)).splitlines()]
