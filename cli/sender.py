"""Posts batches of events, a few at a time, and sends again what the endpoint could not take yet."""

from __future__ import annotations

import asyncio
import gzip
import random
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cli.batches import Batch
from cli.errors import CliError

if TYPE_CHECKING:
    import aiohttp

MAX_TRIES = 8
_FIRST_WAIT_SECONDS = 0.2
_LONGEST_WAIT_SECONDS = 20.0
_GZIP_LEVEL = 5


@dataclass(frozen=True, kw_only=True)
class Sent:
    """How many lines were sent, and how many of them the endpoint accepted or quarantined."""

    sent: int = 0
    accepted: int = 0
    quarantined: int = 0

    def __add__(self, other: Sent) -> Sent:
        return Sent(
            sent=self.sent + other.sent,
            accepted=self.accepted + other.accepted,
            quarantined=self.quarantined + other.quarantined,
        )


Sleep = Callable[[float], Awaitable[None]]


@dataclass(frozen=True, kw_only=True)
class Sender:
    """Sends to one endpoint with one write key."""

    url: str
    write_key: str
    connections: int = 4
    sleep: Sleep = asyncio.sleep

    async def send(self, waiting: Iterator[Batch], on_sent: Callable[[Sent], None]) -> Sent:
        """Send every batch, and call `on_sent` after each.

        Raises
        ------
        ExceptionGroup
            Of `CliError`: the endpoint refused a batch, or did not take it in time.
        """
        import aiohttp  # slow to import, and every command imports this module

        headers = {
            "Authorization": f"Bearer {self.write_key}",
            "Content-Type": "application/x-ndjson",
            "Content-Encoding": "gzip",
        }
        connector = aiohttp.TCPConnector(limit=self.connections)
        async with aiohttp.ClientSession(headers=headers, connector=connector) as session, asyncio.TaskGroup() as group:
            tasks = [group.create_task(self._send_all(session, waiting, on_sent)) for _ in range(self.connections)]
        return sum((task.result() for task in tasks), Sent())

    async def _send_all(
        self, session: aiohttp.ClientSession, waiting: Iterator[Batch], on_sent: Callable[[Sent], None]
    ) -> Sent:
        total = Sent()
        for batch in waiting:
            sent = await self._send_one(session, batch)
            on_sent(sent)
            total += sent
        return total

    async def _send_one(self, session: aiohttp.ClientSession, batch: Batch) -> Sent:
        import aiohttp

        body = gzip.compress(batch.body, _GZIP_LEVEL)
        problem = ""
        for attempt in range(MAX_TRIES):
            try:
                async with session.post(f"{self.url}/v1/events", data=body) as response:
                    if response.ok:
                        answer = await response.json()
                        return Sent(
                            sent=batch.lines, accepted=answer["accepted"], quarantined=answer.get("quarantined", 0)
                        )
                    problem = f"{response.status}: {(await response.text())[:300]}"
                    if response.status < 500 and response.status != 429:
                        raise CliError(f"{self.url} refused a batch with {problem}")
                    wait = retry_wait(attempt, response.headers.get("Retry-After"))
            except aiohttp.ClientError as error:
                problem, wait = str(error), retry_wait(attempt, None)
            await self.sleep(wait)
        raise CliError(f"{self.url} did not take a batch in {MAX_TRIES} tries: {problem}")


def retry_wait(attempt: int, retry_after: str | None) -> float:
    """Return the seconds to wait: what the endpoint asks for, or exponential backoff with jitter."""
    if retry_after and retry_after.isdigit():
        return min(float(retry_after), _LONGEST_WAIT_SECONDS)
    longest = min(_FIRST_WAIT_SECONDS * 2**attempt, _LONGEST_WAIT_SECONDS)
    return random.uniform(longest / 2, longest)  # noqa: S311 (jitter)
