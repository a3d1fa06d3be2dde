"""The processes of an environment, and how they are ended.

Every process of an environment inherits a variable that names the environment's folder. So a recorded pid that the
system has since given to another process is not mistaken for ours, and processes of a killed supervisor are found.
"""

import contextlib
import os
import signal
from collections.abc import Iterable

import psutil

from offline.state import LakeFolder

MARKER = "THERMOCLINE_LAKE"


def marker(folder: LakeFolder) -> dict[str, str]:
    """Return the variable that marks a process as the environment's."""
    return {MARKER: str(folder.path)}


def processes_of(folder: LakeFolder) -> list[psutil.Process]:
    """Return every live process of the environment, except this one."""
    mark = str(folder.path)
    return [p for p in psutil.process_iter() if p.pid != os.getpid() and _mark_of(p) == mark]


def is_ours(folder: LakeFolder, pid: int) -> bool:
    """Tell whether `pid` is a live process of the environment."""
    try:
        return _mark_of(psutil.Process(pid)) == str(folder.path)
    except psutil.NoSuchProcess:
        return False


def end_all(folder: LakeFolder, *, grace_seconds: float) -> None:
    """Send TERM to every process of the environment, wait, and KILL those that are left and their children."""
    processes = processes_of(folder)
    for process in processes:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.terminate()
    _, alive = psutil.wait_procs(processes, timeout=grace_seconds)
    _kill(alive)
    _kill(processes_of(folder))


def _kill(processes: Iterable[psutil.Process]) -> None:
    killed = list(processes)
    for process in killed:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.kill()
    psutil.wait_procs(killed, timeout=5)


def kill_group(pid: int) -> None:
    """Send KILL to what is left of the process group of `pid`."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)


def _mark_of(process: psutil.Process) -> str | None:
    try:
        if process.status() == psutil.STATUS_ZOMBIE:
            return None
        return process.environ().get(MARKER)
    except (psutil.Error, OSError):
        return None
