"""The runner's HTTP server: the emulator posts events to it."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import suppress

from aiohttp import web
from botocore.exceptions import ClientError

from offline.runner.metrics import MetricsSink
from offline.runner.process import Outcome
from offline.runner.runner import Runner

_RUNNER = web.AppKey("runner", Runner)
_METRICS = web.AppKey("metrics", MetricsSink)
_MAX_EVENT_BYTES = 64 * 1024 * 1024


def runner_app(runner: Runner, metrics: MetricsSink) -> web.Application:
    """Return the server: POST an event (a header names its function), GET /healthz and /flush, PUT /debug/NAME/PORT."""
    app = web.Application(client_max_size=_MAX_EVENT_BYTES)
    app[_RUNNER] = runner
    app[_METRICS] = metrics
    app.cleanup_ctx.append(_background)
    app.router.add_get("/healthz", _healthz)
    app.router.add_get("/flush", _flush)
    app.router.add_put("/debug/{function}/{port}", _debug)
    app.router.add_delete("/debug/{function}", _debug)
    app.router.add_post("/{path:.*}", _invoke)
    return app


async def _invoke(request: web.Request) -> web.Response:
    headers = request.headers
    name = headers.get("X-Amzn-Lambda-Function-Name", "")
    try:
        outcome = await request.app[_RUNNER].invoke(
            name,
            await request.read(),
            request_id=headers.get("X-Amzn-Lambda-Request-Id"),
            arn=headers.get("X-Amzn-Lambda-Function-Arn", ""),
            trace_id=headers.get("X-Amzn-Trace-Id"),
        )
    except ClientError as error:
        body = {"errorMessage": str(error), "errorType": "ResourceNotFoundException"}
        outcome = Outcome(ok=False, payload=json.dumps(body).encode())
    # The emulator treats any 2xx as a result, so only the status can mark an error.
    return web.Response(body=outcome.payload, status=200 if outcome.ok else 500, content_type="application/json")


async def _debug(request: web.Request) -> web.Response:
    port = request.match_info.get("port")
    await request.app[_RUNNER].debug(request.match_info["function"], int(port) if port else None)
    return web.json_response({"status": "ok"})


async def _healthz(_: web.Request) -> web.Response:
    return web.json_response({"status": "ok"})


async def _flush(request: web.Request) -> web.Response:
    await request.app[_METRICS].flush()
    return web.json_response({"status": "ok"})


async def _background(app: web.Application) -> AsyncIterator[None]:
    flushing = asyncio.create_task(app[_METRICS].run())
    yield
    flushing.cancel()
    with suppress(asyncio.CancelledError):
        await flushing
    await app[_RUNNER].close()
