"""A site with pages and, at another origin, the lake's front door; both on loopback, in a thread of their own."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass, field

from aiohttp import web
from yarl import URL

from offline.cors import CorsConfiguration
from offline.deployment import DeployedApi, DeployedRoute, OfflineDeployment, save_deployment
from offline.edge.door import EdgeDoor
from offline.frontdoor import FrontDoor, frontdoor_app
from offline.state import LakeFolder
from tests.browsers.gateway import EDGE_SECRET, Gateway, cutting
from thermocline.ingest.routes import ROUTES

_TYPES = {"html": "text/html", "js": "text/javascript"}


@dataclass
class Servers:
    """What a browser meets: pages by path, the lake's address, and what stands behind it."""

    gateway: Gateway = field(default_factory=Gateway)
    pages: dict[str, str] = field(default_factory=dict)
    site: str = ""
    lake: str = ""

    async def page(self, request: web.Request) -> web.Response:
        """Answer with a page or a script of the site."""
        text = self.pages.get(request.path)
        if text is None:
            return web.Response(status=204)
        return web.Response(text=text, content_type=_TYPES[request.path.rpartition(".")[2]])


@contextmanager
def serving(folder: LakeFolder, cors: CorsConfiguration) -> Iterator[Servers]:
    """Serve a site and a lake with this CORS configuration."""
    servers = Servers()
    ready, loop = threading.Event(), asyncio.new_event_loop()
    stop = asyncio.Event()

    async def run() -> None:
        async with AsyncExitStack() as stack:
            gateway, site = _app(servers.gateway.handle), _app(servers.page)
            behind = await _served(stack, gateway)
            servers.site = await _served(stack, site)
            save_deployment(folder, _deployment(behind, cors))
            door = frontdoor_app(FrontDoor(folder, behind, edge=EdgeDoor(read_secret=lambda _: EDGE_SECRET)))
            door.middlewares.append(cutting)
            servers.lake = await _served(stack, door)
            ready.set()
            await stop.wait()
        await asyncio.sleep(0.1)  # the loop still has to close the connections that were cut

    thread = threading.Thread(target=lambda: loop.run_until_complete(run()), daemon=True)
    thread.start()
    assert ready.wait(10)
    try:
        yield servers
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join(10)
        loop.close()


def _app(handler: object) -> web.Application:
    app = web.Application(client_max_size=10 * 1024 * 1024)
    app.router.add_route("*", "/{path:.*}", handler)  # type: ignore[arg-type]
    return app


async def _served(stack: AsyncExitStack, app: web.Application) -> str:
    runner = web.AppRunner(app, access_log=None, auto_decompress=False, shutdown_timeout=1)
    await runner.setup()
    stack.push_async_callback(runner.cleanup)
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0][:2]
    return f"http://{host}:{port}"


def _deployment(behind: str, cors: CorsConfiguration) -> OfflineDeployment:
    routes = tuple(DeployedRoute(key=key, function="ingest") for key in ROUTES)
    ingest = DeployedApi(
        construct="ingest",
        name="ingest",
        host=URL(behind).authority,
        path="",
        cors=cors,
        routes=routes,
        edge_secret="edge",
        edge_header="x-lake-edge-secret",
    )
    return OfflineDeployment(inputs_hash="x", ingest=ingest)
