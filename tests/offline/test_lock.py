from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from offline.lock import file_lock

HOLD = """
import sys
from pathlib import Path
from offline.lock import file_lock
with file_lock(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_who_waits_is_told_for_whom(tmp_path: Path) -> None:
    lock = tmp_path / "lake one ü" / "lock"
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, lock], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:  # fmt: skip
        assert holder.stdout
        assert holder.stdout.readline() == "held\n"
        told: list[str] = []

        def busy(pid: str) -> None:
            told.append(pid)
            assert holder.stdin
            holder.stdin.close()

        with file_lock(lock, busy=busy):
            assert lock.read_text() == str(os.getpid())
        assert told == [str(holder.pid)]


def test_a_killed_holder_frees_it(tmp_path: Path) -> None:
    lock = tmp_path / "lock"
    with subprocess.Popen([sys.executable, "-c", HOLD, lock], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout
        holder.stdout.readline()
        holder.kill()
        holder.wait()
        told: list[str] = []
        with file_lock(lock, busy=told.append):
            assert told == []
