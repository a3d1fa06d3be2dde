"""The runner's handle on one worker process."""

import asyncio
import contextlib
import json
import math
import os
import signal
import socket
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self, cast

from offline.journal import Call
from offline.runner.frames import END_OF_OUTPUT, encode_frame, read_frame_async
from offline.runner.functions import FunctionConfig
from offline.runner.languages import SRC_VARIABLE, WorkerStartError, start_of
from offline.runner.logs import FunctionLog

_READ_SIZE = 1 << 16
_ENDED_AT_START = b'{"errorMessage": "the worker ended at its start", "errorType": "Runtime.ExitError"}'
_WORKER_GONE = (asyncio.IncompleteReadError, ConnectionError)


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """An invocation's JSON result, or its error in Lambda's form; `reusable` says whether the worker still runs."""

    ok: bool
    payload: bytes
    reusable: bool = True
    max_memory_mb: int = 0
    seconds: float = 0.0
    calls: tuple[Call, ...] = ()


class Worker:
    """A process that has imported one function's handler and runs one invocation at a time."""

    def __init__(
        self,
        process: asyncio.subprocess.Process,
        channel: socket.socket,
        log: FunctionLog,
        version: int,
        discard: Callable[[], None],
    ) -> None:
        self.version = version
        self.usable_until = math.inf
        self.init_seconds: float | None = None
        self._process = process
        self._socket = channel
        self._log = log
        self._discard = discard
        self._request_id = "-"
        self._output_done = asyncio.Event()
        self._output = asyncio.create_task(self._copy_output())

    @classmethod
    async def start(
        cls,
        function: FunctionConfig,
        environment: Mapping[str, str],
        root: Path,
        log: FunctionLog,
        version: int,
        *,
        usable_until: float = math.inf,
    ) -> Self:
        """Start a worker and wait until its handler is imported; raise `WorkerStartError` if it cannot be.

        Its credentials are valid until `usable_until` (in the seconds of `time.time`).
        """
        started = time.perf_counter()
        try:
            start = await asyncio.to_thread(start_of, function, environment, root)
        except WorkerStartError as failure:
            error = json.loads(failure.payload)
            log.output("-", f"[ERROR] {error['errorType']}: {error['errorMessage']}")
            raise
        ours, theirs = socket.socketpair()
        with theirs:
            process = await asyncio.create_subprocess_exec(
                *start.program, str(theirs.fileno()), *start.arguments,
                pass_fds=[theirs.fileno()], cwd=root / environment.get(SRC_VARIABLE, ""),
                env={**environment, **start.environment},
                stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
                process_group=0,
            )  # fmt: skip
        worker = cls(process, ours, log, version, start.discard)
        worker.usable_until = usable_until
        await worker._await_ready()
        worker.init_seconds = time.perf_counter() - started
        return worker

    async def _await_ready(self) -> None:
        self._reader, self._writer = await asyncio.open_connection(sock=self._socket)
        try:
            header, payload = await read_frame_async(self._reader)
        except _WORKER_GONE:
            await self.stop()
            raise WorkerStartError(_ENDED_AT_START) from None
        if not header["ready"]:
            await self.stop()
            raise WorkerStartError(payload)

    async def invoke(self, header: dict[str, Any], event: bytes) -> Outcome:
        """Run one invocation; the caller limits its time and stops a worker that exceeds it."""
        self._request_id = header["aws_request_id"]
        self._output_done.clear()
        try:
            self._writer.write(encode_frame(header, event))
            await self._writer.drain()
            answer, payload = await read_frame_async(self._reader)
        except _WORKER_GONE:
            return await self._ended()
        await self._output_done.wait()
        calls = tuple(Call(service=s, operation=o, resource=r) for s, o, r in answer["calls"])
        return Outcome(ok=answer["ok"], payload=payload, max_memory_mb=answer["max_memory_mb"], calls=calls)

    async def _ended(self) -> Outcome:
        status = await self._process.wait()
        await self._output
        message = f"RequestId: {self._request_id} Error: Runtime exited with {_describe_exit(status)}"
        payload = f'{{"errorMessage": "{message}", "errorType": "Runtime.ExitError"}}'.encode()
        return Outcome(ok=False, payload=payload, reusable=False)

    async def stop(self) -> None:
        """Kill the process and whatever it started, and wait for it."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        await self._process.wait()
        await self._output
        self._writer.close()
        await asyncio.to_thread(self._discard)

    async def _copy_output(self) -> None:
        output = cast(asyncio.StreamReader, self._process.stdout)
        rest = b""
        while chunk := await output.read(_READ_SIZE):
            *lines, rest = (rest + chunk).split(b"\n")
            for line in lines:
                self._take_line(line)
        if rest:
            self._take_line(rest)
        self._output_done.set()

    def _take_line(self, line: bytes) -> None:
        text, end, _ = line.partition(END_OF_OUTPUT)
        if text or not end:
            self._log.output(self._request_id, text.decode(errors="replace"))
        if end:
            self._output_done.set()


def _describe_exit(status: int) -> str:
    return f"signal: {signal.Signals(-status).name}" if status < 0 else f"exit status {status}"
