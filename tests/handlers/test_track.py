"""Events that a function puts into the lake itself, wired as in production to AWS as moto plays it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.fakes.aws import AwsClient
from tests.fakes.way_in import STREAMS, lines
from thermocline.errors import ConfigurationError, SinkUnavailable
from thermocline.track import track


def test_an_event_is_stored_as_if_it_had_been_posted(s3: Any) -> None:
    track("Signed Up", source="shop", properties={"plan": "free"}, user_id="u1")
    (row,) = lines(s3, "clickstream")
    assert (row["event_name"], row["source"], row["user_id"]) == ("Signed Up", "shop", "u1")
    assert json.loads(row["properties"]) == {"plan": "free"}


def test_an_event_needs_no_more_than_its_name(s3: Any) -> None:
    track("Ping", source="shop")
    (row,) = lines(s3, "clickstream")
    assert (row["event_name"], row.get("user_id")) == ("Ping", None)


def test_a_source_that_the_stage_does_not_have_is_named(s3: Any) -> None:
    with pytest.raises(ConfigurationError, match=r"no source 'notes': add \[sources\.notes\]"):
        track("Ping", source="notes")
    assert lines(s3, "clickstream") == []


def test_what_could_not_be_stored_may_be_tried_again(s3: Any, aws: AwsClient) -> None:
    aws("firehose").delete_delivery_stream(DeliveryStreamName=STREAMS["clickstream"])
    with pytest.raises(SinkUnavailable):
        track("Ping", source="shop")


def test_a_source_for_other_events_is_refused(s3: Any) -> None:
    with pytest.raises(ConfigurationError, match=r"sources\.meters is for telemetry"):
        track("Ping", source="meters")
    assert lines(s3, "telemetry") == lines(s3, "clickstream") == []


def test_what_is_too_large_is_in_quarantine(s3: Any) -> None:
    track("Ping", source="shop", properties={"text": "x" * 20_000_000})
    assert lines(s3, "clickstream") == []
    (row,) = lines(s3, "quarantine")
    assert (row["reason"], row["protocol"], row["source"]) == ("too_large", "native", "shop")


def test_no_secret_is_read_for_it(s3: Any, aws: AwsClient) -> None:
    aws("secretsmanager").delete_secret(SecretId="write-keys", ForceDeleteWithoutRecovery=True)
    track("Ping", source="shop")
    assert len(lines(s3, "clickstream")) == 1
