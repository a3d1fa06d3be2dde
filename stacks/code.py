"""The one code asset of all functions: a plain copy of the packages that they run, and nothing else."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path
from typing import Final

from aws_cdk import aws_lambda

ROOT: Final = Path(__file__).resolve().parents[1]
PACKAGES: Final = ("contracts", "lambdas", "thermocline")

# Released versions of contracts are for checks and not for functions.
_LEFT_OUT = shutil.ignore_patterns("__pycache__", "*.pyc", ".*", "released")


def function_code(root: Path = ROOT) -> aws_lambda.Code:
    """Return the code of every function; a new object each time, because CDK ties one to a single stack."""
    return aws_lambda.Code.from_asset(str(_staged(root)))


def stage_code(root: Path, target: Path) -> None:
    """Copy what functions run from a project's root into a folder.

    CDK hashes names and contents only, so the same sources make the same asset on every machine.
    """
    for package in PACKAGES:
        shutil.copytree(root / package, target / package, ignore=_LEFT_OUT)


@cache
def _staged(root: Path) -> Path:
    folder = Path(tempfile.mkdtemp(prefix="thermocline-code-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    stage_code(root, folder)
    return folder
