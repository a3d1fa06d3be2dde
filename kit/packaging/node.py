"""JavaScript and TypeScript: one file per handler, bundled by esbuild."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from kit.checks import check_keys
from kit.errors import DefinitionError
from kit.packaging.esbuild import FORMATS, VARIABLE, BundleError, Handler, Options, bundle
from kit.packaging.package import RUNTIMES, CodeRequest, Package, Project, temporary_folder

_OPTIONS: Final = frozenset(Options.__dataclass_fields__)


def package_node(project: Project, request: CodeRequest) -> Package:
    """Bundle a handler and its imports, so that `packages` has nothing to declare.

    Raises
    ------
    DefinitionError
        There is no such handler, it cannot be bundled, or an option is wrong.
    """
    try:
        options = _options(request.bundle)
        handler = Handler.find(project.root, request.src, request.handler)
        folder = _bundled(handler, options, int(re.findall(r"\d+", request.runtime)[0]))
    except BundleError as error:
        raise DefinitionError(str(error)) from error
    return Package(
        folder=folder,
        handler=request.handler,
        runtime=RUNTIMES[request.runtime],
        environment={VARIABLE: options.to_variable()} if request.bundle else {},
    )


def _options(values: Any) -> Options:
    if values is None:
        return Options()
    if not isinstance(values, Mapping):
        raise DefinitionError(f"bundle of JavaScript is a mapping, as in {{'minify': True}}, not {values!r}")
    check_keys(values, _OPTIONS, "bundle")
    return Options.of(values)


@cache
def _bundled(handler: Handler, options: Options, node: int) -> Path:
    folder = temporary_folder()
    file = folder / handler.name.rpartition(".")[0]
    file.parent.mkdir(parents=True, exist_ok=True)
    bundle(handler, options, node=node, output=file.with_name(file.name + FORMATS[options.format]))
    return folder
