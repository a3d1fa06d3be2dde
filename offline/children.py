"""A child process of the supervisor: its start, its readiness and its end."""

import asyncio
import contextlib
import ssl
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from offline.processes import kill_group

_READY_POLL_SECONDS = 0.05
_TAIL_BYTES = 8192


@dataclass(frozen=True, kw_only=True)
class ChildSpec:
    """How to start a child, which is ready when `ready_path` answers 200 (without a path: when the port answers)."""

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str]
    port: int
    ready_path: str | None = None
    authority: str | None = None

    @property
    def url(self) -> str:
        """URL of the child; it uses TLS if `authority`, the file of its certificate's authority, is set."""
        return f"{'https' if self.authority else 'http'}://127.0.0.1:{self.port}"


@dataclass(frozen=True)
class Child:
    """A started child: the leader of a process group of its own, so that nothing it starts outlives it."""

    spec: ChildSpec
    process: asyncio.subprocess.Process
    log: Path

    async def stop(self, grace_seconds: float) -> None:
        """Send TERM, wait, then KILL the group (even after a clean end, because its own children may remain)."""
        with contextlib.suppress(ProcessLookupError):
            self.process.terminate()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self.process.wait(), grace_seconds)
        kill_group(self.process.pid)
        await self.process.wait()


async def start_child(spec: ChildSpec, *, root: Path, logs: Path) -> Child:
    """Start `spec` in the project's root, with its output in `logs/<name>.log`."""
    log = logs / f"{spec.name}.log"
    with log.open("ab") as output:
        process = await asyncio.create_subprocess_exec(
            *spec.command, cwd=root, env=spec.environment, stdin=asyncio.subprocess.DEVNULL,
            stdout=output, stderr=output, start_new_session=True,
        )  # fmt: skip
    return Child(spec, process, log)


async def until_ready(spec: ChildSpec) -> None:
    """Return when the child answers; the caller bounds the time."""
    while not await _answers(spec):
        await asyncio.sleep(_READY_POLL_SECONDS)


async def _answers(spec: ChildSpec) -> bool:
    if spec.ready_path is None:
        return await _accepts(spec.port)
    return await asyncio.to_thread(is_ok, f"{spec.url}{spec.ready_path}", spec.authority)


async def _accepts(port: int) -> bool:
    try:
        _, writer = await asyncio.open_connection("127.0.0.1", port)
    except OSError:
        return False
    writer.close()
    return True


def is_ok(url: str, authority: str | None = None) -> bool:
    """Tell whether a local URL answers 200, without any proxy; `authority` is the file of trusted certificates."""
    trusting = urllib.request.HTTPSHandler(context=ssl.create_default_context(cafile=authority))
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}), trusting)
    try:
        with direct.open(url, timeout=2) as response:
            return bool(response.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def last_line(log: Path) -> str:
    """Return the last line of a log that is not blank; "" if there is none."""
    try:
        lines = log.read_bytes()[-_TAIL_BYTES:].decode(errors="replace").splitlines()
    except FileNotFoundError:
        return ""
    return next((line.strip() for line in reversed(lines) if line.strip()), "")
