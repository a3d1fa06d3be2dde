"""Lambda layers of third-party packages, fetched as wheels for the functions' processor. No Docker."""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

from kit.errors import ConfigurationError
from kit.packaging.package import LAMBDA_LIMIT_BYTES

PYTHON_VERSION: Final = "3.14"
PLATFORM: Final = "manylinux_2_28_aarch64"

# What a function never imports: tests, caches, and the headers and sources that only compilers read.
_STRIPPED_FOLDERS: Final = ("__pycache__", "tests", "include", "src", "bin")
_STRIPPED_FILES: Final = ("*.pyx", "*.pxd", "*.pxi", "*.h", "*.hpp", "*.c", "*.cc", "*.pyi")
_PIN: Final = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^\s;]+)", re.MULTILINE)

Installer = Callable[[tuple[str, ...], Path], None]
LayerBuilder = Callable[[tuple[str, ...]], Path]


def build_layer(
    packages: tuple[str, ...],
    *,
    requirements: Path,
    cache: Path,
    install: Installer,
) -> Path:
    """Return the folder of a Lambda layer (with ``python/`` in it), which is made once per set of versions.

    Parameters
    ----------
    requirements
        The lock file with the version of each package.
    cache
        Folder that holds a folder per layer.
    install
        Unpacks the pinned packages into a folder, as `pip_install` does.

    Raises
    ------
    ConfigurationError
        A package is not in the lock, or the layer exceeds what Lambda can unpack.
    """
    pins = pinned(packages, requirements.read_text())
    folder = cache / hashlib.sha256(" ".join((PYTHON_VERSION, PLATFORM, *pins)).encode()).hexdigest()[:16]
    if not folder.exists():
        _build(pins, folder, install)
    check_size(folder)
    return folder


def pinned(packages: tuple[str, ...], requirements: str) -> tuple[str, ...]:
    """Return ``name==version`` of each package, from the text of the lock."""
    versions = {match["name"].lower(): match["version"] for match in _PIN.finditer(requirements)}
    missing = [package for package in packages if package not in versions]
    if missing:
        raise ConfigurationError(f"not in requirements.txt: {', '.join(missing)}")
    return tuple(f"{package}=={versions[package]}" for package in packages)


def pip_install(pins: tuple[str, ...], target: Path, *, source_only: tuple[str, ...] = ()) -> None:
    """Unpack wheels for Lambda's platform into a folder, without dependencies: the layer lists all of them.

    Parameters
    ----------
    source_only
        Packages of pure Python that are published as source and not as a wheel.
    """
    platform = ("--platform", PLATFORM, "--platform", "manylinux2014_aarch64", "--implementation", "cp")
    sources = tuple(f"--no-binary={name}" for name in source_only)
    wheels = ("--only-binary=:all:", *sources, "--no-deps", "--python-version", PYTHON_VERSION, *platform)
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--no-color", "--quiet", "install")
    command = (*pip, "--no-compile", *wheels, "--target", str(target), *pins)
    process = subprocess.run(command, check=False, capture_output=True, text=True)
    if process.returncode:
        raise ConfigurationError(f"pip could not fetch a layer's wheels: {process.stderr.strip()}")


def check_size(*folders: Path) -> None:
    """Raise `ConfigurationError` when folders together exceed what Lambda can unpack."""
    size = sum(path.stat().st_size for folder in folders for path in folder.rglob("*") if path.is_file())
    if size > LAMBDA_LIMIT_BYTES:
        raise ConfigurationError(f"code and layers unpack to {size:,} bytes; Lambda's limit is {LAMBDA_LIMIT_BYTES:,}")


def _build(pins: tuple[str, ...], folder: Path, install: Installer) -> None:
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent) as work:
        packages = Path(work) / "layer" / "python"
        install(pins, packages)
        _strip(packages)
        packages.parent.rename(folder)


def _strip(packages: Path) -> None:
    for pattern in _STRIPPED_FOLDERS:
        for folder in [path for path in packages.rglob(pattern) if path.is_dir()]:
            shutil.rmtree(folder, ignore_errors=True)
    for pattern in _STRIPPED_FILES:
        for file in packages.rglob(pattern):
            file.unlink()
