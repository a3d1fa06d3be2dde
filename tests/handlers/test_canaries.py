"""Unique values in every field of every protocol, good and bad, through the handler: none in a log or an answer."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from lambdas.ingest.handler import handler
from tests.fakes.aws import AwsClient, create_bucket, create_epochs
from tests.fakes.requests import SECRET, sources_file
from tests.fuzz.requests import VALID, Valid, http_event
from thermocline.bootstrap.ingest import ingest
from thermocline.contracts import load_contracts
from thermocline.events.frames import zstd
from thermocline.events.write_keys import derive_write_key
from thermocline.ingest.settings import IngestSettings
from thermocline.sources import Source
from thermocline.streams import load_streams

STREAMS = {name: f"dev-{name}" for name in load_streams()}
OPTIONS: dict[str, dict[str, Any]] = {
    "": {},
    "-anonymous": {"anonymous": True, "drop": ("extra",)},
    "-hashed": {"pseudonymise": True},
}
SOURCES = {
    name + suffix: Source(stream=stream, **({} if stream == "cdc_log" else options))
    for suffix, options in OPTIONS.items()
    for name, stream in (("shop", "clickstream"), ("meters", "telemetry"), ("changes", "cdc_log"))
}
_TEXT = re.compile(rb'(?<=[:\[,])\s*"(?!track|page|order|1\.0)[^"\\]*"(?!\s*:)')
_CANARY = re.compile(r"canary\d+")


@pytest.fixture
def rows(
    aws: AwsClient, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Iterator[Callable[[str], list[dict[str, Any]]]]:
    for stream, name in STREAMS.items():
        destination = {
            "RoleARN": "arn:aws:iam::123456789012:role/firehose",
            "BucketARN": "arn:aws:s3:::lake",
            "Prefix": f"raw/{stream}/",
        }
        aws("firehose").create_delivery_stream(DeliveryStreamName=name, ExtendedS3DestinationConfiguration=destination)
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
    ingest.cache_clear()
    s3 = create_bucket(aws, "lake")

    def read(stream: str) -> list[dict[str, Any]]:
        entries = s3.list_objects_v2(Bucket="lake", Prefix=f"raw/{stream}/").get("Contents", [])
        bodies = [s3.get_object(Bucket="lake", Key=entry["Key"])["Body"].read() for entry in entries]
        return [json.loads(line) for line in b"".join(map(zstd.decompress, bodies)).splitlines()]

    yield read
    ingest.cache_clear()


def variants(suffix: str) -> Iterator[Valid]:
    """Yield each protocol's requests with a canary for each text: as it is, with wrong types, cut, and unauthorised."""
    number = 0

    def canary(_: object) -> bytes:
        nonlocal number
        number += 1
        return b'"canary%d"' % number

    for valid in VALID:
        source = valid.source + suffix
        body = _TEXT.sub(canary, valid.body)
        headers = {**valid.headers, "user-agent": "Mozilla/5.0 canary0"}
        # Times, or no event would be good.
        body = re.sub(
            rb'("(?:timestamp|sentAt|time|originalTimestamp)"\s*:\s*)"canary\d+"', rb'\1"2026-11-22T12:00:00Z"', body
        )
        for text in (body, body.replace(b'"canary', b'["canary').replace(b'",', b'"],'), body[: len(body) * 2 // 3]):
            yield valid._replace(source=source, body=text, headers=headers)
        yield valid._replace(source=source, body=body, headers={**headers, "authorization": "Bearer canary0"})
        yield valid._replace(source=source, body=body, path="/v1/canary0", headers=headers)


def post_all(suffix: str) -> dict[int, int]:
    statuses: dict[int, int] = {}
    for valid in variants(suffix):
        answer = handler(http_event(valid, derive_write_key(SECRET, valid.source)), None)
        assert not _CANARY.search(answer["body"])
        statuses[answer["statusCode"]] = statuses.get(answer["statusCode"], 0) + 1
    return statuses


@pytest.mark.parametrize("suffix", OPTIONS)
def test_no_log_line_and_no_answer_holds_what_was_sent(
    rows: Callable[[str], list[dict[str, Any]]],
    suffix: str,
    capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.INFO):
        statuses = post_all(suffix)
    assert {200, 400, 401, 404} <= statuses.keys()
    captured = capfd.readouterr()
    assert captured.out.count("AcceptedEvents") >= statuses[200]
    assert not _CANARY.search(captured.out + captured.err + caplog.text)


def test_an_anonymous_source_stores_only_columns_that_identify_nobody(
    rows: Callable[[str], list[dict[str, Any]]],
) -> None:
    post_all("-anonymous")
    stored = [row for stream in ("clickstream", "telemetry") for row in rows(stream)]
    bad = [row for row in rows("quarantine") if row["source"] != "changes-anonymous"]
    assert len(stored) > 5
    assert len(bad) > 5
    assert not _CANARY.search(json.dumps(bad))
    found = {name for row in stored for name, value in row.items() if _CANARY.search(str(value))}
    assert found == set()


def test_pseudonyms_hide_restricted_values(rows: Callable[[str], list[dict[str, Any]]]) -> None:
    post_all("-hashed")
    restricted = {c.name for c in load_contracts()["clickstream"].columns if c.classification == "restricted"}
    found = [row[name] for row in rows("clickstream") for name in restricted & row.keys()]
    assert len(found) > 5
    assert not _CANARY.search(str(found))
    bad = [row for row in rows("quarantine") if row["source"] != "changes-hashed"]
    assert [row for row in bad if _CANARY.search(json.dumps(row))] == []
