"""The front door: a local address of each HTTP API, behind CloudFront's edge where the stage has one.

It changes requests and answers as the edge and API Gateway do, so far as the function and the client can see;
docs/http-api.md lists it. It forwards a route with an authorizer, or to a URL, to the emulator's gateway.
"""

import argparse
import asyncio
import json
import signal
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from aiohttp import ClientConnectionError, ClientSession, DummyCookieJar, TCPConnector, web

from offline.cors import is_preflight, preflight_headers, response_headers
from offline.deployment import DeployedApi, OfflineDeployment, load_deployment
from offline.edge.door import EdgeDoor
from offline.gateway.answer import HEAD_TOO_LARGE, NOT_FOUND, TOO_LARGE, Answer, message
from offline.gateway.forward import forwarded
from offline.gateway.invoke import Functions
from offline.gateway.request import (
    HOP_BY_HOP,
    MAX_BODY_BYTES,
    MAX_EVENT_BYTES,
    MAX_HEAD_BYTES,
    Received,
    decoded_path,
    event_of,
    request_id,
)
from offline.gateway.routes import Match, match_route
from offline.state import LakeFolder

_POLL_SECONDS = 0.2
# More than AWS's limits, so that the answer is AWS's and not aiohttp's.
SERVER_OPTIONS: dict[str, Any] = {"max_line_size": 1024 * 1024, "max_field_size": 1024 * 1024}

_GATEWAY_OWNS = "access-control-"
_CONNECTION_OWNS = HOP_BY_HOP | {"content-length", "date", "server"}


class FrontDoor:
    """The server of one API that is deployed in an environment: the ingest API, or another one by its construct."""

    def __init__(
        self, folder: LakeFolder, emulator_url: str, construct: str | None = None, *, edge: EdgeDoor | None = None
    ) -> None:
        self._folder = folder
        self._emulator_url = emulator_url
        self._construct = construct
        self._deployment: OfflineDeployment | None = None
        self._deployed_at = 0
        self._edge = edge or EdgeDoor()
        self._session: ClientSession
        self._functions: Functions

    async def open_session(self, _: web.Application) -> AsyncIterator[None]:
        """Hold the connections to the emulator for as long as the server runs."""
        async with ClientSession(
            connector=TCPConnector(limit=0),
            cookie_jar=DummyCookieJar(),
            auto_decompress=False,
            skip_auto_headers=("User-Agent", "Accept", "Accept-Encoding", "Content-Type"),
        ) as self._session:
            self._functions = Functions(self._session, self._emulator_url)
            yield
        await self._edge.close()

    async def handle(self, request: web.Request) -> web.Response:
        """Answer one request as CloudFront and API Gateway would."""
        deployment = self.deployment()
        api = deployment.api(self._construct) if deployment else None
        if api is None:
            return _response(message(503, "Nothing is deployed in this environment yet: `lake up` deploys the app."))
        try:
            received = await _received(request)
        except web.HTTPRequestEntityTooLarge:
            return _response(TOO_LARGE)
        outcome = await self._edge.forwarded(received, api) if api.edge_secret else received
        return _response(outcome if isinstance(outcome, Answer) else await self._gateway(outcome, api))

    async def _gateway(self, received: Received, api: DeployedApi) -> Answer:
        answer = await self._answered(received, api)
        return replace(answer, headers=(*answer.headers, ("apigw-requestid", request_id())))

    async def _answered(self, received: Received, api: DeployedApi) -> Answer:
        origin = received.header("origin")
        if received.head_bytes > MAX_HEAD_BYTES:
            return HEAD_TOO_LARGE
        if api.cors.is_configured and is_preflight(received.method, dict(received.headers)):
            return Answer(status=204, headers=tuple(preflight_headers(api.cors, origin or "").items()))
        match = match_route(api.routes, received.method, decoded_path(received.path))
        answer = await self._routed(received, api, match)
        return _with_cors(answer, api, origin)

    async def _routed(self, received: Received, api: DeployedApi, match: Match | None) -> Answer:
        if match is None:
            preflight = received.method == "OPTIONS" and api.cors.is_configured
            return Answer(status=204) if preflight else NOT_FOUND
        try:
            if not match.route.function:
                return await forwarded(self._session, self._emulator_url, api, received)
            event = json.dumps(self._event(received, api, match), ensure_ascii=False).encode(errors="replace")
            return (
                TOO_LARGE if len(event) > MAX_EVENT_BYTES else await self._functions.answer(match.route.function, event)
            )
        except ClientConnectionError:
            return message(503, "The emulator does not answer: `lake status` says why, `lake up` starts it anew.")

    def _event(self, received: Received, api: DeployedApi, match: Match) -> dict[str, object]:
        return event_of(
            received,
            route_key=match.route.key,
            parameters=match.parameters or None,
            api_id=api.api_id,
            host=api.host.partition(":")[0],
            now=datetime.now(UTC),
        )

    def deployment(self) -> OfflineDeployment | None:
        """Return what is deployed now, or None."""
        try:
            changed_at = self._folder.deployment.stat().st_mtime_ns
        except FileNotFoundError:
            return None
        if changed_at != self._deployed_at:
            self._deployment, self._deployed_at = load_deployment(self._folder), changed_at
            self._edge.forget_secret()
        return self._deployment


