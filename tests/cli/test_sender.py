import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest
from aiohttp import web

from cli.batches import Batch, batches
from cli.errors import CliError
from cli.sender import MAX_TRIES, Sender, Sent, retry_wait

Answer = Callable[[int, int], web.Response]


def accepted(lines: int, bad: int = 0) -> web.Response:
    return web.json_response({"success": True, "accepted": lines, "quarantined": bad})


class Endpoint:
    """An ingest endpoint that answers the nth request as told, and remembers what it saw."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        self.bodies: list[bytes] = []
        self.headers: list[dict[str, str]] = []
        self.running = self.most = 0

    async def handle(self, request: web.Request) -> web.Response:
        self.running += 1
        self.most = max(self.most, self.running)
        body = await request.read()
        await asyncio.sleep(0.01)
        self.running -= 1
        self.bodies.append(body)
        self.headers.append(dict(request.headers))
        return self.answer(len(self.bodies), body.count(b"\n"))

    @asynccontextmanager
    async def served(self) -> AsyncIterator[str]:
        app = web.Application()
        app.router.add_post("/v1/events", self.handle)
        runner = web.AppRunner(app)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        host, port = runner.addresses[0][:2]
        try:
            yield f"http://{host}:{port}"
        finally:
            await runner.cleanup()


def send(endpoint: Endpoint, made: list[Batch]) -> tuple[Sent, list[float]]:
    waits: list[float] = []

    async def sleep(seconds: float) -> None:
        waits.append(seconds)

    async def run() -> Sent:
        async with endpoint.served() as url:
            return await Sender(url=url, write_key="shop.key", sleep=sleep).send(iter(made), lambda _: None)

    return asyncio.run(run()), waits


def made(count: int) -> list[Batch]:
    return list(batches([b'{"n":%d}' % n for n in range(count)], max_lines=2))


def test_every_batch_arrives_gzipped_with_the_key_over_four_connections() -> None:
    endpoint = Endpoint(lambda _, lines: accepted(lines, bad=1))
    sent, waits = send(endpoint, made(20))
    assert sent == Sent(sent=20, accepted=20, quarantined=10)
    assert sorted(b"".join(endpoint.bodies).split()) == sorted(b'{"n":%d}' % n for n in range(20))
    assert endpoint.headers[0]["Authorization"] == "Bearer shop.key"
    assert endpoint.headers[0]["Content-Encoding"] == "gzip"
    assert endpoint.most == 4
    assert waits == []


def test_what_could_not_be_taken_is_sent_again_after_the_wait_that_is_asked_for() -> None:
    def answer(number: int, lines: int) -> web.Response:
        if number == 1:
            return web.Response(status=429, headers={"Retry-After": "3"})
        return web.Response(status=503) if number == 2 else accepted(lines)

    sent, waits = send(Endpoint(answer), made(2))
    assert sent.accepted == 2
    assert waits[0] == 3
    assert len(waits) == 2


def test_a_refusal_is_not_tried_again_and_says_why() -> None:
    endpoint = Endpoint(lambda _, __: web.json_response({"message": "unknown key"}, status=401))
    with pytest.raises(ExceptionGroup) as caught:
        send(endpoint, made(2))
    [failure] = caught.value.exceptions
    assert isinstance(failure, CliError)
    assert "401" in str(failure)
    assert "unknown key" in str(failure)
    assert len(endpoint.bodies) == 1


def test_it_gives_up_after_some_tries() -> None:
    endpoint = Endpoint(lambda _, __: web.Response(status=503, text="busy"))
    with pytest.raises(ExceptionGroup) as caught:
        send(endpoint, made(1))
    assert "busy" in str(caught.value.exceptions[0])
    assert len(endpoint.bodies) == MAX_TRIES


def test_waits_grow_have_jitter_and_an_end() -> None:
    assert 0.1 <= retry_wait(0, None) <= 0.2
    assert 0.8 <= retry_wait(3, "Wed, 21 Oct 2026 07:28:00 GMT") <= 1.6
    assert retry_wait(50, None) <= 20
    assert retry_wait(0, "86400") == 20
