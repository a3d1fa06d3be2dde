"""JavaScript and TypeScript: one file a handler, bundled by esbuild."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from kit.checks import check_keys
from kit.errors import DefinitionError
from kit.packaging.esbuild import FORMATS, VARIABLE, BundleError, Handler, Options, bundle
from kit.packaging.package import RUNTIMES, Asked, Package, Project, temporary_folder

_OPTIONS: Final = frozenset(Options.__dataclass_fields__)


def package_node(project: Project, asked: Asked) -> Package:
    """Bundle a handler; what it imports is in the bundle, so that `packages` has nothing to declare.

    Raises
    ------
    DefinitionError
        There is no such handler, it cannot be bundled, or an option is wrong.
    """
    try:
        options = _options(asked.bundle)
        handler = Handler.find(project.root, asked.src, asked.handler)
        folder = _bundled(handler, options, int(re.findall(r"\d+", asked.runtime)[0]))
    except BundleError as error:
        raise DefinitionError(str(error)) from error
    return Package(
        folder=folder,
        handler=asked.handler,
        runtime=RUNTIMES[asked.runtime],
        environment={VARIABLE: options.to_variable()} if asked.bundle else {},
    )


def _options(given: Any) -> Options:
    if given is None:
        return Options()
    if not isinstance(given, Mapping):
        raise DefinitionError(f"bundle of JavaScript is a mapping, as in {{'minify': True}}, not {given!r}")
    check_keys(given, _OPTIONS, "bundle")
    return Options.of(given)


@cache
def _bundled(handler: Handler, options: Options, node: int) -> Path:
    folder = temporary_folder()
    file = folder / handler.name.rpartition(".")[0]
    file.parent.mkdir(parents=True, exist_ok=True)
    bundle(handler, options, node=node, output=file.with_name(file.name + FORMATS[options.format]))
    return folder
