"""Runs one contender in its own process; reads its time, and measures the memory of its process tree."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import msgspec
import psutil

_SAMPLE_SECONDS = 0.02
_COLD_STARTS = 5
ROOT = Path(__file__).resolve().parents[1]


class Figures(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The figures of one contender.

    Attributes
    ----------
    events_per_s, mb_per_s
        Throughput by wall clock, of events and of input in units of 10^6 bytes.
    peak_rss_mb
        The most resident memory of the process and its children, in units of 10^6 bytes.
    cold_import_ms
        Time that a new process takes to import the handler; None if not measured.
    """

    events_per_s: float
    mb_per_s: float
    peak_rss_mb: float
    cold_import_ms: float | None = None


class ContenderFailedError(Exception):
    """A contender ended with an error."""


def run_contender(module: str, *arguments: str, root: Path = ROOT) -> Figures:
    """Run ``python -m <module> <arguments>``, which prints ``{"seconds", "events", "bytes"}`` as its last line.

    Parameters
    ----------
    root
        The checkout whose module it is.

    Raises
    ------
    ContenderFailedError
        The contender ended with an error; the text is the last line of its standard error.
    """
    command = [sys.executable, "-m", module, *arguments]
    process = subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    peak = Peak(process.pid)
    output, errors = process.communicate()
    peak.stop()
    if process.returncode:
        raise ContenderFailedError(f"{module}: {(errors.strip().splitlines() or ['no reason given'])[-1]}")
    report: dict[str, Any] = json.loads(output.strip().splitlines()[-1])
    return Figures(
        events_per_s=round(report["events"] / report["seconds"]),
        mb_per_s=round(report["bytes"] / report["seconds"] / 1e6, 1),
        peak_rss_mb=round(peak.bytes / 1e6, 1),
    )


def cold_import_ms(module: str) -> float:
    """Return the milliseconds in which a new process imports a module, the best of several."""
    code = f"import time; start = time.perf_counter(); import {module}; print(time.perf_counter() - start)"
    command = [sys.executable, "-c", code]
    runs = [subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True) for _ in range(_COLD_STARTS)]
    return round(min(float(run.stdout) for run in runs) * 1000, 1)


class Peak(threading.Thread):
    """The most resident memory of a process and its children, in bytes, until `stop`."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._pid = pid
        self._stopped = threading.Event()
        self.bytes = 0
        self.start()

    def run(self) -> None:
        """Look every now and then."""
        while not self._stopped.wait(_SAMPLE_SECONDS):
            self.bytes = max(self.bytes, _resident(self._pid))

    def stop(self) -> None:
        """Look no more."""
        self._stopped.set()
        self.join()


def _resident(pid: int) -> int:
    total = 0
    try:
        process = psutil.Process(pid)
        for member in [process, *process.children(recursive=True)]:
            total += member.memory_info().rss
    except psutil.NoSuchProcess:
        pass
    return total
