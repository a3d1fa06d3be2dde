from __future__ import annotations

import gzip
from typing import Any

import pytest

from tests.fakes.aws import AwsClient, create_bucket
from thermocline.adapters.raw_lines import S3RawLines
from thermocline.events.frames import framed

KEY = "raw/clickstream/2026/11/26/01/1.ndjson.zst"
DAMAGED = framed(b"x" * 100)[:-1] + b"?"


@pytest.fixture
def client(aws: AwsClient) -> Any:
    return create_bucket(aws, "lake")


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        (b"", 0),
        (framed(b"1\n2\n") + framed(b"3\n"), 3),
        (framed(b"1\n2"), 2),
        (b"1\n2\n", 2),
        (gzip.compress(b"1\n2\n3\n"), 3),
        (framed(b"1\n") + DAMAGED + framed(b"3\n"), 3),
        (gzip.compress(b"1\n2\n3\n")[:-4], None),
    ],
    ids=["empty", "frames", "no newline at the end", "plain", "gzip", "a damaged frame", "gzip that is cut"],
)
def test_lines_are_counted_as_convert_reads_them(client: Any, body: bytes, lines: int | None) -> None:
    client.put_object(Bucket="lake", Key=KEY, Body=body)
    assert S3RawLines(client, "lake").lines(KEY) == lines


def test_an_object_that_is_gone_is_told(client: Any) -> None:
    with pytest.raises(FileNotFoundError):
        S3RawLines(client, "lake").lines(KEY)
