"""The edge's secret opens the API, and only with it the edge's headers count."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fakes import FakeMetrics, FakeSink
from tests.fakes.requests import SECRET, SOURCES, request
from thermocline.contracts import load_contracts
from thermocline.ingest.edge import CONTENT_TYPE_HEADER, NO_TYPE, VIEWER_HEADER, Edge
from thermocline.ingest.http.request import Request
from thermocline.ingest.settings import EDGE_SECRET_HEADER
from thermocline.ingest.use_case import Ingest

BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
CONNECTION = "192.0.2.1"
VIEWER = "8.8.4.4"


class Secrets:
    """Two valid values, of which the second is known only when they are read again."""

    def __init__(self, known: tuple[str, ...] = ("current", "previous"), later: tuple[str, ...] = ()) -> None:
        self.known = known
        self.later = later
        self.reads = 0

    def __call__(self) -> tuple[str, ...]:
        return self.known

    def read_again(self) -> tuple[str, ...]:
        self.reads += 1
        return self.known + self.later


def ingest(secrets: Secrets | None, sink: FakeSink | None = None, *, required: bool = True) -> Ingest:
    return Ingest(
        sink=sink or FakeSink(),
        metrics=FakeMetrics(),
        contracts=load_contracts(),
        sources=SOURCES,
        secret=lambda: SECRET,
        edge=Edge(secrets, required=required) if secrets else None,
    )


def posted(
    body: bytes = b'{"event_name":"Seen"}', headers: Mapping[str, str] | None = None, path: str = "/v1/events"
) -> Request:
    return msgspec.structs.replace(request(path, body, headers=headers), source_ip=CONNECTION)


def through_the_edge(
    body: bytes = b'{"event_name":"Seen"}', headers: Mapping[str, str] | None = None, *, secret: str = "current"
) -> Request:
    ours = {EDGE_SECRET_HEADER: secret, VIEWER_HEADER: VIEWER, "user-agent": BROWSER}
    return posted(body, ours | dict(headers or {}))


@pytest.mark.parametrize("secret", ["current", "previous"])
def test_two_values_open_the_api(secret: str) -> None:
    secrets = Secrets()
    assert ingest(secrets)(through_the_edge(secret=secret)).status == 200
    assert secrets.reads == 0


@pytest.mark.parametrize("secret", ["current", "wrong"])
def test_nobody_behind_the_edge_sees_its_headers(secret: str) -> None:
    sent = through_the_edge(headers={CONTENT_TYPE_HEADER: "text/plain"}, secret=secret)
    admitted = Edge(Secrets(), required=False).admitted(sent)
    assert not [name for name in admitted.headers if name.startswith("x-lake-edge-")]


@pytest.mark.parametrize("secret", [None, "", "wrong", "currentprevious", "CURRENT", "current,previous", "\u00e9"])
def test_without_one_nothing_is_answered_but_403(secret: str | None) -> None:
    sink = FakeSink()
    headers = {} if secret is None else {EDGE_SECRET_HEADER: secret}
    for sent in (posted(headers=headers), posted(b"\x1f\x8b", headers), posted(b"", headers, "/nothing")):
        answer = ingest(Secrets(), sink)(sent)
        assert (answer.status, answer.body["code"]) == (403, "forbidden")
        assert "IngestUrl" in str(answer.body["message"])
    health = msgspec.structs.replace(posted(b"", headers, "/healthz"), method="GET")
    assert ingest(Secrets(), sink)(health).status == 403
    assert sink.records == {}


def test_a_value_that_is_new_is_known_at_its_first_use() -> None:
    secrets = Secrets(later=("new",))
    assert ingest(secrets)(through_the_edge(secret="new")).status == 200
    assert secrets.reads == 1


def test_no_secret_means_no_reading_again() -> None:
    secrets = Secrets()
    ingest(secrets)(posted())
    assert secrets.reads == 0


def row(endpoint: Ingest, sink: FakeSink, sent: Request) -> dict[str, Any]:
    assert endpoint(sent).status == 200
    (found,) = sink.rows("clickstream")
    return found


def test_behind_the_edge_the_address_is_the_viewers() -> None:
    sink = FakeSink()
    assert row(ingest(Secrets(), sink), sink, through_the_edge())["ip_masked"] == "8.8.4.0"


def test_without_a_viewers_address_there_is_none_and_never_the_edges_own() -> None:
    sink = FakeSink()
    sent = posted(headers={EDGE_SECRET_HEADER: "current", "user-agent": BROWSER})
    assert row(ingest(Secrets(), sink), sink, sent).get("ip_masked") is None


def test_without_the_edge_its_headers_are_ignored() -> None:
    sink = FakeSink()
    sent = through_the_edge(
        headers={"content-type": "application/json", CONTENT_TYPE_HEADER: "application/cloudevents+json"}
    )
    assert row(ingest(None, sink), sink, sent)["ip_masked"] == "192.0.2.0"


def test_while_senders_move_to_the_edge_the_old_way_is_open_and_its_headers_ignored() -> None:
    sink = FakeSink()
    endpoint = ingest(Secrets(), sink, required=False)
    assert endpoint(through_the_edge()).status == 200
    assert endpoint(through_the_edge(secret="wrong")).status == 200
    assert endpoint(posted(headers={"user-agent": BROWSER})).status == 200
    assert [found["ip_masked"] for found in sink.rows("clickstream")] == ["8.8.4.0", "192.0.2.0", "192.0.2.0"]


def test_the_type_that_moved_aside_is_put_back() -> None:
    event = b'{"specversion":"1.0","id":"1","source":"/s","type":"Seen","data":{}}'
    sink = FakeSink()
    sent = through_the_edge(
        gzip.compress(event),
        {
            "content-encoding": "gzip",
            "content-type": "application/octet-stream",
            CONTENT_TYPE_HEADER: "application/cloudevents+json",
        },
    )
    assert row(ingest(Secrets(), sink), sink, sent)["event_name"] == "Seen"


@given(moved=st.none() | st.just(NO_TYPE) | st.sampled_from(["text/plain", "application/json"]))
def test_the_request_is_as_the_client_sent_it(moved: str | None) -> None:
    sent = through_the_edge(headers={"content-type": "application/octet-stream"})
    if moved is not None:
        sent = msgspec.structs.replace(sent, headers={**sent.headers, CONTENT_TYPE_HEADER: moved})
    wanted = {None: "application/octet-stream", NO_TYPE: None}.get(moved, moved)
    assert Edge(Secrets()).admitted(sent).headers.get("content-type") == wanted
