"""Ctrl-C, a TERM and a closed terminal: all end what a command has begun."""

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
    """Within the block TERM and HUP interrupt as Ctrl-C does, so that they are cleaned up after, too.

    What is ignored, as HUP is under nohup, stays ignored.
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
    """Within the block such signals are ignored: an impatient second Ctrl-C must not leave half of a clean-up."""
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
    """Kill what this process has started, but for the environment's processes, which end in an order of their own."""
    ours = {process.pid for process in processes_of(folder)}
    for process in psutil.Process().children(recursive=True):
        if process.pid not in ours:
            with suppress(psutil.NoSuchProcess):
                process.kill()


def _interrupt(number: int, _: FrameType | None) -> NoReturn:
    raise Terminated(number)
