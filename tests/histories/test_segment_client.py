"""Segment's own client against an endpoint whose Firehose fails half of the time."""

from __future__ import annotations

import json
import random
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import msgspec
import pytest
from segment.analytics.client import Client

from tests.fakes.requests import write_key
from tests.histories.lake import SimulatedLake
from tests.simulator import Faults
from thermocline.ingest.http.request import Request

HALF = Faults(throttle=0.25, fail_record=0.25, lose_answer=0.25)
EVENTS = 400


class Endpoint:
    """The real ingest of a simulated lake, behind a real HTTP server; every second request meets a dead Firehose."""

    def __init__(self, lake: SimulatedLake) -> None:
        self.lake = lake
        self.answers: list[int] = []
        self._one_at_a_time = threading.Lock()

    def answer(self, path: str, headers: dict[str, str], body: bytes) -> tuple[int, dict[str, str], bytes]:
        with self._one_at_a_time:
            self.lake.firehose.faults = Faults(throttle=1) if len(self.answers) % 2 == 0 else HALF
            asked = Request(
                method="POST", path=path, headers=headers, body=body, source_ip="8.8.8.8", received_at=self.lake.clock()
            )
            answer = self.lake.ingest(asked)
            self.answers.append(answer.status)
            return answer.status, dict(answer.headers), msgspec.json.encode(answer.body)


@pytest.fixture
def endpoint() -> Iterator[tuple[Endpoint, str]]:
    found = Endpoint(SimulatedLake(seed=random.Random(3).getrandbits(32)))

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            status, extra, answer = found.answer(self.path, headers, body)
            self.send_response(status)
            for name, value in {**extra, "content-length": str(len(answer))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield found, f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_every_event_lands_and_none_is_acknowledged_without_landing(endpoint: tuple[Endpoint, str]) -> None:
    found, url = endpoint
    failed: list[object] = []
    client = Client(
        write_key("shop"),
        host=url,
        gzip=True,
        max_retries=3,
        upload_interval=0.01,
        on_error=lambda error, batch: failed.append((error, batch)),
    )
    for number in range(EVENTS):
        client.track(f"user-{number}", "Seen", {"number": number}, message_id=f"m{number}")
    client.flush()
    client.join()
    assert failed == []
    assert found.answers.count(429) >= found.answers.count(200) > 0

    found.lake.calm_down()
    rows = {row["event_id"]: row for row in found.lake.rows("clickstream")}
    assert rows.keys() == {f"m{number}" for number in range(EVENTS)}
    assert all(json.loads(row["properties"]) == {"number": int(name[1:])} for name, row in rows.items())
    assert found.lake.rows("quarantine") == []
