"""``python -m checks.pythons``: the unit tests on every Python from 3.11 on that this machine has, one after the other.

With ``--list`` it prints the interpreters, the oldest first, and runs nothing.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
ENVIRONMENTS = ROOT / "build" / "pythons"
OLDEST = (3, 11)
# Without those that start processes, browsers or lakes: one Python is enough for them.
TESTS = (
    *(f"tests/{folder}" for folder in ("athena_local", "checks", "cli", "edge", "handlers", "kit", "offline")),
    *(f"tests/{folder}" for folder in ("project", "stacks", "thermocline")),
    "--ignore=tests/athena_local/endpoint",
    "--ignore=tests/offline/processes",
)

_NAME = re.compile(r"python3(\.\d+)?")
_ASK = "import ensurepip, sys, venv; print(*sys.version_info[:3], sys.executable)"


class Interpreter(NamedTuple):
    """A Python and its version."""

    version: tuple[int, int, int]
    path: Path

    def __str__(self) -> str:
        return ".".join(map(str, self.version))


def interpreters(folders: Iterable[Path]) -> list[Interpreter]:
    """Return the interpreters in folders, one per version, the oldest first; those that do not run are left out."""
    by_version: dict[tuple[int, int, int], Interpreter] = {}
    for folder in folders:
        for path in sorted(folder.glob("python3*")):
            if _NAME.fullmatch(path.name) and (interpreter := _asked(path)):
                by_version.setdefault(interpreter.version, interpreter)
    return [by_version[version] for version in sorted(by_version) if version >= OLDEST]


def _asked(path: Path) -> Interpreter | None:
    try:
        answer = subprocess.run([path, "-c", _ASK], capture_output=True, text=True, check=False, timeout=20)
    except (OSError, subprocess.TimeoutExpired):
        return None
    if answer.returncode:
        return None
    major, minor, micro, program = answer.stdout.strip().split(" ", 3)
    return Interpreter((int(major), int(minor), int(micro)), Path(program))


def folders() -> Iterator[Path]:
    """Yield the folders of interpreters: those of PATH, of pyenv, and of checks/python314.sh."""
    yield from (Path(part) for part in os.environ.get("PATH", "").split(os.pathsep) if part and ".venv" not in part)
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    yield from sorted(pyenv.glob("versions/*/bin"))
    yield ROOT / "build" / "python3.14" / "bin"


def run(interpreter: Interpreter, arguments: Sequence[str]) -> bool:
    """Make an environment of an interpreter, run the tests in it, and tell whether they passed."""
    environment = ENVIRONMENTS / str(interpreter)
    python = environment / "bin" / "python"
    if not python.exists():
        subprocess.run([interpreter.path, "-m", "venv", environment], check=True)
    uv = [sys.executable, "-m", "uv", "pip", "install", "--quiet", "--python", str(python)]
    subprocess.run([*uv, "--constraint", "requirements.txt", "--editable", ".[dev]"], cwd=ROOT, check=True)
    return subprocess.run([python, "-m", "pytest", "-q", *arguments], cwd=ROOT, check=False).returncode == 0


def main(argv: Sequence[str] | None = None) -> int:
    """Run the tests on each interpreter, and return on how many they failed."""
    parser = argparse.ArgumentParser(prog="python -m checks.pythons")
    parser.add_argument("--list", action="store_true", help="only print the interpreters")
    parser.add_argument("arguments", nargs="*", default=TESTS, help="of pytest")
    options = parser.parse_args(argv)
    failed = []
    for interpreter in interpreters(folders()):
        print(f"{interpreter} {interpreter.path}", flush=True)
        if not options.list and not run(interpreter, options.arguments):
            failed.append(str(interpreter))
    if failed:
        print(f"failed on {', '.join(failed)}", file=sys.stderr)
    return len(failed)


if __name__ == "__main__":
    sys.exit(main())
