"""What no request may do, whatever is in it."""

from __future__ import annotations

import time
from collections.abc import Mapping

import msgspec

from tests.fakes import FakeMetrics, FakeSink
from tests.fakes.clock import NOW
from tests.fakes.requests import SECRET
from tests.fuzz.requests import Valid, http_event
from thermocline.contracts import load_contracts
from thermocline.events.write_keys import derive_write_key
from thermocline.ingest.http.http_api import request_from, response_to
from thermocline.ingest.use_case import Ingest
from thermocline.sources import Source

SOURCES: Mapping[str, Source] = {
    "shop": Source(stream="clickstream"),
    "meters": Source(stream="telemetry"),
    "changes": Source(stream="cdc_log", backfill=True),
}
STATUSES = {200, 400, 401, 403, 404, 413, 415}
MAX_SECONDS = 3.0


def answer(valid: Valid) -> tuple[int, float]:
    """Post a request to a fresh ingest function; return the status and the seconds it took.

    Raises
    ------
    AssertionError
        The answer has another form, or what is acknowledged is not what was put.
    """
    sink = FakeSink()
    ingest = Ingest(
        sink=sink, metrics=FakeMetrics(), contracts=load_contracts(), sources=SOURCES, secret=lambda: SECRET
    )
    event = http_event(valid, derive_write_key(SECRET, valid.source))
    started = time.process_time()
    found = response_to(ingest(request_from(event, received_at=NOW)))
    seconds = time.process_time() - started
    body = msgspec.json.decode(found["body"])
    assert found["statusCode"] in STATUSES, found
    if found["statusCode"] == 200:
        assert body["accepted"] == sum(len(sink.rows(stream)) for stream in sink.records)
        assert body["quarantined"] == len(sink.rows("quarantine"))
        assert set(sink.records) <= {SOURCES[valid.source].stream, "clickstream", "telemetry", "cdc_log", "quarantine"}
    else:
        assert body.keys() == {"code", "message"}
        assert sink.records == {}
    assert seconds < MAX_SECONDS, f"{seconds} s"
    return found["statusCode"], seconds
