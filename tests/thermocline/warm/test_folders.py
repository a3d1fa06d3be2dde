from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from thermocline.warm.folders import own_folder


def test_files_of_a_process_that_was_killed_are_removed(tmp_path: Path) -> None:
    killed = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    killed.kill()
    killed.wait()
    left = [tmp_path / f"thermocline-warm-{number}" / "t" / "000001.parquet" for number in (killed.pid, os.getpid())]
    for file in left:
        file.parent.mkdir(parents=True)
        file.write_bytes(b"left")
    own = own_folder(tmp_path)
    assert list(tmp_path.iterdir()) == [own]
    assert list(own.iterdir()) == []


def test_files_of_a_process_that_runs_and_files_of_others_stay(tmp_path: Path) -> None:
    others = {
        tmp_path / f"thermocline-warm-{os.getppid()}",
        tmp_path / "thermocline-warm-of-somebody",
        tmp_path / "anything",
    }
    for folder in others:
        folder.mkdir()
    own = own_folder(tmp_path)
    assert set(tmp_path.iterdir()) == {*others, own}
