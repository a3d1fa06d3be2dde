"""Requests that the emulator's own gateway answers: those of routes with an authorizer, or to a URL."""

import io

from aiohttp import ClientSession, ClientTimeout
from yarl import URL

from offline.deployment import DeployedApi
from offline.gateway.answer import INTERNAL_SERVER_ERROR, UNAVAILABLE, Answer
from offline.gateway.invoke import INTEGRATION_SECONDS
from offline.gateway.request import HOP_BY_HOP, Received

_NOT_FORWARDED = HOP_BY_HOP | {"host", "content-length"}
# With this status the emulator says that a function failed; the body is the function's message.
_FUNCTION_FAILED = 502


async def forwarded(session: ClientSession, emulator_url: str, api: DeployedApi, received: Received) -> Answer:
    """Return the answer of the emulator's gateway, without the text of a function's error."""
    query = f"?{received.query}" if received.query else ""
    url = URL(f"{emulator_url}{api.path}{received.path}{query}", encoded=True)
    kept = [(name, value) for name, value in received.headers if name.lower() not in _NOT_FORWARDED]
    own = {
        "Host": api.host,
        "X-Forwarded-For": received.forwarded_for(),
        "X-Forwarded-Proto": "http",
        "X-Forwarded-Port": str(received.port),
    }
    headers = [*((name, value) for name, value in kept if name.title() not in own), *own.items()]
    body = io.BytesIO(received.body) if received.body else None
    try:
        async with session.request(
            received.method, url, headers=headers, data=body, allow_redirects=False,
            timeout=ClientTimeout(total=INTEGRATION_SECONDS),
        ) as answer:  # fmt: skip
            if answer.status == _FUNCTION_FAILED:
                return INTERNAL_SERVER_ERROR
            remaining = [(k, v) for k, v in answer.headers.items() if k.lower() not in _NOT_FORWARDED]
            return Answer(status=answer.status, headers=tuple(remaining), body=await answer.read())
    except TimeoutError:
        return UNAVAILABLE
