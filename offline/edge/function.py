"""A warm Node.js process that runs a CloudFront Function."""

import asyncio
import contextlib
import itertools
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kit.nodejs import node_folder

HOST = Path(__file__).with_name("host.mjs")
_LONGEST_LINE = 16 * 1024 * 1024
# CloudFront ends a function after a millisecond of work; a busy machine needs more time.
_PATIENCE_SECONDS = 5


class EdgeFunctionError(Exception):
    """The function threw an error, or its process ended."""


class EdgeFunction:
    """One function; its process is started when it is needed, and again when its file has changed."""

    def __init__(self, file: Path, *, patience: float = _PATIENCE_SECONDS) -> None:
        self._patience = patience
        self._file = file
        self._file_at = 0
        self._process: asyncio.subprocess.Process | None = None
        self._one_at_a_time = asyncio.Lock()
        self._ids = itertools.count()

    async def __call__(self, event: Mapping[str, Any]) -> Any:
        """Return the function's result for an event; raise `EdgeFunctionError` if there is none."""
        async with self._one_at_a_time:
            try:
                return await asyncio.wait_for(_ask(await self._running(), next(self._ids), event), self._patience)
            except FileNotFoundError as missing:
                raise EdgeFunctionError(f"{self._file} is missing") from missing
            except TimeoutError as endless:
                await self.close()
                raise EdgeFunctionError(f"{self._file.name}: it does not return") from endless
            except (OSError, ValueError) as gone:
                await self.close()
                raise EdgeFunctionError(
                    f"{self._file.name}: its process ended, see the log of the front door"
                ) from gone

    async def close(self) -> None:
        """End the process."""
        process, self._process = self._process, None
        if process and process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()

    async def _running(self) -> asyncio.subprocess.Process:
        changed_at = self._file.stat().st_mtime_ns
        if self._process is None or self._process.returncode is not None or changed_at != self._file_at:
            await self.close()
            self._file_at = changed_at
            self._process = await asyncio.create_subprocess_exec(
                str(node_folder() / "node"), str(HOST), str(self._file),
                stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, limit=_LONGEST_LINE,
            )  # fmt: skip
        return self._process


async def _ask(process: asyncio.subprocess.Process, number: int, event: Mapping[str, Any]) -> Any:
    if process.stdin is None or process.stdout is None:
        raise OSError("both are pipes")
    process.stdin.write(json.dumps({"id": number, "event": event}).encode() + b"\n")
    await process.stdin.drain()
    answer: dict[str, Any] = {}
    while answer.get("id") != number:  # skip the answers to requests that timed out
        answer = json.loads(await process.stdout.readline())
    if "error" in answer:
        raise EdgeFunctionError(answer["error"])
    return answer["result"]
