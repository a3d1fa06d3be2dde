from __future__ import annotations

import base64
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.fakes import NOW
from thermocline.contracts import load_contracts
from thermocline.contracts.validator import validator_for
from thermocline.events.batch import Refused
from thermocline.events.pack import MAX_RECORD_BYTES
from thermocline.events.quarantine import MAX_PAYLOAD_BYTES, quarantine_row

encode = validator_for(load_contracts()["quarantine"]).encode


def row(raw: bytes, detail: str = "why", source: str | None = "shop") -> dict[str, Any]:
    refused = Refused(raw=raw, reason="malformed", detail=detail)
    return quarantine_row(refused, stream="clickstream", source=source, protocol="native", stage="ingest", received=NOW)


@given(st.binary() | st.text().map(str.encode))
def test_the_payload_can_be_had_back_to_the_letter(raw: bytes) -> None:
    found = row(raw)
    payload = found["payload"]
    assert raw == (payload.encode() if found["payload_encoding"] == "utf-8" else base64.b64decode(payload))
    assert not found["payload_truncated"]


def test_a_payload_holds_no_address() -> None:
    assert row(b'{"context":{"ip":"203.0.113.77"}}')["payload"] == '{"context":{"ip":""}}'


def test_even_the_worst_payload_fits_a_firehose_record() -> None:
    found = row(b"\x00" * (MAX_PAYLOAD_BYTES + 1), detail="\x00" * 10_000)
    assert found["payload_truncated"]
    assert len(encode(found)) <= MAX_RECORD_BYTES
    assert not row(b"\x00" * MAX_PAYLOAD_BYTES)["payload_truncated"]


def test_the_id_depends_on_source_stream_and_payload() -> None:
    ids = {row(raw, source=source)["event_id"] for raw in (b"a", b"b") for source in ("shop", None)}
    assert len(ids) == 4
    assert row(b"a")["event_id"] == row(b"a", detail="another reason")["event_id"]
