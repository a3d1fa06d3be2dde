"""The front door: a local address of each HTTP API, which answers what the emulator's API Gateway does not.

It rewrites Host (the deployed URL's name resolves nowhere), answers CORS, and holds to the limits of 10 MB and 30 s.
Bodies are read whole before they are passed on, as API Gateway does.
"""

import argparse
import asyncio
import io
import json
import signal
import zlib
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from pathlib import Path

from aiohttp import ClientConnectionError, ClientSession, ClientTimeout, DummyCookieJar, TCPConnector, web
from multidict import CIMultiDict, CIMultiDictProxy
from yarl import URL

from offline.cors import is_preflight, preflight_headers, response_headers
from offline.deployment import DeployedApi, OfflineDeployment, load_deployment
from offline.state import LakeFolder

MAX_BODY_BYTES = 10 * 1024 * 1024
# What Lambda takes in one event, with room for the headers around the body.
MAX_EVENT_BODY_BYTES = 6 * 1024 * 1024 - 16 * 1024
INTEGRATION_SECONDS = 30
_POLL_SECONDS = 0.2

_HOP_BY_HOP = {"connection", "keep-alive", "proxy-authenticate", "proxy-authorization", "te", "trailer", "upgrade"}
_NOT_FORWARDED = frozenset({*_HOP_BY_HOP, "transfer-encoding", "host", "content-length", "expect"})
_TEXT_TYPES = frozenset({"application/json", "application/javascript", "application/xml"})
_GZIP_WINDOW = 16 + zlib.MAX_WBITS
_GATEWAY_OWNS = "access-control-"


class FrontDoor:
    """Forwards requests to one API that is deployed in an environment: the ingest API, or another one by its name."""

    def __init__(self, folder: LakeFolder, emulator_url: str, api_name: str | None = None) -> None:
        self._folder = folder
        self._emulator_url = emulator_url
        self._api_name = api_name
        self._deployment: OfflineDeployment | None = None
        self._deployed_at = 0
        self._session: ClientSession

    async def open_session(self, _: web.Application) -> AsyncIterator[None]:
        """Hold the connections to the emulator for as long as the server runs."""
        async with ClientSession(
            connector=TCPConnector(limit=0),
            timeout=ClientTimeout(total=INTEGRATION_SECONDS),
            cookie_jar=DummyCookieJar(),
            auto_decompress=False,
            skip_auto_headers=("User-Agent", "Accept", "Accept-Encoding", "Content-Type"),
        ) as self._session:
            yield

    async def handle(self, request: web.Request) -> web.Response:
        """Answer one request as API Gateway would."""
        deployment = self.deployment()
        api = deployment.api(self._api_name) if deployment else None
        if api is None:
            return _message(503, "Nothing is deployed in this environment yet: `lake up` deploys the app.")
        origin = request.headers.get("Origin")
        if is_preflight(request.method, request.headers):
            return web.Response(status=204, headers=preflight_headers(api.cors, origin or ""))
        response = await self._forward(request, api)
        response.headers.update(response_headers(api.cors, origin))
        return response

    async def _forward(self, request: web.Request, api: DeployedApi) -> web.Response:
        try:
            body = await request.read()
        except web.HTTPRequestEntityTooLarge:
            return _message(413, "Request Entity Too Large")
        url = URL(f"{self._emulator_url}{api.path}{request.raw_path}", encoded=True)
        headers = forwarded_headers(request, api.host)
        if len(body) * 2 > MAX_EVENT_BODY_BYTES and event_body_bytes(body, headers) > MAX_EVENT_BODY_BYTES:
            return _message(413, "Request Too Long")
        body = readable_body(body, headers)
        try:
            async with self._session.request(
                request.method, url, headers=headers, data=io.BytesIO(body) if body else None, allow_redirects=False
            ) as answer:
                return web.Response(status=answer.status, body=await answer.read(), headers=_end_to_end(answer.headers))
        except TimeoutError:
            return _message(503, "Service Unavailable")
        except ClientConnectionError:
            return _message(503, "The emulator does not answer: `lake status` says why, `lake up` starts it anew.")

    def deployment(self) -> OfflineDeployment | None:
        """What is deployed now."""
        try:
            changed_at = self._folder.deployment.stat().st_mtime_ns
        except FileNotFoundError:
            return None
        if changed_at != self._deployed_at:
            self._deployment, self._deployed_at = load_deployment(self._folder), changed_at
        return self._deployment


