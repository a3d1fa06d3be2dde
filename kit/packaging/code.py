"""From a handler's name to the code that Lambda runs: the one place that knows languages.

Another language is another entry of `_PACKAGERS`, and of the runner's `offline.runner.languages` if it runs offline.
A packager checks a handler, and makes a folder of code.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final

from kit.errors import DefinitionError
from kit.packaging.built import package_dotnet, package_go
from kit.packaging.esbuild import sources
from kit.packaging.handlers import check_handler, split_handler
from kit.packaging.imports import SHIPPED, Code, check_imports
from kit.packaging.node import package_node
from kit.packaging.package import RUNTIMES, CodeRequest, Package, Project, temporary_folder
from kit.runtime.script import HANDLER as SCRIPT_HANDLER

SRC_VARIABLE: Final = "LAKE_SRC"
"""Variable that tells the offline runner, which runs the sources and not the asset, where to import a handler from."""

# What handlers import of the kit (links, scripts), in every function's code.
_RUNTIME: Final = (
    "kit/__init__.py",
    "kit/runtime/__init__.py",
    *(f"{name.replace('.', '/')}.py" for name in sorted(SHIPPED)),
)
_OWN_ROOT: Final = Path(__file__).resolve().parents[2]

# Released versions of contracts are for checks and not for functions.
_LEFT_OUT: Final = shutil.ignore_patterns("__pycache__", "*.pyc", ".*", "released", "node_modules", "cdk.out")


def package(
    project: Project,
    *,
    handler: str | None,
    runtime: str,
    src: str | None = None,
    packages: Sequence[str] | None = None,
    bundle: Any = None,
) -> Package:
    """Check a handler and package its code.

    Parameters
    ----------
    handler
        ``path/file.function`` from `src`.
    src
        Folder of the project that handlers are imported from; by default the project's root.
    packages
        Third-party packages that the function has (see `kit.packaging.imports`).
    bundle
        Options of a language that is built; Python is not. JavaScript and TypeScript: those of
        `kit.packaging.esbuild.Options`. Go, C# and F#: the ``command`` that builds, and the folder of its ``output``.

    Raises
    ------
    DefinitionError
        The handler is missing or invalid, imports what is not declared, or cannot be built; or the runtime is not
        supported.
    """
    if not handler:
        raise DefinitionError("a function needs a handler, as in 'lambdas/ingest/handler.handler'")
    if handler == SCRIPT_HANDLER:
        return Package(folder=_shipped(), handler=handler.replace("/", "."), runtime=RUNTIMES[runtime])
    packager = next((make for prefix, make in _PACKAGERS.items() if runtime.startswith(prefix)), None)
    if packager is None or runtime not in RUNTIMES:
        raise DefinitionError(f"runtime {runtime!r} is not supported; use {', '.join(RUNTIMES)}")
    if src is not None and not (project.root / src).is_dir():
        raise DefinitionError(f"src {src!r}: there is no such folder in {project.root.name}/")
    request = CodeRequest(handler=handler, runtime=runtime, src=src, packages=packages, bundle=bundle)
    return packager(project, request)


def _package_python(project: Project, request: CodeRequest) -> Package:
    if request.bundle is not None:
        raise DefinitionError(
            f"handler {request.handler!r}: Python is not bundled; name its packages with packages=[…]"
        )
    code_root = project.root / (request.src or "")
    file, function = split_handler(request.handler)
    if not (code_root / f"{file}.py").is_file() and (other := next(sources(code_root, file), None)):
        raise DefinitionError(f"handler {request.handler!r}: {other.name} is not Python; add runtime='nodejs24.x'")
    check_handler(code_root, request.handler)
    top = None if request.src else Path(file).parts[0] if "/" in file else f"{file}.py"
    code = Code(project=project.root, root=code_root, shared=project.include, own=top)
    check_imports(code, file, function, request.packages)
    folder = _staged(project, request.src, top)
    return Package(folder=folder, handler=request.handler.replace("/", "."), runtime=RUNTIMES[request.runtime])


Packager = Callable[[Project, CodeRequest], Package]
_PACKAGERS: Final[dict[str, Packager]] = {
    "python": _package_python,
    "nodejs": package_node,
    "provided": package_go,
    "dotnet": package_dotnet,
}


@cache
def _shipped() -> Path:
    folder = temporary_folder()
    stage_code(_OWN_ROOT, folder, _RUNTIME)
    return folder


@cache
def _staged(project: Project, src: str | None, top: str | None) -> Path:
    folder = temporary_folder()
    if src:
        stage_code(project.root / src, folder, sorted(path.name for path in (project.root / src).iterdir()))
    stage_code(project.root, folder, dict.fromkeys((*project.include, *([top] if top else []))))
    stage_code(_OWN_ROOT, folder, [name for name in _RUNTIME if not (folder / name).exists()])
    return folder


def stage_code(root: Path, target: Path, names: Sequence[str] | dict[str, None]) -> None:
    """Copy some folders and files of a root into a folder.

    CDK hashes names and contents only, so the same sources make the same asset on every machine.
    """
    ignored = _LEFT_OUT(str(root), [Path(name).name for name in names])
    for name in names:
        source = root / name
        if source.is_dir() and source.name not in ignored:
            shutil.copytree(source, target / name, ignore=_LEFT_OUT, dirs_exist_ok=True)
        elif source.is_file() and source.name not in ignored:
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, target / name)
