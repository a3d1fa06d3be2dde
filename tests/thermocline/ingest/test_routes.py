"""Every route: what it feeds, whose key it takes, and what it answers when something is wrong."""

from __future__ import annotations

import gzip
from typing import Any, NamedTuple

import msgspec
import pytest

from tests.events import sample
from tests.fakes import FakeMetrics, FakeSink
from tests.fakes.requests import SECRET, SOURCES, request
from thermocline.contracts import load_contracts
from thermocline.errors import SinkThrottled, SinkUnavailable
from thermocline.ingest.http.http_api import response_to
from thermocline.ingest.http.request import Response
from thermocline.ingest.protocols.segment import CALL_OF_PATH
from thermocline.ingest.use_case import Ingest

CALL = b'{"event":"E","previousId":"a","batch":[{"type":"track"}]}'
CLOUD_EVENT = b'{"id":"1","source":"/s","specversion":"1.0","type":"t"}'
CHANGE = (
    b'{"op":"c","after":{"id":1},"source":'
    b'{"connector":"postgresql","db":"d","schema":"public","table":"orders","lsn":7,"ts_ms":1795358031539}}'
)
SEGMENT_CALLS = {**CALL_OF_PATH, "/beacon/v1/batch": "batch"}
METRIC = b'{"device_id":"d","metrics":{"m":1}}'


class Route(NamedTuple):
    path: str
    source: str
    body: bytes
    stream: str
    content_type: str = "application/json"


ROUTES = [
    *[Route(path, "shop", CALL, "clickstream") for path in SEGMENT_CALLS],
    *[Route(path, "shop", CALL, "clickstream", "text/plain") for path in SEGMENT_CALLS],
    Route("/v1/events", "shop", b'{"event_name":"E"}', "clickstream"),
    Route("/v1/events", "meters", METRIC, "telemetry"),
    Route("/v1/events", "shop-db", CHANGE, "cdc_log"),
    Route("/v1/events", "shop", CLOUD_EVENT, "clickstream", "application/cloudevents+json; charset=UTF-8"),
    Route("/v1/events", "shop", b"[%s]" % CLOUD_EVENT, "clickstream", "application/cloudevents-batch+json"),
    Route("/v1/cdc/shop", "shop-db", CHANGE, "cdc_log"),
    Route("/v1/cdc/shop", "shop-db", b"[%s]" % CHANGE, "cdc_log"),
    Route("/v1/cdc/a.b_c-1", "shop-db", CHANGE, "cdc_log"),
    Route("/v1/cdc/shop/2", "shop-db", CHANGE, "cdc_log"),
    Route("/topics/dt%2Fa%2Fb%2Fc%2Fd", "meters", METRIC, "telemetry"),
]


def post(path: str, body: bytes, **options: Any) -> tuple[Response, FakeSink]:
    sink = FakeSink(options.pop("failures", None), error=options.pop("error", SinkUnavailable))
    ingest = Ingest(
        sink=sink, metrics=FakeMetrics(), contracts=load_contracts(), sources=SOURCES, secret=lambda: SECRET
    )
    return ingest(request(path, body, **options)), sink


def sent(route: Route, **options: Any) -> tuple[Response, FakeSink]:
    headers = {"content-type": route.content_type} | options.pop("headers", {})
    body = options.pop("body", route.body)
    return post(route.path, body, **{"source": route.source, "headers": headers} | options)


def error(response: Response) -> tuple[int, object]:
    """Return status and code, once the body is seen to be what clients are promised."""
    assert set(response.body) == {"code", "message"}
    assert response_to(response)["headers"]["content-type"] == "application/json"
    assert response.status != 413
    return response.status, response.body["code"]


@pytest.mark.parametrize("route", ROUTES)
def test_success_is_exactly_200_with_json(route: Route) -> None:
    answer, sink = sent(route)
    assert answer == Response(status=200, body={"success": True, "accepted": 1, "quarantined": 0})
    assert list(sink.records) == [route.stream]
    assert sink.rows(route.stream)[0]["source"] == route.source
    assert response_to(answer)["headers"] == {"content-type": "application/json"}


@pytest.mark.parametrize("route", ROUTES)
def test_gzip_is_read_everywhere(route: Route) -> None:
    answer, _ = sent(route, body=gzip.compress(route.body), headers={"content-encoding": "gzip"})
    assert answer.body["accepted"] == 1


@pytest.mark.parametrize("route", ROUTES)
def test_without_a_key_it_is_401(route: Route) -> None:
    answer, sink = sent(route, source=None)
    assert error(answer) == (401, "unauthorized")
    assert sink.records == {}


@pytest.mark.parametrize("route", ROUTES)
def test_an_outage_is_503_with_retry_after(route: Route) -> None:
    answer, _ = sent(route, failures={route.stream: 1})
    assert error(answer) == (503, "unavailable")
    assert answer.headers == {"retry-after": "1"}


