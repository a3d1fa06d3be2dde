"""The ingest use case: what is acknowledged is durable, and everything sent is somewhere."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from typing import Any, NamedTuple

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.events import sample
from tests.fakes import Count, FakeMetrics, FakeSink
from tests.fakes.clock import NOW
from tests.fakes.requests import REQUEST_ID, SECRET, SOURCES, request, write_key
from thermocline.contracts import load_contracts
from thermocline.errors import ConfigurationError, RequestError, SinkThrottled, SinkUnavailable, UnknownStream
from thermocline.events.batch import Batch, Event, Refused
from thermocline.events.labels import Label, label_in
from thermocline.events.pack import MAX_RECORD_BYTES
from thermocline.ingest.http.request import Response
from thermocline.ingest.origin import Origin
from thermocline.ingest.use_case import Accepted, Ingest

GOOD = b'{"event_id":"e%d","event_name":"Seen"}'
BAD = b'{"event_id":7}'


class Endpoint(NamedTuple):
    ingest: Ingest
    sink: FakeSink
    metrics: FakeMetrics

    def post(self, path: str, body: bytes, **options: Any) -> Response:
        return self.ingest(request(path, body, **options))


def endpoint(failures: Mapping[str, int] | None = None, *, error: type[SinkUnavailable] = SinkUnavailable) -> Endpoint:
    sink, metrics = FakeSink(failures, error=error), FakeMetrics()
    ingest = Ingest(sink=sink, metrics=metrics, contracts=load_contracts(), sources=SOURCES, secret=lambda: SECRET)
    return Endpoint(ingest, sink, metrics)


def test_each_record_says_which_request_it_came_with() -> None:
    lake = endpoint()
    lake.post("/v1/events", ndjson(GOOD % 1, BAD))
    labels = [label_in(record) for records in lake.sink.records.values() for record in records]
    assert labels == [Label(request=REQUEST_ID, received=NOW, protocol="native")] * 2


def ndjson(*lines: bytes) -> bytes:
    return b"\n".join(lines)


@given(st.lists(st.booleans(), min_size=1, max_size=12))
def test_every_event_of_an_acknowledged_request_is_good_or_quarantined(which: list[bool]) -> None:
    lake = endpoint()
    lines = [GOOD % number if good else BAD + b" " * number for number, good in enumerate(which)]
    answer = lake.post("/v1/events", ndjson(*lines))
    bad = which.count(False)
    assert answer == Response(status=200, body={"success": True, "accepted": len(which), "quarantined": bad})
    ids = [row["event_id"] for row in lake.sink.rows("clickstream")]
    assert ids == [f"e{number}" for number, good in enumerate(which) if good]
    assert len(lake.sink.rows("quarantine")) == bad
    assert lake.metrics.counts == [Count("clickstream", "shop", len(which), bad)]


@pytest.mark.parametrize("failing", ["clickstream", "quarantine"])
def test_nothing_is_acknowledged_unless_every_put_succeeded(failing: str) -> None:
    lake = endpoint({failing: 1})
    answer = lake.post("/v1/events", ndjson(GOOD % 1, BAD))
    assert (answer.status, answer.body["code"], answer.headers) == (503, "unavailable", {"retry-after": "1"})
    assert lake.metrics.counts == []
    assert lake.post("/v1/events", ndjson(GOOD % 1, BAD)).status == 200
    assert len(lake.metrics.counts) == 1


def test_a_stream_that_gets_nothing_is_not_put() -> None:
    assert endpoint({"quarantine": 1}).post("/v1/events", GOOD % 1).status == 200
    assert endpoint({"clickstream": 1}).post("/v1/events", BAD).status == 200


def test_a_quarantine_row_says_what_was_sent_and_why() -> None:
    lake = endpoint()
    lake.post("/v1/events", ndjson(GOOD % 1, b'{"event_type":"purchase"}', b"{", GOOD % 2))
    invalid, malformed = lake.sink.rows("quarantine")
    assert (invalid["reason"], invalid["detail"]) == ("invalid", "event_type: is not one of the allowed values")
    assert (invalid["payload"], invalid["payload_encoding"]) == ('{"event_type":"purchase"}', "utf-8")
    assert (malformed["reason"], malformed["payload"]) == ("malformed", "{")
    common = {"source": "shop", "stream": "clickstream", "protocol": "native", "stage": "ingest"}
    assert all(row.items() >= common.items() for row in (invalid, malformed))


@pytest.mark.parametrize("body", [b"", b"[{]", b'{"a":1'])
def test_a_request_without_readable_events_leaves_nothing_behind(body: bytes) -> None:
    lake = endpoint()
    answer = lake.post("/v1/batch", body)
    assert (answer.status, answer.body["code"]) == (400, "malformed_json")
    assert lake.sink.records == {}
    assert lake.metrics.counts == []


@pytest.mark.parametrize(
    ("path", "source", "body", "stream"),
    [
        ("/v1/events", "shop", GOOD % 1, "clickstream"),
        ("/v1/events", "meters", b'{"device_id":"d","metrics":{"m":1}}', "telemetry"),
        ("/v1/batch", "shop", b'{"batch":[{"type":"page"}]}', "clickstream"),
        *[(f"/v1/{call}", "shop", b"{}", "clickstream") for call in ("track", "page", "screen", "identify", "group")],
        ("/v1/alias", "shop", b'{"previousId":"a"}', "clickstream"),
        ("/topics/dt%2Fa%2Fb%2Fc%2Fd", "meters", b'[{"n":"m","v":1}]', "telemetry"),
    ],
)
def test_each_path_feeds_its_stream(path: str, source: str, body: bytes, stream: str) -> None:
    lake = endpoint()
    assert lake.post(path, body, source=source).body == {"success": True, "accepted": 1, "quarantined": 0}
    assert list(lake.sink.records) == [stream]
    assert [count.stream for count in lake.metrics.counts] == [stream]
    assert lake.sink.rows(stream)[0]["source"] == source


@pytest.mark.parametrize("path", ["/", "/v1", "/v1/event", "/v1/events/", "/V1/EVENTS", "/topics"])
def test_nothing_answers_other_paths(path: str) -> None:
    answer = endpoint().post(path, GOOD % 1)
    assert (answer.status, answer.body["code"]) == (404, "not_found")


def test_the_health_check_needs_no_key() -> None:
    answer = endpoint().ingest(request("/healthz", source=None, method="GET"))
    assert answer == Response(status=200, body={"status": "ok"})


@pytest.mark.parametrize("key", ["", "shop", "shop.wrong", "unknown." + "a" * 32, write_key("shop")[:-1] + "1"])
def test_a_wrong_key_is_unauthorized(key: str) -> None:
    lake = endpoint()
    answer = lake.post("/v1/events", GOOD % 1, source=None, headers={"authorization": f"Bearer {key}"})
    assert (answer.status, answer.body["code"]) == (401, "unauthorized")
    assert lake.sink.records == {}


@pytest.mark.parametrize(("path", "status"), [("/v1/batch", 200), ("/v1/track", 200), ("/v1/events", 401)])
def test_only_segments_paths_take_a_key_in_the_body(path: str, status: int) -> None:
    body = msgspec.json.encode({"writeKey": write_key("shop"), "batch": [{"type": "track"}], "event": "E"})
    assert endpoint().post(path, body, source=None).status == status


def test_the_header_goes_before_the_body() -> None:
    body = msgspec.json.encode({"writeKey": write_key("shop"), "batch": []})
    answer = endpoint().post("/v1/batch", body, source=None, headers={"authorization": "Bearer wrong"})
    assert answer.status == 401


def test_gzip_and_cut_emoji_are_read() -> None:
    lake = endpoint()
    body = gzip.compress(b'{"batch":[{"type":"track","event":"cut \\ud83d"},{"type":"track","event":"whole"}]}')
    assert lake.post("/v1/batch", body).body["accepted"] == 2
    assert [row["event_name"] for row in lake.sink.rows("clickstream")] == ["cut \ufffd", "whole"]


def test_text_that_is_not_utf_8_is_quarantined_alone() -> None:
    lake = endpoint()
    answer = lake.post("/v1/batch", b'{"batch":[{"type":"track"},{"type":"track","properties":{"a":"\xff"}}]}')
    assert answer.body == {"success": True, "accepted": 2, "quarantined": 1}
    assert lake.sink.rows("quarantine")[0]["payload_encoding"] == "base64"


def test_an_event_that_fits_no_record_is_quarantined_and_its_neighbours_are_not() -> None:
    lake = endpoint()
    huge = msgspec.json.encode({"event_id": "huge", "properties": {"text": "x" * MAX_RECORD_BYTES}})
    answer = lake.post("/v1/events", ndjson(GOOD % 1, huge, GOOD % 2))
    assert answer.body["quarantined"] == 1
    (row,) = lake.sink.rows("quarantine")
    assert (row["reason"], row["payload_truncated"]) == ("too_large", True)
    assert [row["event_id"] for row in lake.sink.rows("clickstream")] == ["e1", "e2"]


def test_an_event_that_only_escaping_makes_too_large_is_quarantined_alone() -> None:
    lake = endpoint()
    texts = {f"text{number}": '"' * 100_000 for number in range(3)}
    huge = msgspec.json.encode({"event_id": "huge", "properties": texts})
    assert len(huge) < MAX_RECORD_BYTES
    answer = lake.post("/v1/events", ndjson(GOOD % 1, huge, GOOD % 2))
    assert (answer.status, answer.body.get("quarantined")) == (200, 1)
    assert lake.sink.rows("quarantine")[0]["reason"] == "too_large"
    assert [row["event_id"] for row in lake.sink.rows("clickstream")] == ["e1", "e2"]


def test_many_events_share_a_record() -> None:
    lake = endpoint()
    lake.post("/v1/events", ndjson(*[GOOD % number for number in range(1_000)]))
    assert len(lake.sink.rows("clickstream")) == 1_000
    assert len(lake.sink.records["clickstream"]) == 1


def test_sending_again_gives_the_same_ids_and_fingerprints() -> None:
    lake = endpoint()
    for sent_at in ("2026-11-22T12:00:00Z", "2026-11-22T12:07:00Z"):
        lake.post("/v1/batch", sample("segment_batch.json").replace(b"2026-11-22T12:30:02Z", sent_at.encode()))
        lake.post("/v1/track", b'{"event":"E","sentAt":"%s"}' % sent_at.encode())
    keys = [(row["event_id"], row["fingerprint"]) for row in lake.sink.rows("clickstream")]
    assert keys[:3] == keys[3:]
    assert len(set(keys)) == 3


@pytest.mark.parametrize(("source", "year", "clamped"), [("shop", "2026", True), ("history", "2019", False)])
def test_old_times_are_clamped_unless_the_key_is_for_backfill(source: str, year: str, clamped: bool) -> None:
    lake = endpoint()
    lake.post("/v1/events", b'{"event_time":"2019-06-01T00:00:00Z"}', source=source)
    (row,) = lake.sink.rows("clickstream")
    assert (row["event_time"][:4], row["original_time"][:4], row["time_clamped"]) == (year, "2019", clamped)


ORIGIN = Origin(received_at=NOW, path="/v1/events")
FAILURES = [(SinkUnavailable, 503, "unavailable"), (SinkThrottled, 429, "throttled")]


def batch_of(good: int, bad: int = 0, *, stream: str = "clickstream", skipped: int = 0) -> Batch:
    raws = [b'{"n":%d}' % number for number in range(good)]
    events: list[Event | Refused] = [Event(columns={"event_type": "track"}, raw=raw, identity=raw) for raw in raws]
    events += [Refused(raw=b"%d" % number, reason="invalid", detail="no object") for number in range(bad)]
    return Batch(protocol="native", stream=stream, events=events, skipped=skipped)


@given(st.integers(0, 9), st.integers(0, 9), st.integers(0, 9))
def test_a_batch_is_accepted_without_a_request(good: int, bad: int, skipped: int) -> None:
    lake = endpoint()
    accepted = lake.ingest.accept("shop", batch_of(good, bad, skipped=skipped), ORIGIN)
    assert accepted == Accepted(accepted=good + bad, quarantined=bad, skipped=skipped)
    assert (len(lake.sink.rows("clickstream")), len(lake.sink.rows("quarantine"))) == (good, bad)
    assert lake.metrics.counts == [Count("clickstream", "shop", good + bad, bad)]


@pytest.mark.parametrize("failing", ["clickstream", "quarantine"])
@pytest.mark.parametrize(("error", "status", "code"), FAILURES)
def test_what_is_not_put_is_raised_and_a_request_hears_of_it(
    failing: str, error: type[SinkUnavailable], status: int, code: str
) -> None:
    lake = endpoint({failing: 2}, error=error)
    with pytest.raises(error):
        lake.ingest.accept("shop", batch_of(1, 1), ORIGIN)
    answer = lake.post("/v1/events", ndjson(GOOD % 1, BAD))
    assert (answer.status, answer.body["code"], answer.headers) == (status, code, {"retry-after": "1"})
    assert lake.metrics.counts == []


def test_a_batch_of_nobody_or_for_no_stream_or_too_large_is_refused() -> None:
    lake = endpoint()
    with pytest.raises(ConfigurationError, match="no source 'notes'"):
        lake.ingest.accept("notes", batch_of(1), ORIGIN)
    with pytest.raises(UnknownStream, match="'orders'"):
        lake.ingest.accept("shop", batch_of(1, stream="orders"), ORIGIN)
    with pytest.raises(RequestError) as refused:
        lake.ingest.accept("shop", batch_of(10_001), ORIGIN)
    assert (refused.value.code, lake.sink.records) == ("too_many_events", {})
