"""Folders for what is fetched and spilled."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Final

_PREFIX: Final = "thermocline-warm-"


def own_folder(parent: Path) -> Path:
    """Return a new, empty folder of this process, and remove those of processes that were killed.

    A function that ran out of time or memory leaves its files, and Lambda gives the next process the same disk.
    """
    for folder in parent.glob(f"{_PREFIX}*"):
        if not _is_of_another(folder):
            shutil.rmtree(folder, ignore_errors=True)
    own = parent / f"{_PREFIX}{os.getpid()}"
    own.mkdir(parents=True, exist_ok=True)
    return own


def _is_of_another(folder: Path) -> bool:
    """Tell whether a process that runs, and is not this one, has a folder."""
    number = folder.name.removeprefix(_PREFIX)
    if not number.isdecimal():
        return True
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return int(number) != os.getpid()
