"""Ctrl-C, TERM and a closed terminal: each ends a command and the processes that it started."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import NoReturn

import psutil

from offline.processes import processes_of
from offline.state import LakeFolder

_ENDING = (signal.SIGTERM, signal.SIGHUP)


class Terminated(KeyboardInterrupt):
    """The command was told to end by a signal other than Ctrl-C's."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.exit_status = 128 + number


@contextmanager
def signals_interrupt() -> Iterator[None]:
    """Let TERM and HUP interrupt the block as Ctrl-C does, so that the clean-up runs after them, too.

    Signals that are ignored, such as HUP under nohup, stay ignored.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    heard = [number for number in _ENDING if signal.getsignal(number) is not signal.SIG_IGN]
    before = {number: signal.signal(number, _interrupt) for number in heard}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Ignore such signals within the block: a second Ctrl-C must not stop a clean-up halfway."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.signal(number, signal.SIG_IGN) for number in (signal.SIGINT, *_ENDING)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def end_started_processes(folder: LakeFolder) -> None:
    """Kill the processes that this one started, except those of the environment, which end in their own order."""
    ours = {process.pid for process in processes_of(folder)}
    for process in psutil.Process().children(recursive=True):
        if process.pid not in ours:
            with suppress(psutil.NoSuchProcess):
                process.kill()


def _interrupt(number: int, _: FrameType | None) -> NoReturn:
    raise Terminated(number)
