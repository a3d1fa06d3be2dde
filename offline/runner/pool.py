"""A function's warm workers: at most N at once, started when needed, replaced when code changed or one died."""

import asyncio
import contextlib
import json
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from offline.runner.functions import FunctionConfig
from offline.runner.languages import WorkerStartError
from offline.runner.logs import FunctionLog
from offline.runner.process import Outcome, Worker

# Lambda's limit of a synchronous response.
MAX_RESPONSE_BYTES = 6_291_556

StartWorker = Callable[[FunctionConfig, FunctionLog], Awaitable[Worker]]


class FunctionPool:
    """The workers of one function; invocations above its parallelism wait."""

    def __init__(
        self, function: FunctionConfig, log: FunctionLog, start: StartWorker, code_version: Callable[[], int]
    ) -> None:
        self.function = function
        self._log = log
        self._start = start
        self._code_version = code_version
        self._slots = asyncio.Semaphore(function.parallel)
        self._idle: list[Worker] = []
        self._closed = False

    async def invoke(self, event: bytes, *, request_id: str, arn: str, trace_id: str | None) -> Outcome:
        """Run one invocation on a worker with the current code; the function's own errors are in the outcome."""
        async with self._slots:
            try:
                worker = await self._take()
            except WorkerStartError as failure:
                return Outcome(ok=False, payload=failure.payload)
            self._log.start(request_id)
            started = time.perf_counter()
            outcome = self._capped(await self._run(worker, event, request_id, arn, trace_id), request_id)
            outcome = replace(outcome, seconds=time.perf_counter() - started)
            self._log.end(
                request_id,
                seconds=outcome.seconds,
                memory_mb=self.function.memory_mb,
                peak_mb=outcome.max_memory_mb,
                init_seconds=worker.init_seconds,
            )
            worker.init_seconds = None
            await self._give_back(worker, outcome)
            return outcome

    async def _run(self, worker: Worker, event: bytes, request_id: str, arn: str, trace_id: str | None) -> Outcome:
        header: dict[str, Any] = {
            "aws_request_id": request_id,
            "invoked_function_arn": arn or self.function.arn,
            "deadline": time.time() + self.function.timeout,
            "trace_id": trace_id,
        }
        try:
            return await asyncio.wait_for(worker.invoke(header, event), self.function.timeout)
        except TimeoutError:
            return self._timed_out(request_id)

    def _capped(self, outcome: Outcome, request_id: str) -> Outcome:
        if len(outcome.payload) <= MAX_RESPONSE_BYTES:
            return outcome
        size, most = len(outcome.payload), MAX_RESPONSE_BYTES
        message = f"Response payload size ({size} bytes) exceeded maximum allowed payload size ({most} bytes)."
        self._log.output(request_id, message)
        error = {"errorType": "Function.ResponseSizeTooLarge", "errorMessage": message}
        return replace(outcome, ok=False, payload=json.dumps(error).encode())

    def _timed_out(self, request_id: str) -> Outcome:
        now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3]
        message = f"{now}Z {request_id} Task timed out after {self.function.timeout:.2f} seconds"
        self._log.output(request_id, message)
        error = {"errorMessage": message, "errorType": "Sandbox.Timedout"}
        return Outcome(ok=False, payload=json.dumps(error).encode(), reusable=False)

    async def _take(self) -> Worker:
        version = self._code_version()
        while self._idle:
            worker = self._idle.pop()
            if worker.version == version and time.time() < worker.usable_until:
                return worker
            await worker.stop()
        return await self._start(self.function, self._log)

    async def _give_back(self, worker: Worker, outcome: Outcome) -> None:
        if outcome.reusable and not self._closed:
            self._idle.append(worker)
        else:
            await worker.stop()

    async def warm(self) -> None:
        """Start a worker; if it cannot start, the first invocation says why."""
        async with self._slots:
            with contextlib.suppress(WorkerStartError):
                self._idle.append(await self._take())

    async def close(self) -> None:
        """Stop the idle workers now, and the busy ones when they are done."""
        self._closed = True
        idle, self._idle = self._idle, []
        await asyncio.gather(*(worker.stop() for worker in idle))