@pytest.mark.parametrize("route", ROUTES)
def test_a_throttled_put_is_429_with_retry_after(route: Route) -> None:
    answer, sink = sent(route, failures={route.stream: 1}, error=SinkThrottled)
    assert error(answer) == (429, "throttled")
    assert (answer.headers, sink.records) == ({"retry-after": "1"}, {})


@pytest.mark.parametrize("route", ROUTES)
def test_a_body_that_is_too_large_is_400_and_never_413(route: Route) -> None:
    answer, _ = sent(route, body=gzip.compress(b" " * 50_000_000, 1))
    assert error(answer)[0] == 400


@pytest.mark.parametrize("route", ROUTES)
def test_an_empty_body_is_400(route: Route) -> None:
    single_call = SEGMENT_CALLS.get(route.path, "batch") != "batch"
    answer, _ = sent(route, body=b"")
    if single_call:  # one call is one event, so nothing is a bad row
        assert answer.body == {"success": True, "accepted": 1, "quarantined": 1}
    else:
        assert error(answer)[0] == 400


@pytest.mark.parametrize("route", ROUTES)
def test_a_bad_event_is_200_and_a_bad_row(route: Route) -> None:
    single = b"[7]" if route.body.startswith(b"[") else b"null" if route.path.startswith("/topics/") else b"7"
    bad = b'{"batch":[7]}' if SEGMENT_CALLS.get(route.path) == "batch" else single
    answer, sink = sent(route, body=bad)
    assert answer == Response(status=200, body={"success": True, "accepted": 1, "quarantined": 1})
    (row,) = sink.rows("quarantine")
    assert (row["stream"], row["source"], row["reason"]) == (route.stream, route.source, "invalid")


@pytest.mark.parametrize("source", ["shop", "meters"])
def test_a_key_that_is_not_for_changes_cannot_write_them(source: str) -> None:
    answer, sink = post("/v1/cdc/shop", CHANGE, source=source)
    assert error(answer) == (403, "forbidden")
    assert sink.records == {}


@pytest.mark.parametrize("connector", ["", "a%20b", "x" * 65, "%00"])
def test_a_connectors_name_is_plain(connector: str) -> None:
    answer, _ = post(f"/v1/cdc/{connector}", CHANGE, source="shop-db")
    assert error(answer) == (400, "invalid_connector")


@pytest.mark.parametrize("epoch", ["b", "0", "-1", "01", "1000000", "1/2", "1.5", "%31x", "..%2Fraw"])
def test_an_epoch_is_a_number(epoch: str) -> None:
    answer, sink = post(f"/v1/cdc/shop/{epoch}", CHANGE, source="shop-db")
    assert error(answer) == (400, "invalid_epoch")
    assert sink.records == {}


def test_the_path_may_name_the_epoch() -> None:
    (row,) = post("/v1/cdc/shop/7", CHANGE, source="shop-db")[1].rows("cdc_log")
    assert (row["connector"], row["epoch"], row["position_sort"][:7]) == ("shop", 7, "000007.")


@pytest.mark.parametrize("path", ["/v1/x", "/v1/cdc", "/v1/batches", "/v1/T", "/v1/tt"])
def test_nothing_answers_other_paths(path: str) -> None:
    assert error(post(path, CALL)[0]) == (404, "not_found")


def test_changes_are_counted_with_what_was_skipped() -> None:
    answer, sink = post("/v1/cdc/shop", sample("debezium_postgresql.json"), source="shop-db")
    assert answer.body == {"success": True, "accepted": 9, "quarantined": 0, "skipped": 14}
    rows = sink.rows("cdc_log")
    assert {(row["connector"], row["source"], row["time_clamped"]) for row in rows} == {("shop", "shop-db", False)}
    assert all(row["event_time"] == row["commit_time"] == row["original_time"] for row in rows)


def test_a_request_of_nothing_but_skipped_messages_succeeds_and_puts_nothing() -> None:
    answer, sink = post("/v1/cdc/shop", b"null", source="shop-db")
    assert answer.body == {"success": True, "accepted": 0, "quarantined": 0, "skipped": 1}
    assert sink.records == {}


def test_a_change_sent_again_has_the_same_id_and_fingerprint() -> None:
    first, again = (
        post("/v1/cdc/shop", body, source="shop-db")[1].rows("cdc_log")[0]
        for body in (CHANGE, CHANGE.replace(b'{"op"', b'{"ts_ms":1,"op"'))
    )
    assert (first["event_id"], first["fingerprint"]) == (again["event_id"], again["fingerprint"])


def test_a_binary_cloudevent_needs_no_content_type() -> None:
    headers = {f"ce-{name}": value for name, value in msgspec.json.decode(CLOUD_EVENT).items()}
    answer, sink = post("/v1/events", b'{"n": 1.50}', headers=headers)
    assert answer.body["quarantined"] == 0
    (row,) = sink.rows("clickstream")
    assert (row["event_id"], row["event_name"], row["properties"]) == ("1", "t", '{"n": 1.50}')
