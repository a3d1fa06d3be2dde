"""What every language's packager takes and returns."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from aws_cdk import aws_lambda

RUNTIMES: Final = {
    "python3.12": aws_lambda.Runtime.PYTHON_3_12,
    "python3.13": aws_lambda.Runtime.PYTHON_3_13,
    "python3.14": aws_lambda.Runtime.PYTHON_3_14,
    "nodejs20.x": aws_lambda.Runtime.NODEJS_20_X,
    "nodejs22.x": aws_lambda.Runtime.NODEJS_22_X,
    "nodejs24.x": aws_lambda.Runtime.NODEJS_24_X,
    "provided.al2023": aws_lambda.Runtime.PROVIDED_AL2023,
    "dotnet8": aws_lambda.Runtime.DOTNET_8,
    "dotnet10": aws_lambda.Runtime.DOTNET_10,
}


LAMBDA_LIMIT_BYTES: Final = 250 * 1024 * 1024
"""Limit of the unpacked size of a function's code and layers."""


@dataclass(frozen=True, kw_only=True)
class Project:
    """Where handlers are found, and what every Python function's code includes beside the handler's own folder."""

    root: Path
    include: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Package:
    """A function's code: a folder (kept for CDK until the process ends), and the handler's name in Lambda.

    Attributes
    ----------
    environment
        Variables for the offline runner, which builds the code again.
    """

    folder: Path
    handler: str
    runtime: aws_lambda.Runtime
    environment: Mapping[str, str] = field(default_factory=dict)

    @property
    def code(self) -> aws_lambda.Code:
        """The code for CDK; a new object each time, because CDK ties one to a single stack."""
        return aws_lambda.Code.from_asset(str(self.folder))


@dataclass(frozen=True, kw_only=True)
class CodeRequest:
    """What a function's definition says about its code (see `kit.packaging.code.package`)."""

    handler: str
    runtime: str
    src: str | None
    packages: Sequence[str] | None
    bundle: Any


def temporary_folder() -> Path:
    """Make a folder that is removed when the process ends; by then CDK has its own copy."""
    folder = Path(tempfile.mkdtemp(prefix="kit-code-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder
