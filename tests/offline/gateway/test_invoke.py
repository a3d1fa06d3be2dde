from __future__ import annotations

import asyncio

from aiohttp import ClientSession, web

from offline.gateway.answer import UNAVAILABLE
from offline.gateway.invoke import Functions
from tests.offline.emulators import served


def test_a_function_that_takes_too_long_is_a_503() -> None:
    async def slow(_: web.Request) -> web.Response:
        await asyncio.sleep(5)
        return web.Response()

    async def run() -> None:
        app = web.Application()
        app.router.add_post("/2015-03-31/functions/a.b/invocations", slow)
        async with served(app, shutdown_timeout=0.1) as url, ClientSession() as session:
            functions = Functions(session, str(url).rstrip("/"), seconds=0.1)
            assert await functions.answer("a.b", b"{}") == UNAVAILABLE

    asyncio.run(run())
