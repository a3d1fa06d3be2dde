"""Programs that heed signals, also when the tests that start them run in the background."""

from __future__ import annotations

import signal
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any


def start(command: Sequence[str | Path], **options: Any) -> subprocess.Popen[str]:
    """Start a program that Ctrl-C and a hang-up end, whatever the tests themselves ignore."""
    return subprocess.Popen(
        command,
        text=True,
        preexec_fn=_heed_signals,  # noqa: PLW1509 - it only changes how signals are handled
        **options,
    )


def _heed_signals() -> None:
    for number in (signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)
