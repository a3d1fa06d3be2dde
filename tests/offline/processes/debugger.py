"""A debugger that knows just enough of the Debug Adapter Protocol to attach, set a breakpoint and go on."""

from __future__ import annotations

import asyncio
import json
from typing import Any


class Debugger:
    """One connection to a debug adapter."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer
        self._number = 0

    @classmethod
    async def attach(cls, port: int, breakpoint_in: str, line: int) -> Debugger:
        """Connect as soon as something listens, attach, and stop at one line."""
        debugger = cls(*await _connected(port))
        await debugger.ask("initialize", adapterID="debugpy", pathFormat="path")
        attaching = debugger.send("attach", justMyCode=False)
        await debugger.event("initialized")
        source = {"path": breakpoint_in}
        await debugger.ask("setBreakpoints", source=source, breakpoints=[{"line": line}])
        await debugger.ask("configurationDone")
        await debugger.answer(attaching)
        return debugger

    def leave(self) -> None:
        """Disconnect."""
        self._writer.close()

    def send(self, command: str, **arguments: Any) -> int:
        """Send a request; returns its number."""
        self._number += 1
        request = {"seq": self._number, "type": "request", "command": command, "arguments": arguments}
        body = json.dumps(request).encode()
        self._writer.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        return self._number

    async def ask(self, command: str, **arguments: Any) -> Any:
        """Send a request and wait for its answer."""
        return await self.answer(self.send(command, **arguments))

    async def answer(self, number: int) -> Any:
        """Wait for the answer to a request."""
        while (message := await self._message()).get("request_seq") != number:
            pass
        assert message["success"], message
        return message.get("body")

    async def event(self, name: str) -> Any:
        """Wait for an event."""
        while (message := await self._message()).get("event") != name:
            pass
        return message.get("body")

    async def _message(self) -> dict[str, Any]:
        head = await self._reader.readuntil(b"\r\n\r\n")
        length = int(head.split(b":")[1])
        return dict(json.loads(await self._reader.readexactly(length)))


async def _connected(port: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    while True:
        try:
            return await asyncio.open_connection("127.0.0.1", port)
        except ConnectionRefusedError:
            await asyncio.sleep(0.05)