async def _received(request: web.Request) -> Received:
    path, _, query = request.raw_path.partition("?")
    return Received(
        method=request.method,
        path=path,
        query=query,
        headers=tuple((name, value) for name, value in request.headers.items() if name.lower() not in HOP_BY_HOP),
        body=await request.read(),
        address=str(request.remote),
        port=request.url.port or 80,
    )


def _with_cors(answer: Answer, api: DeployedApi, origin: str | None) -> Answer:
    """Return the answer with the API's CORS headers instead of the function's, if the API has CORS."""
    if not api.cors.is_configured:
        return answer
    own = response_headers(api.cors, origin)
    kept = [(name, value) for name, value in answer.headers if not name.lower().startswith(_GATEWAY_OWNS)]
    return replace(answer, headers=(*kept, *own.items()))


def _response(answer: Answer) -> web.Response:
    response = web.Response(status=answer.status, body=answer.body)
    for name, value in answer.headers:
        if name.lower() not in _CONNECTION_OWNS:
            response.headers.add(name, value)
    return response


def frontdoor_app(door: FrontDoor) -> web.Application:
    """Return the server, which passes every method and path to the API."""
    app = web.Application(client_max_size=MAX_BODY_BYTES)
    app.cleanup_ctx.append(door.open_session)
    app.router.add_route("*", "/{path:.*}", door.handle)
    return app


def main(argv: Sequence[str] | None = None) -> None:
    """Run `python -m offline.frontdoor --root DIR --name N --emulator-url URL --port P`."""
    parser = argparse.ArgumentParser(prog="python -m offline.frontdoor")
    parser.add_argument("--root", type=Path, required=True)
    parser.add_argument("--name", required=True)
    parser.add_argument("--emulator-url", required=True)
    parser.add_argument("--port", type=int, required=True)
    arguments = parser.parse_args(argv)
    folder = LakeFolder(root=arguments.root, name=arguments.name)
    asyncio.run(_serve(folder, arguments.emulator_url, arguments.port))


async def _serve(folder: LakeFolder, emulator_url: str, port: int) -> None:
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    async with AsyncExitStack() as servers:
        door = FrontDoor(folder, emulator_url)
        await servers.enter_async_context(listening(door, port))
        served: set[str] = set()
        while not stop.is_set():
            deployment = door.deployment()
            for api in deployment.others if deployment else ():
                if api.construct not in served and api.port is not None:
                    other = FrontDoor(folder, emulator_url, api.construct)
                    await servers.enter_async_context(listening(other, api.port))
                    served.add(api.construct)
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), _POLL_SECONDS)


@asynccontextmanager
async def listening(door: FrontDoor, port: int) -> AsyncIterator[None]:
    """Serve a front door on a local port."""
    # `web.run_app` would decompress bodies, and the function would receive a wrong Content-Encoding.
    runner = web.AppRunner(frontdoor_app(door), access_log=None, auto_decompress=False, **SERVER_OPTIONS)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", port, shutdown_timeout=2).start()
        yield
    finally:
        await runner.cleanup()


if __name__ == "__main__":
    main()
