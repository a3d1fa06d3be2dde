"""Ctrl-C is quiet from the first moment on, when commands are still being imported."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
# Python's own import hook announces the first of the command's many modules, and then takes its time.
# A test that runs in the background has inherited that Ctrl-C is ignored.
SLOW = """
import signal, sys, time
signal.signal(signal.SIGINT, signal.default_int_handler)
class Slow:
    def find_spec(self, name, path=None, target=None):
        if name == "cli.app":
            print("importing", flush=True)
            for _ in range(300):  # modules are many short steps, too
                time.sleep(0.1)
sys.meta_path.insert(0, Slow())
from cli.entry import main
main()
"""


def test_an_interrupt_while_commands_are_imported_is_quiet() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", SLOW], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == "importing\n"
        started = time.monotonic()
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=20)
    assert (process.returncode, told) == (130, "")
    assert time.monotonic() - started < 15


def test_a_command_that_is_imported_runs() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from cli.entry import main; main()", "--version"],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0
    assert done.stdout.strip()