def forwarded_headers(request: web.BaseRequest, api_host: str) -> CIMultiDict[str]:
    """The client's headers with those that API Gateway sets."""
    headers = CIMultiDict((k, v) for k, v in request.headers.items() if k.lower() not in _NOT_FORWARDED)
    passed = headers.get("X-Forwarded-For")
    headers["X-Forwarded-For"] = f"{passed}, {request.remote}" if passed else str(request.remote)
    headers["X-Forwarded-Proto"] = "http"
    headers["X-Forwarded-Port"] = str(request.url.port)
    headers["Host"] = api_host
    return headers


def readable_body(body: bytes, headers: CIMultiDict[str]) -> bytes:
    """Unpack a gzipped body of a text type (and drop its Content-Encoding from `headers`); others stay as they are.

    The emulator hands every body of a text type to the function as a UTF-8 string, which destroys compressed bytes.
    """
    if not (_is_text(headers) and headers.get("Content-Encoding", "").lower() == "gzip"):
        return body
    unpacker = zlib.decompressobj(_GZIP_WINDOW)
    try:
        text = unpacker.decompress(body, MAX_BODY_BYTES)
    except zlib.error:
        return body
    if not unpacker.eof or unpacker.unused_data:
        return body
    del headers["Content-Encoding"]
    return text


def event_body_bytes(body: bytes, headers: CIMultiDict[str]) -> int:
    """The body's size in Lambda's event: a JSON string if its type is text, else base64."""
    return len(json.dumps(body.decode(errors="replace"))) if _is_text(headers) else len(body) * 4 // 3


def _is_text(headers: CIMultiDict[str]) -> bool:
    media_type = headers.get("Content-Type", "").partition(";")[0].strip().lower()
    return media_type.startswith("text/") or media_type in _TEXT_TYPES


def _end_to_end(headers: CIMultiDictProxy[str]) -> CIMultiDict[str]:
    # With an API's own CORS configuration API Gateway ignores the integration's CORS headers.
    return CIMultiDict(
        (k, v)
        for k, v in headers.items()
        if k.lower() not in _NOT_FORWARDED and not k.lower().startswith(_GATEWAY_OWNS)
    )


def _message(status: int, text: str) -> web.Response:
    body = json.dumps({"message": text}, separators=(",", ":"))
    return web.Response(text=body, status=status, content_type="application/json")


def frontdoor_app(door: FrontDoor) -> web.Application:
    """The server: every method and path is the API's."""
    app = web.Application(client_max_size=MAX_BODY_BYTES)
    app.cleanup_ctx.append(door.open_session)
    app.router.add_route("*", "/{path:.*}", door.handle)
    return app


def main(argv: Sequence[str] | None = None) -> None:
    """`python -m offline.frontdoor --root DIR --name N --emulator-url URL --port P`."""
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
                if api.name not in served and api.port is not None:
                    await servers.enter_async_context(listening(FrontDoor(folder, emulator_url, api.name), api.port))
                    served.add(api.name)
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), _POLL_SECONDS)


@asynccontextmanager
async def listening(door: FrontDoor, port: int) -> AsyncIterator[None]:
    """Serve a front door on a local port."""
    # `web.run_app` would unpack gzipped bodies, and the function would find its Content-Encoding to be a lie.
    runner = web.AppRunner(frontdoor_app(door), access_log=None, auto_decompress=False)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", port, shutdown_timeout=2).start()
        yield
    finally:
        await runner.cleanup()


if __name__ == "__main__":
    main()
