"""Runs of the promotion job on this machine, in place of Glue's: a process each, which outlives whoever started it."""

from __future__ import annotations

import os
import secrets
import subprocess
from collections.abc import Sequence
from pathlib import Path

import msgspec

from thermocline.promote.ports import JobState


class LocalJobs:
    """Implements `thermocline.promote.ports.Jobs`.

    Parameters
    ----------
    folder
        Keeps what is known of the runs.
    command
        Of a run; it gets the path of the file into which it writes its `JobState` in the end, and the job's arguments.
    """

    def __init__(self, folder: Path, command: Sequence[str]) -> None:
        self._folder = folder
        self._command = command
        self._started: dict[int, subprocess.Popen[bytes]] = {}

    def start(self, table: str, before: str) -> str:
        """Start a run; one of the table that is under way is returned instead."""
        self._folder.mkdir(parents=True, exist_ok=True)
        last = self._folder / f"{table}.last"
        if last.exists() and self.state(run := last.read_text()).status == "running":
            return run
        name = secrets.token_hex(4)
        arguments = ("--table", table, "--before", before)
        with (self._folder / f"{name}.log").open("wb") as log:
            process = subprocess.Popen(
                (*self._command, str(self._folder / f"{name}.json"), *arguments),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self._started[process.pid] = process
        run = f"{name}-{process.pid}"
        last.write_text(run)
        return run

    def state(self, run: str) -> JobState:
        """Return how a run stands."""
        name, _, pid = run.partition("-")
        alive = self._is_alive(int(pid))  # asked first: it writes its state, and then ends
        path = self._folder / f"{name}.json"
        if path.exists():
            return msgspec.json.decode(path.read_bytes(), type=JobState)
        if alive:
            return JobState(status="running")
        return JobState(status="failed", reason=f"its process was ended; {self._folder / f'{name}.log'} is its log")

    def _is_alive(self, pid: int) -> bool:
        if process := self._started.get(pid):
            return process.poll() is None
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return False
        return True
