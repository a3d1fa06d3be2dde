"""What stands behind the front door in place of the emulator's Lambda: the real ingest, and faults."""

from __future__ import annotations

import datetime as dt
import json
import threading
from collections import deque
from collections.abc import Callable, Sequence
from enum import Enum
from typing import Any

from aiohttp import web

from tests.fakes import FakeMetrics, FakeSink
from tests.fakes.requests import SECRET, SOURCES
from thermocline.contracts import load_contracts
from thermocline.ingest.edge import Edge
from thermocline.ingest.http.http_api import request_from, response_to
from thermocline.ingest.use_case import Ingest

CUT = "x-cut-the-connection"
EDGE_SECRET = "the edge's secret"
RETRY_AFTER = 3


class EdgeSecrets:
    """The one secret of this lake's edge."""

    def __call__(self) -> Sequence[str]:
        return (EDGE_SECRET,)

    def read_again(self) -> Sequence[str]:
        return self()


class Fault(Enum):
    """What befalls a request that carries events."""

    UNAVAILABLE = "Firehose takes nothing: ingest answers 503 with Retry-After"
    THROTTLED = "the gateway answers 429"
    CUT = "the connection is cut before anything is stored"
    LOST = "the events are stored, and the connection is cut before the answer"


class Sink(FakeSink):
    """Takes nothing as long as `fails`; tells when it took something."""

    def __init__(self) -> None:
        super().__init__()
        self.fails = False
        self.changed = threading.Condition()

    def put(self, stream: str, records: Sequence[bytes]) -> None:
        if self.fails:
            self._failures[stream] = 1
        with self.changed:
            super().put(stream, records)
            self.changed.notify_all()


class Gateway:
    """Invokes ingest as Lambda does; `faults` befall the next requests with events, in order."""

    def __init__(self) -> None:
        self.sink = Sink()
        self.faults: deque[Fault] = deque()
        self.answered: list[tuple[str, int]] = []
        self.headers: set[str] = set()
        self._ingest = Ingest(
            sink=self.sink,
            metrics=FakeMetrics(),
            contracts=load_contracts(),
            sources=SOURCES,
            secret=lambda: SECRET,
            edge=Edge(EdgeSecrets()),
        )

    async def handle(self, request: web.Request) -> web.Response:
        """Answer one invocation."""
        event = json.loads(await request.read())
        method = event["requestContext"]["http"]["method"]
        self.headers |= event["headers"].keys()
        fault = self.faults.popleft() if self.faults and method == "POST" else None
        answer = self._answer(event, fault)
        self.answered.append((f"{method} {event['rawPath']}", answer["statusCode"]))
        return web.json_response(answer)

    def _answer(self, event: dict[str, Any], fault: Fault | None) -> dict[str, Any]:
        if fault is Fault.THROTTLED:
            return {"statusCode": 429, "headers": {"Retry-After": str(RETRY_AFTER)}, "body": "{}"}
        if fault is Fault.CUT:
            return {"statusCode": 500, "headers": {CUT: "1"}}
        self.sink.fails = fault is Fault.UNAVAILABLE
        found = response_to(self._ingest(request_from(event, received_at=dt.datetime.now(dt.UTC))))
        lost = {CUT: "1"} if fault is Fault.LOST else {}
        return found | {"headers": found["headers"] | lost}


@web.middleware
async def cutting(request: web.Request, handler: Callable[[web.Request], Any]) -> web.StreamResponse:
    """Cut the client's connection where the gateway says so."""
    try:
        answer: web.StreamResponse = await handler(request)
    except ConnectionResetError:  # the test is over, and its browser gone
        return web.Response(status=499)
    if CUT in answer.headers and request.transport:
        request.transport.abort()
    return answer
