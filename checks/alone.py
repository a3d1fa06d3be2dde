"""``python -m checks.alone kit``: a house's own tests, from a clone that has no other house.

The tests run on a Python of their own. It has the packages of this one, but not the editable install of this project,
through which every house could be imported. A house that has a ``pyproject.toml`` is also built into a wheel, which is
installed by itself and started. Only what is committed is looked at.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import sysconfig
import venv
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
HOUSES: Final = ("kit", "athena_local")

# What belongs to no house: pytest's settings, and the lock of esbuild.
_KEPT: Final = ("pyproject.toml", "package-lock.json", "tests/conftest.py")


def clone_of(house: str, folder: Path, *, source: Path = ROOT) -> Path:
    """Clone the last commit into a folder, with one house and its tests only.

    Parameters
    ----------
    house
        A package at the top of the repository; its tests are in ``tests/{house}``.
    folder
        Where the clone goes; it does not exist yet.
    source
        The repository.

    Returns
    -------
    Path
        The folder.
    """
    subprocess.run(("git", "clone", "--quiet", "--no-checkout", source, folder), check=True)
    kept = (house, f"tests/{house}", *_KEPT)
    subprocess.run(("git", "-C", folder, "checkout", "--quiet", "HEAD", "--", *kept), check=True)
    (folder / "node_modules").symlink_to(source / "node_modules")
    return folder


def bare_python(folder: Path) -> Path:
    """Make a virtual environment with the packages of this Python, but without its editable installs.

    Python reads ``.pth`` files in an environment's own folder of packages, and in no folder that such a file names.

    Returns
    -------
    Path
        The interpreter.
    """
    venv.create(folder, symlinks=True)
    base = {"base": str(folder), "platbase": str(folder)}
    packages = dict.fromkeys(sysconfig.get_path(kind) for kind in ("purelib", "platlib"))
    own = Path(sysconfig.get_path("purelib", scheme="venv", vars=base))
    (own / "packages.pth").write_text("".join(f"{path}\n" for path in packages))
    return folder / "bin" / "python"


def passes(python: Path, clone: Path, house: str, arguments: Sequence[str] = ()) -> bool:
    """Run a house's tests in its clone, and tell whether they passed."""
    command = (str(python), "-m", "pytest", "-q", f"tests/{house}", *arguments)
    return subprocess.run(command, cwd=clone, env=_environment(), check=False).returncode == 0


def starts_from_a_wheel(python: Path, package: Path, folder: Path) -> bool:
    """Build a package's wheel, install it by itself, and tell whether it starts.

    Parameters
    ----------
    package
        The folder of the package, with its ``pyproject.toml``.
    folder
        Where the wheel and the installed package go.
    """
    uv = (sys.executable, "-m", "uv")
    subprocess.run((*uv, "build", "--quiet", "--wheel", "--out-dir", folder / "wheels", package), check=True)
    (wheel,) = (folder / "wheels").glob("*.whl")
    installed = folder / "installed"
    subprocess.run((*uv, "pip", "install", "--quiet", "--no-deps", "--target", installed, wheel), check=True)
    command = (python, "-m", package.name, "--help")
    return subprocess.run(command, cwd=installed, env=_environment(), check=False).returncode == 0


def stands_alone(house: str, arguments: Sequence[str] = ()) -> bool:
    """Tell whether a house passes its tests, and starts from its wheel if it has one, with no other house there."""
    with TemporaryDirectory(prefix="alone-") as name:
        folder = Path(name)
        clone, python = clone_of(house, folder / "clone"), bare_python(folder / "python")
        if not passes(python, clone, house, arguments):
            return False
        is_published = (clone / house / "pyproject.toml").is_file()
        return not is_published or starts_from_a_wheel(python, clone / house, folder)


def _environment() -> dict[str, str]:
    """Return the environment without what would add modules, or what a surrounding pytest is told by."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("PYTHONPATH", "PYTEST_"))}


def main(argv: Sequence[str] | None = None) -> int:
    """Check each house; the exit status is the number of those that do not stand alone."""
    parser = argparse.ArgumentParser(prog="python -m checks.alone")
    parser.add_argument("houses", nargs="*", help=f"by default {' and '.join(HOUSES)}")
    failed = []
    for house in parser.parse_args(argv).houses or HOUSES:
        print(f"== {house}", flush=True)
        if not stands_alone(house):
            failed.append(house)
    if failed:
        print(f"does not stand alone: {', '.join(failed)}", file=sys.stderr)
    return len(failed)


if __name__ == "__main__":
    sys.exit(main())
