from __future__ import annotations

import sys
from pathlib import Path

from checks.pythons import interpreters

SCRIPT = """#!/bin/sh
echo "{version} {path}"
"""


def program(folder: Path, name: str, text: str) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(text)
    path.chmod(0o755)
    return path


def test_each_version_is_found_once_the_oldest_first(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "lake one ü"
    new = program(first, "python3", SCRIPT.format(version="3 13 1", path=first / "python3"))
    program(first, "python3.13", SCRIPT.format(version="3 13 1", path=first / "python3.13"))
    old = program(second, "python3.11", SCRIPT.format(version="3 11 2", path=second / "python3.11"))
    program(second, "python3.10", SCRIPT.format(version="3 10 9", path=second / "python3.10"))
    program(second, "python3.12", "#!/bin/sh\nexit 1\n")
    program(second, "python3.12-config", SCRIPT.format(version="3 12 0", path="config"))
    found = interpreters([first, second, tmp_path / "none"])
    assert [(str(one), one.path) for one in found] == [("3.11.2", old), ("3.13.1", new)]


def test_this_one_is_found() -> None:
    version = ".".join(map(str, sys.version_info[:3]))
    assert version in [str(one) for one in interpreters([Path(sys.base_prefix) / "bin"])]
