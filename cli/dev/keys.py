"""Single keys from a terminal, or the first letters of lines from anything else."""

import os
import select
import sys
import termios
import tty
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO


class Keys:
    """Keys as they are pressed."""

    def __init__(self, stream: TextIO) -> None:
        self._descriptor = stream.fileno()
        self._ended = False

    def pressed(self, *, wait_seconds: float) -> str:
        """Return the keys that were pressed, waiting at most so long for the first; "" for none."""
        if self._ended:
            select.select([], [], [], wait_seconds)
            return ""
        ready, _, _ = select.select([self._descriptor], [], [], wait_seconds)
        if not ready:
            return ""
        read = os.read(self._descriptor, 1024).decode(errors="replace")
        self._ended = not read  # a closed pipe is ready for ever, with nothing to read
        return read


@contextmanager
def keys(stream: TextIO = sys.stdin) -> Iterator[Keys]:
    """Yield the keys of a terminal, which does not echo them; it is restored afterwards."""
    if not stream.isatty():
        yield Keys(stream)
        return
    before = termios.tcgetattr(stream)
    try:
        tty.setcbreak(stream)
        yield Keys(stream)
    finally:
        termios.tcsetattr(stream, termios.TCSADRAIN, before)
