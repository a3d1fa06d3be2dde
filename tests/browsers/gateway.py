"""What stands behind the front door in place of the emulator: the HTTP API's event, the real ingest, and faults."""

from __future__ import annotations

import base64
import datetime as dt
import threading
from collections import deque
from collections.abc import Callable, Sequence
from enum import Enum
from typing import Any

from aiohttp import web

from tests.fakes import FakeMetrics, FakeSink
from tests.fakes.requests import SECRET, SOURCES
from thermocline.contracts import load_contracts
from thermocline.ingest.use_case import Ingest
from thermocline.protocols.http_api import request_from, response_to

CUT = "x-cut-the-connection"
RETRY_AFTER = 3


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
    """Hands requests on to ingest as an HTTP API does; `faults` befall the next requests with events, in order."""

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
        )

    async def handle(self, request: web.Request) -> web.Response:
        """Answer one request."""
        event = http_api_event(request, await request.read())
        self.headers |= event["headers"].keys()
        fault = self.faults.popleft() if self.faults and request.method == "POST" else None
        answer = self._answer(event, fault)
        self.answered.append((f"{request.method} {request.path}", answer.status))
        return answer

    def _answer(self, event: dict[str, Any], fault: Fault | None) -> web.Response:
        if fault is Fault.THROTTLED:
            body = {"message": "Too Many Requests"}
            return web.json_response(body, status=429, headers={"Retry-After": str(RETRY_AFTER)})
        if fault is Fault.CUT:
            return web.Response(status=500, headers={CUT: "1"})
        self.sink.fails = fault is Fault.UNAVAILABLE
        found = response_to(self._ingest(request_from(event, received_at=dt.datetime.now(dt.UTC))))
        lost = {CUT: "1"} if fault is Fault.LOST else {}
        return web.Response(status=found["statusCode"], text=found["body"], headers=found["headers"] | lost)


def http_api_event(request: web.BaseRequest, body: bytes) -> dict[str, Any]:
    """Return a request as API Gateway's payload format 2.0."""
    return {
        "version": "2.0",
        "rawPath": request.rel_url.raw_path,
        "rawQueryString": request.rel_url.raw_query_string,
        "headers": {name.lower(): value for name, value in request.headers.items()},
        "requestContext": {"http": {"method": request.method, "sourceIp": "8.8.8.8"}},
        "body": base64.b64encode(body).decode(),
        "isBase64Encoded": True,
    }


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
