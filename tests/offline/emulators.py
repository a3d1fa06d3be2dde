"""A server that stands in for the emulator: its functions answer with what arrived, its gateway with a header."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web
from yarl import URL


class FakeEmulator:
    """Answers Lambda's Invoke with what is set, and keeps the events."""

    def __init__(self) -> None:
        self.events: list[dict[str, Any]] = []
        self.functions: list[str] = []
        self.forwarded: list[web.Request] = []
        self.payload: bytes = b'{"statusCode": 201, "body": "made"}'
        self.error: str | None = None
        self.status = 200
        self.gateway_status = 201

    def app(self) -> web.Application:
        app = web.Application(client_max_size=64 * 1024 * 1024)
        app.router.add_post("/2015-03-31/functions/{name}/invocations", self._invoke)
        app.router.add_route("*", "/{path:.*}", self._gateway)
        return app

    async def _invoke(self, request: web.Request) -> web.Response:
        assert request.headers["Authorization"].startswith("AWS4-HMAC-SHA256 ")
        self.functions.append(request.match_info["name"])
        self.events.append(json.loads(await request.read()))
        headers = {"X-Amz-Function-Error": self.error} if self.error else {}
        return web.Response(status=self.status, body=self.payload, headers=headers)

    async def _gateway(self, request: web.Request) -> web.Response:
        self.forwarded.append(request)
        return web.json_response({"message": "secret stack"}, status=self.gateway_status)


@asynccontextmanager
async def served(app: web.Application, **options: Any) -> AsyncIterator[URL]:
    """Serve an app on a free port, with bodies as they came."""
    runner = web.AppRunner(app, auto_decompress=False, **options)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0][:2]
    try:
        yield URL(f"http://{host}:{port}")
    finally:
        await runner.cleanup()
