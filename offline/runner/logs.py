"""A function's log file, with the START, END and REPORT lines that Lambda writes."""

import asyncio
import contextlib
import logging
import math
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from offline.best_effort import BestEffort

# Writing each line separately took a fifth of the runner's time.
_WRITE_DELAY_SECONDS = 0.05
_log = logging.getLogger(__name__)


class FunctionLog:
    """One log file, written if the disk allows it; each line has a timestamp and the id of its request."""

    def __init__(self, path: Path, *, on_line: Callable[[str], None]) -> None:
        self._path = path
        self._file: BinaryIO | None = None
        self._if_possible = BestEffort(f"the log {path}", _log)
        self._on_line = on_line
        self._pending: list[str] = []

    def start(self, request_id: str) -> None:
        """Write that an invocation begins."""
        self._write(request_id, f"START RequestId: {request_id} Version: $LATEST")

    def output(self, request_id: str, line: str) -> None:
        """Write a line that the handler printed."""
        self._write(request_id, line)
        self._on_line(line)

    def end(self, request_id: str, *, seconds: float, memory_mb: int, peak_mb: int, init_seconds: float | None) -> None:
        """Write that an invocation ended; `init_seconds` is not None for a worker's first invocation."""
        milliseconds = seconds * 1000
        report = (
            f"REPORT RequestId: {request_id}\tDuration: {milliseconds:.2f} ms\t"
            f"Billed Duration: {math.ceil(milliseconds)} ms\tMemory Size: {memory_mb} MB\tMax Memory Used: {peak_mb} MB"
        )
        if init_seconds is not None:
            report += f"\tInit Duration: {init_seconds * 1000:.2f} ms"
        self._write(request_id, f"END RequestId: {request_id}", report)

    def close(self) -> None:
        """Write what is left and close the file."""
        self._flush()
        if self._file:
            with contextlib.suppress(OSError):
                self._file.close()

    def _write(self, request_id: str, *lines: str) -> None:
        now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3]
        if not self._pending:
            asyncio.get_running_loop().call_later(_WRITE_DELAY_SECONDS, self._flush)
        self._pending += [f"{now}Z {request_id} {line}\n" for line in lines]

    def _flush(self) -> None:
        lines, self._pending = self._pending, []
        if lines:
            self._if_possible(lambda: self._append("".join(lines).encode()))

    def _append(self, text: bytes) -> None:
        if self._file is None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._file = self._path.open("ab", buffering=0)
        self._file.write(text)
