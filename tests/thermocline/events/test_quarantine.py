from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fakes import NOW
from thermocline.contracts import load_contracts
from thermocline.contracts.validator import validator_for
from thermocline.events.batch import Refused
from thermocline.events.pack import MAX_RECORD_BYTES
from thermocline.events.quarantine import MAX_CONTEXT_BYTES, MAX_PAYLOAD_BYTES, Identity, quarantine_row

encode = validator_for(load_contracts()["quarantine"]).encode


def row(
    raw: bytes,
    detail: str = "why",
    source: str | None = "shop",
    around: Mapping[str, object] | None = None,
    **options: Any,
) -> dict[str, Any]:
    refused = Refused(raw=raw, reason="malformed", detail=detail, context=around or {})
    return quarantine_row(
        refused, stream="clickstream", source=source, protocol="native", stage="ingest", received=NOW, **options
    )


@given(st.binary(max_size=40) | st.text('aé\x00\n"{}', max_size=40).map(str.encode))
def test_the_payload_can_be_had_back_to_the_letter(raw: bytes) -> None:
    found = row(raw)
    if found["replayable"]:
        payload = found["payload"]
        assert raw == (payload.encode() if found["payload_encoding"] == "utf-8" else base64.b64decode(payload))
    assert not found["payload_truncated"]


@pytest.mark.parametrize(
    ("raw", "payload", "replayable"),
    [
        (b'{"a": 1.10}', '{"a": 1.10}', True),
        (b'{"context":{"ip":"203.0.113.77"}}', '{"context":{"ip":""}}', False),
        (b'{"url":"https://a.example/?token=x"}', '{"url":"https://a.example/?token=REDACTED"}', False),
        (b"{" + b"x" * MAX_PAYLOAD_BYTES, "{" + "x" * (MAX_PAYLOAD_BYTES - 1), False),
    ],
)
def test_what_was_cut_is_marked(raw: bytes, payload: str, replayable: bool) -> None:
    found = row(raw)
    assert (found["payload"], found["replayable"]) == (payload, replayable)


def test_the_context_is_kept_as_json() -> None:
    found = row(b"{}", around={"bt": Decimal("1.50"), "bn": "urn:x"}, context={"topic": "a/b", "sentAt": None})
    assert (found["context"], found["replayable"]) == ('{"topic":"a/b","bt":"1.50","bn":"urn:x"}', True)
    assert (row(b"{}")["context"], row(b"{}")["replayable"]) == (None, True)


def test_a_topic_and_a_path_stay_though_they_look_random_and_addresses_go() -> None:
    around = {"path": "/topics/3f2a1b9c0d4e5f6a7b8c", "topic": "/a/3f2a1b9c0d4e5f6a7b8c", "x": "203.0.113.77"}
    found = row(b"{}", around=around)
    assert json.loads(found["context"]) == around | {"x": ""}
    assert not found["replayable"]


def test_a_context_that_is_too_long_is_left_out_and_marked() -> None:
    found = row(b"{}", around={"a": "x" * MAX_CONTEXT_BYTES})
    assert (found["context"], found["replayable"]) == (None, False)


def test_who_it_is_is_taken_over() -> None:
    identity = Identity(event_id="e1", fingerprint=-7, original_time=NOW, sent_at=None)
    found = row(b"{}", identity=identity)
    assert (found["replay_event_id"], found["replay_fingerprint"], found["original_time"]) == ("e1", -7, NOW)
    encode(found)


def test_what_stands_around_tells_rows_apart_but_not_when_it_was_sent() -> None:
    ids = {row(b"{}", around={"topic": topic})["event_id"] for topic in ("a", "b")} | {row(b"{}")["event_id"]}
    assert len(ids) == 3
    around = {"call": "track", "sentAt": "2026-11-22T12:00:00Z", "path": "/v1/t"}
    assert row(b"{}", around=around)["event_id"] == row(b"{}", around={"call": "track"})["event_id"]


def test_even_the_worst_payload_fits_a_firehose_record() -> None:
    around = {"a": "\x00" * (MAX_CONTEXT_BYTES // 6 - 10)}
    found = row(b"\x00" * (MAX_PAYLOAD_BYTES + 1), detail="\x00" * 10_000, around=around)
    assert found["payload_truncated"]
    assert len(encode(found)) <= MAX_RECORD_BYTES
    assert not row(b"\x00" * MAX_PAYLOAD_BYTES)["payload_truncated"]


def test_the_id_depends_on_source_stream_and_payload() -> None:
    ids = {row(raw, source=source)["event_id"] for raw in (b"a", b"b") for source in ("shop", None)}
    assert len(ids) == 4
    assert row(b"a")["event_id"] == row(b"a", detail="another reason")["event_id"]


@pytest.mark.parametrize("name", ["203.0.113.77", "203.0.113.77:443", "2001:db8::1"])
def test_a_name_that_is_an_address_stays_neither_in_the_reason_nor_in_the_payload(name: str) -> None:
    found = row(json.dumps({"n": {name: 1}}).encode(), detail=f"unknown field `{name}`")
    assert "203.0.113" not in str(found)
    assert "db8" not in str(found)
    assert found["detail"].startswith("unknown field `REDACTED")
