"""The supervisor: one process, detached from the terminal, that starts an environment's children and ends with them.

When a child ends by itself, the supervisor records why in the state, stops the rest and ends. The emulator's data are
in its memory, so half an environment would be of no use.
"""

import argparse
import asyncio
import contextlib
import shutil
import signal
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from os import getpid
from pathlib import Path

from offline.children import Child, ChildSpec, last_line, start_child, until_ready
from offline.kept import mark_whole
from offline.plan import plan
from offline.processes import end_all
from offline.state import ChildState, Crash, LakeFolder, LakeState, remove_state, save_state

GRACE_SECONDS = 10.0
SAVE_SECONDS = 60.0
READY_SECONDS = 60.0

Plan = Callable[..., list[ChildSpec]]


class Supervisor:
    """The children of one environment, which run until TERM or until one of them ends."""

    def __init__(self, folder: LakeFolder, stage: str, *, iam: bool = False, keep: bool = False) -> None:
        self._folder = folder
        self._children: list[Child] = []
        self._state = LakeState(
            name=folder.name,
            stage=stage,
            phase="starting",
            supervisor_pid=getpid(),
            started_at=datetime.now(UTC).isoformat(timespec="seconds"),
            temp_folder=str(folder.temp),
            iam=iam,
            keep=keep,
        )

    async def run(self, specs: Sequence[ChildSpec]) -> int:
        """Start, watch and stop the children; the exit status is 0 after TERM and 1 after a crash."""
        stopped = asyncio.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, stopped.set)
        try:
            await self._start(specs)
            crash = await self._watch(stopped)
            if crash:
                with contextlib.suppress(OSError):  # a full disk; the missing process shows the failure, too
                    self._save(replace(self._state, phase="failed", crash=crash))
        finally:
            await self._stop()
        if crash:
            return 1
        if self._state.keep and all(child.process.returncode == 0 for child in self._children[:1]):
            mark_whole(self._folder)
        remove_state(self._folder)
        return 0

    async def _start(self, specs: Sequence[ChildSpec]) -> None:
        self._folder.temp.mkdir(parents=True, exist_ok=True)
        for spec in specs:
            child = await start_child(spec, root=self._folder.root, logs=self._folder.logs)
            self._children.append(child)
            record = ChildState(name=spec.name, pid=child.process.pid, port=spec.port)
            self._save(replace(self._state, children=(*self._state.children, record)))

    async def _watch(self, stopped: asyncio.Event) -> Crash | None:
        exits = {asyncio.create_task(child.process.wait()): child for child in self._children}
        stop = asyncio.create_task(stopped.wait())
        ready = asyncio.create_task(self._all_ready())
        await asyncio.wait({stop, ready, *exits}, return_when=asyncio.FIRST_COMPLETED)
        if ready.done() and (late := ready.result()):
            return Crash(child=late, exit_status=1, last_line=f"did not answer within {READY_SECONDS:.0f} s")
        if ready.done():
            self._save(replace(self._state, phase="running"))
            await asyncio.wait({stop, *exits}, return_when=asyncio.FIRST_COMPLETED)
        ready.cancel()
        if stop.done():
            return None
        ended = next(child for task, child in exits.items() if task.done())
        status = ended.process.returncode
        return Crash(child=ended.spec.name, exit_status=status or 0, last_line=last_line(ended.log))

    async def _all_ready(self) -> str | None:
        """Return None once every child answers, or the name of the first that does not."""
        for child in self._children:
            try:
                await asyncio.wait_for(until_ready(child.spec), READY_SECONDS)
            except TimeoutError:
                return child.spec.name
        return None

    async def _stop(self) -> None:
        for child in reversed(self._children):  # the emulator last: the others still use it
            await child.stop(SAVE_SECONDS if self._state.keep else GRACE_SECONDS)
        end_all(self._folder, grace_seconds=0)
        shutil.rmtree(self._folder.temp, ignore_errors=True)

    def _save(self, state: LakeState) -> None:
        self._state = state
        save_state(self._folder, state)


def main(argv: Sequence[str] | None = None, *, children: Plan = plan) -> int:
    """Run `python -m offline.supervisor --root DIR --name N --stage S [--iam] [--keep]`."""
    parser = argparse.ArgumentParser(prog="python -m offline.supervisor")
    parser.add_argument("--root", type=Path, required=True)
    parser.add_argument("--name", required=True)
    parser.add_argument("--stage", default="local")
    parser.add_argument("--iam", action="store_true", help="enforce IAM")
    parser.add_argument("--keep", action="store_true", help="save what the emulator holds when it is stopped")
    arguments = parser.parse_args(argv)
    folder = LakeFolder(root=arguments.root, name=arguments.name)
    options = {name: True for name in ("iam", "keep") if getattr(arguments, name)}
    specs = children(folder, arguments.stage, **options)
    return asyncio.run(Supervisor(folder, arguments.stage, **options).run(specs))


if __name__ == "__main__":
    sys.exit(main())
