"""Go, C#, F#, and other code that a command builds for Lambda on arm64."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from kit.checks import check_keys
from kit.errors import DefinitionError
from kit.packaging.package import RUNTIMES, CodeRequest, Package, Project, temporary_folder

BOOTSTRAP: Final = "bootstrap"
"""The program that Lambda starts in a runtime that has an operating system only."""

_OPTIONS: Final = frozenset(("command", "output"))
_TARGET: Final = (("GOOS", "linux"), ("GOARCH", "arm64"), ("CGO_ENABLED", "0"))
_GO: Final = (
    "go", "build", "-trimpath", "-buildvcs=false", "-tags", "lambda.norpc", "-ldflags=-s -w", "-o",
)  # fmt: skip
_DOTNET: Final = (
    "dotnet", "publish", "--configuration", "Release", "--runtime", "linux-arm64", "--self-contained", "false",
)  # fmt: skip
_DOTNET_HANDLER: Final = re.compile(r"[\w.]+(::[\w.+`]+::\w+)?")
_INSTALL: Final = {
    "go": "install Go 1.24 or later (https://go.dev/dl)",
    "dotnet": "install the .NET SDK 8 or later (https://dot.net)",
}
_SHOWN_LINES: Final = 6


@dataclass(frozen=True, kw_only=True)
class _Build:
    """A command, where it runs, and the folder in which it leaves the code."""

    handler: str
    command: tuple[str, ...]
    folder: Path
    output: Path


def package_go(project: Project, request: CodeRequest) -> Package:
    """Build the Go program in the handler's folder, or run the bundle's command.

    Raises
    ------
    DefinitionError
        There is no such program, the toolchain is missing, or the build fails or leaves no ``bootstrap``.
    """
    folder = _folder(project, request)
    if request.bundle is None:
        code = _built_go(request.handler, folder / request.handler)
    else:
        code = _built_by_command(_commanded(request, folder))
    if not (code / BOOTSTRAP).is_file():
        raise DefinitionError(f"handler {request.handler!r}: the command left no file {BOOTSTRAP!r} in its output")
    return Package(folder=code, handler=BOOTSTRAP, runtime=RUNTIMES[request.runtime])


def package_dotnet(project: Project, request: CodeRequest) -> Package:
    """Publish the one project of `src`, or run the bundle's command.

    Raises
    ------
    DefinitionError
        There is no project or more than one, the handler is invalid, the toolchain is missing, or the build fails.
    """
    if not _DOTNET_HANDLER.fullmatch(request.handler):
        raise DefinitionError(f"handler {request.handler!r} is not of the form 'Assembly::Namespace.Type::Method'")
    folder = _folder(project, request)
    if request.bundle is None:
        code = _built_dotnet(request.handler, folder)
    else:
        code = _built_by_command(_commanded(request, folder))
    return Package(folder=code, handler=request.handler, runtime=RUNTIMES[request.runtime])


def _folder(project: Project, request: CodeRequest) -> Path:
    return project.root / (request.src or "")


@cache
def _built_go(handler: str, folder: Path) -> Path:
    if not any(folder.glob("*.go")):
        raise DefinitionError(f"handler {handler!r}: there is no folder of that name with a Go program (*.go) in it")
    output = temporary_folder()
    _run(_Build(handler=handler, command=(*_GO, str(output / BOOTSTRAP), "."), folder=folder, output=output))
    return output


@cache
def _built_dotnet(handler: str, folder: Path) -> Path:
    projects = [file.name for pattern in ("*.csproj", "*.fsproj") for file in folder.glob(pattern)]
    if len(projects) != 1:
        names = " and ".join(sorted(projects)) or "none"
        raise DefinitionError(f"handler {handler!r}: src must have one .csproj or .fsproj in it; there is {names}")
    output = temporary_folder()
    # Intermediate files must not lie among the sources, where they would look like edits.
    folders = ("--output", str(output), "--artifacts-path", str(temporary_folder()))
    _run(_Build(handler=handler, command=(*_DOTNET, projects[0], *folders), folder=folder, output=output))
    return output


def _commanded(request: CodeRequest, folder: Path) -> _Build:
    bundle: Any = request.bundle
    example = "bundle={'command': ['make', 'build'], 'output': '.build'}"
    if not isinstance(bundle, Mapping):
        raise DefinitionError(f"bundle of {request.runtime} is a mapping, as in {example}, not {bundle!r}")
    check_keys(bundle, _OPTIONS, "bundle")
    command, output = bundle.get("command"), bundle.get("output")
    if not isinstance(command, list | tuple) or not command or not all(isinstance(word, str) for word in command):
        raise DefinitionError(f"bundle: command is a list of words, as in {example}, not {command!r}")
    if not isinstance(output, str) or not output:
        raise DefinitionError(f"bundle: output names the folder where the command leaves the code, as in {example}")
    return _Build(handler=request.handler, command=tuple(command), folder=folder, output=folder / output)


@cache
def _built_by_command(build: _Build) -> Path:
    _run(build)
    if not build.output.is_dir():
        raise DefinitionError(f"handler {build.handler!r}: the command left no folder {build.output.name!r}")
    # Another function's command may write its own code to the same folder.
    return Path(shutil.copytree(build.output, temporary_folder(), dirs_exist_ok=True))


def _run(build: _Build) -> None:
    name = build.command[0]
    # Look for the command as the system will: by its path from the folder where it runs, or by its name on PATH.
    if shutil.which(str(build.folder / name) if "/" in name else name) is None:
        how = _INSTALL.get(name, "install it")
        raise DefinitionError(
            f"handler {build.handler!r}: {name} is not on PATH: {how}, or name a command with bundle={{…}}"
        )
    environment = {**os.environ, **dict(_TARGET)}
    process = subprocess.run(
        build.command, cwd=build.folder, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, text=True, encoding="utf-8", errors="replace", check=False,
    )  # fmt: skip
    if process.returncode:
        lines = [line.strip() for line in process.stdout.splitlines() if line.strip()]
        reason = " | ".join(lines[-_SHOWN_LINES:]) or "it printed nothing"
        raise DefinitionError(f"handler {build.handler!r}: {' '.join(build.command[:2])} failed: {reason}")
