"""The Lambda runner: one pool of warm workers per function whose invocations the emulator sends."""

import asyncio
import contextlib
import math
import shutil
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from offline.fingerprint import modification_hash
from offline.journal import Invocation
from offline.roles import CredentialsOf, as_root
from offline.runner.functions import FunctionCatalog, FunctionConfig
from offline.runner.logs import FunctionLog
from offline.runner.metrics import MetricsSink
from offline.runner.pool import FunctionPool
from offline.runner.process import Outcome, Worker
from offline.runner.worker import DEBUG_PORT_VARIABLE

CODE_FOLDERS = ("thermocline", "kit", "lambdas", "contracts", "config", "src")
_DEBUG_TIMEOUT_SECONDS = 24 * 60 * 60


@dataclass(frozen=True, kw_only=True)
class RunnerSettings:
    """Folders of the code, the logs and the temporary files, and the variables of every worker."""

    root: Path
    log_folder: Path
    temp_folder: Path
    environment: Mapping[str, str]
    credentials_of: CredentialsOf = as_root


Record = Callable[[Invocation], None]


class Runner:
    """The pools by function name; it records every invocation."""

    def __init__(
        self, settings: RunnerSettings, catalog: FunctionCatalog, metrics: MetricsSink, record: Record
    ) -> None:
        self._settings = settings
        self._catalog = catalog
        self._metrics = metrics
        self._record = record
        self._debug_ports: dict[str, int] = {}
        self._logs: dict[str, FunctionLog] = {}
        self._pools: dict[str, FunctionPool] = {}
        self._last_version: int | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    async def invoke(
        self, name: str, event: bytes, *, request_id: str | None = None, arn: str = "", trace_id: str | None = None
    ) -> Outcome:
        """Run function `name` on a JSON event."""
        pool = self._pool_of(await self._config(name))
        started_at, request_id = datetime.now(UTC), request_id or str(uuid4())
        outcome = await pool.invoke(event, request_id=request_id, arn=arn, trace_id=trace_id)
        self._record(
            Invocation(
                id=request_id,
                function=name,
                started_at=started_at.isoformat(timespec="milliseconds"),
                seconds=outcome.seconds,
                ok=outcome.ok,
                event=event,
                result=outcome.payload,
                calls=frozenset(outcome.calls),
            )
        )
        return outcome

    async def debug(self, name: str, port: int | None) -> None:
        """Let a function's worker wait for a debugger on `port` from now on; with None, no longer."""
        self._debug_ports.pop(name, None)
        if port is not None:
            self._debug_ports[name] = port
        pool = self._pool_of(await self._config(name))
        if port is not None:
            self._background(pool.warm())

    async def _config(self, name: str) -> FunctionConfig:
        function = await self._catalog.get(name)
        port = self._debug_ports.get(name)
        return function if port is None else debugged(function, port)

    def _pool_of(self, function: FunctionConfig) -> FunctionPool:
        pool = self._pools.get(function.name)
        if pool is not None and pool.function == function:
            return pool
        if pool is not None:
            self._background(pool.close())
        self._pools[function.name] = FunctionPool(
            function, self._log_of(function.name), self._start_worker, self._code_version
        )
        return self._pools[function.name]

    def _background(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _log_of(self, name: str) -> FunctionLog:
        if name not in self._logs:
            path = self._settings.log_folder / f"lambda-{name}.log"
            self._logs[name] = FunctionLog(path, on_line=self._metrics.add_line)
        return self._logs[name]

    def _code_version(self) -> int:
        version = modification_hash(self._settings.root, CODE_FOLDERS)
        if self._last_version not in (None, version):
            forget_bytecode(self._settings.root)
        self._last_version = version
        return version

    async def _start_worker(self, function: FunctionConfig, log: FunctionLog) -> Worker:
        environment = worker_environment(function, self._settings)
        credentials = await asyncio.to_thread(self._settings.credentials_of, function.role)
        if credentials:
            environment |= credentials.environment()
        until = credentials.usable_until if credentials else math.inf
        version = self._code_version()
        return await Worker.start(function, environment, self._settings.root, log, version, usable_until=until)

    async def close(self) -> None:
        """Stop every worker, then send the last metrics."""
        await asyncio.gather(*(pool.close() for pool in self._pools.values()), *self._tasks, return_exceptions=True)
        await self._metrics.flush()
        for log in self._logs.values():
            log.close()


def debugged(function: FunctionConfig, port: int) -> FunctionConfig:
    """Return the function with one worker that waits for a debugger, and a timeout that is long enough for a person."""
    quiet = ("PYDEVD_DISABLE_FILE_VALIDATION", "1")
    environment = (*function.environment, (DEBUG_PORT_VARIABLE, str(port)), quiet)
    return replace(function, parallel=1, timeout=_DEBUG_TIMEOUT_SECONDS, environment=environment)


def forget_bytecode(root: Path) -> None:
    """Delete the code's bytecode: Python reuses it if an edit in the same second kept the file's size."""
    for name in CODE_FOLDERS:
        for cache in (root / name).rglob("__pycache__"):
            shutil.rmtree(cache, ignore_errors=True)


def worker_environment(function: FunctionConfig, settings: RunnerSettings) -> dict[str, str]:
    """Return the variables of a function's workers; Lambda's reserved ones override the function's own."""
    temp_folder = settings.temp_folder / f"lambda-{function.name}"
    with contextlib.suppress(OSError):  # most functions write no files; one that does gets the error itself
        temp_folder.mkdir(parents=True, exist_ok=True)
    return {
        **settings.environment,
        **dict(function.environment),
        "AWS_LAMBDA_FUNCTION_NAME": function.name,
        "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST",
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": str(function.memory_mb),
        "AWS_LAMBDA_LOG_GROUP_NAME": f"/aws/lambda/{function.name}",
        "AWS_LAMBDA_LOG_STREAM_NAME": "offline",
        "LAMBDA_TASK_ROOT": str(settings.root),
        "_HANDLER": function.handler,
        "TMPDIR": str(temp_folder),
        "TZ": "UTC",
    }
