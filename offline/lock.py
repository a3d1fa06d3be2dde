"""One at a time: a lock between processes, held as an open file."""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO


def ignore(_: str) -> None:
    """Ignore a message."""


@contextmanager
def file_lock(path: Path, *, busy: Callable[[str], None] = ignore) -> Iterator[None]:
    """Hold the lock for the block; wait while another process holds it. A killed process releases it.

    Before the wait, `busy` receives the id of the process that holds it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            busy(file.read().strip() or "unknown")
            fcntl.flock(file, fcntl.LOCK_EX)
        with suppress(OSError):  # it is a hint, and a full disk must not prevent the lock
            _write_holder(file)
        yield


def _write_holder(file: TextIO) -> None:
    file.truncate(0)
    file.write(str(os.getpid()))
    file.flush()
