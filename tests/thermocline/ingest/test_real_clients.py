"""RudderStack's and Segment's clients for Python, unmodified, against the ingest use case behind an HTTP server."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any, NamedTuple

import msgspec
import pytest
from rudderstack.analytics.client import Client as RudderStack
from segment.analytics.client import Client as Segment

from tests.fakes.requests import SOURCES, write_key
from tests.thermocline.ingest.test_use_case import Endpoint, endpoint
from thermocline.ingest.http.http_api import response_to
from thermocline.ingest.http.request import Request
from thermocline.sources import Source

LONG_AGO = dt.datetime(2026, 11, 1, 8, 0, tzinfo=dt.UTC)
RECEIVED = dt.datetime(2026, 11, 22, 12, 0, tzinfo=dt.UTC)


class Server(NamedTuple):
    """Answers as the endpoint does; of each request it can forget the answer once, as a network may."""

    lake: Endpoint
    url: str
    lost_answers: list[int]


@pytest.fixture
def server() -> Iterator[Server]:
    lake = endpoint()
    lost: list[int] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            request = Request(
                method="POST", path=self.path, headers=headers, body=body, source_ip="8.8.8.8", received_at=RECEIVED
            )
            answer = response_to(lake.ingest(request))
            self.send_response(lost.pop() if lost else answer["statusCode"])
            self.end_headers()
            self.wfile.write(answer["body"].encode())

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as http:
        thread = threading.Thread(target=http.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield Server(lake, f"http://127.0.0.1:{http.server_port}", lost)
        http.shutdown()
        thread.join()


def client(kind: Any, server: Server, **options: Any) -> Any:
    return kind(write_key("shop"), host=server.url, sync_mode=True, **options)


def rows(server: Server) -> list[dict[str, Any]]:
    assert "quarantine" not in server.lake.sink.records
    return server.lake.sink.rows("clickstream")


@pytest.mark.parametrize("gzip", [True, False])
def test_rudderstack_identifies_by_traits_of_the_context(server: Server, gzip: bool) -> None:
    client(RudderStack, server, gzip=gzip).identify("u1", {"email": "a@shop.example"}, timestamp=LONG_AGO)
    (row,) = rows(server)
    assert (row["event_type"], row["user_id"], row["library_name"]) == ("identify", "u1", "analytics-python")
    assert row["traits"] == '{"email": "a@shop.example"}'
    assert "a@shop.example" not in row["context"]
    assert msgspec.json.decode(row["context"])["channel"] == "server"
    # Its server keeps a given timestamp as it is, whatever the client's clock says now.
    assert row["event_time"] == row["original_time"] == "2026-11-01T08:00:00Z"


@pytest.mark.parametrize("kind", [RudderStack, Segment])
@pytest.mark.parametrize("call", ["page", "screen"])
def test_the_category_of_a_view_is_kept(server: Server, kind: Any, call: str) -> None:
    getattr(client(kind, server), call)("u1", category="Docs", name="Start", properties={"a": 1})
    (row,) = rows(server)
    assert msgspec.json.decode(row["properties"]) == {"a": 1, "category": "Docs"}
    assert (row["event_type"], row["event_name"]) == (call, "Start")


@pytest.mark.parametrize("kind", [RudderStack, Segment])
def test_every_call_lands(server: Server, kind: Any) -> None:
    sender = client(kind, server)
    sender.track("u1", "Order Completed", {"revenue": 19.99}, timestamp=LONG_AGO)
    sender.group("u1", "g1", {"industry": "lakes"})
    sender.alias("a1", "u1")
    sender.identify(user_id=42, traits={"plan": "free"})
    track, group, alias, identify = rows(server)
    assert (track["revenue"], track["original_time"]) == ("19.990000000", "2026-11-01T08:00:00Z")
    assert (group["group_id"], group["traits"]) == ("g1", '{"industry": "lakes"}')
    assert (alias["previous_id"], alias["user_id"]) == ("a1", "u1")
    assert (identify["user_id"], identify["traits"]) == ("42", '{"plan": "free"}')


@pytest.mark.parametrize("kind", [RudderStack, Segment])
def test_an_event_whose_answer_was_lost_is_the_same_when_it_comes_again(server: Server, kind: Any) -> None:
    server.lost_answers.append(503)
    sender = kind(write_key("shop"), host=server.url, upload_interval=0.01, max_retries=3)
    sender.track("u1", "Seen", {"a": 1})
    sender.flush()
    sender.join()
    first, again = rows(server)
    keys = ("source", "event_id", "fingerprint")
    assert [first[key] for key in keys] == [again[key] for key in keys]


@pytest.mark.parametrize("kind", [RudderStack, Segment])
def test_a_source_with_pseudonyms_keeps_no_traits(server: Server, kind: Any) -> None:
    server.lake.ingest._sources = SOURCES | {"shop": Source(stream="clickstream", pseudonymise=True)}
    client(kind, server).identify("u1", {"email": "a@shop.example"})
    client(kind, server).track("u1", "Seen", context={"traits": {"email": "a@shop.example"}})
    assert "a@shop.example" not in str(rows(server))
