"""Checks of a Python handler by its syntax tree; the handler is not imported."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path
from typing import Final

from kit.errors import DefinitionError

_HANDLER: Final = re.compile(r"(?P<file>[\w/]+)\.(?P<function>\w+)")

Definition = ast.FunctionDef | ast.AsyncFunctionDef


def split_handler(handler: str) -> tuple[str, str]:
    """Return ``path/file`` and ``function`` of ``path/file.function``."""
    match = _HANDLER.fullmatch(handler)
    if not match:
        raise DefinitionError(f"handler {handler!r} is not of the form 'path/file.function'")
    return match["file"], match["function"]


@cache
def parsed(file: Path) -> ast.Module:
    """Return a file's syntax tree.

    Raises
    ------
    DefinitionError
        The file is not Python.
    """
    try:
        return ast.parse(file.read_bytes(), filename=str(file))
    except SyntaxError as error:
        raise DefinitionError(f"{file.name}:{error.lineno} is not valid Python: {error.msg}") from error


def check_handler(root: Path, handler: str) -> None:
    """Check that a handler exists below a root and can be called with (event, context).

    Raises
    ------
    DefinitionError
        There is no such file or function, or it takes other parameters.
    """
    name, function = split_handler(handler)
    file = root / f"{name}.py"
    if not file.is_file():
        raise DefinitionError(f"handler {handler!r}: there is no file {name}.py")
    tree = parsed(file)
    definition = next((node for node in tree.body if _defines(node, function)), None)
    if isinstance(definition, Definition):
        _check_call(handler, f"{name}.py:{definition.lineno}", definition)
    elif definition is None and function not in _bound_names(tree):
        raise DefinitionError(f"handler {handler!r}: {name}.py has no function {function!r}{_others(tree)}")


def _defines(node: ast.stmt, function: str) -> bool:
    return isinstance(node, Definition) and node.name == function


def _check_call(handler: str, place: str, definition: Definition) -> None:
    if isinstance(definition, ast.AsyncFunctionDef):
        raise DefinitionError(f"handler {handler!r}: {place} is async, and Lambda does not await it; make it a def")
    if definition.decorator_list:
        return  # the syntax tree does not show how a decorator changes the parameters
    arguments = definition.args
    positional = [*arguments.posonlyargs, *arguments.args]
    required = len(positional) - len(arguments.defaults)
    named_only = any(default is None for default in arguments.kw_defaults)
    if named_only or required > 2 or (len(positional) < 2 and not arguments.vararg):
        raise DefinitionError(f"handler {handler!r}: {place} must take (event, context)")


def _bound_names(tree: ast.Module) -> set[str]:
    """Return the names that a module assigns or imports: a handler may come from a call or from another module."""
    names: set[str] = set()
    for node in tree.body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            names.update(alias.asname or alias.name for alias in node.names)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names.update(target.id for target in targets if isinstance(target, ast.Name))
    return names


def _others(tree: ast.Module) -> str:
    public = [node.name for node in tree.body if isinstance(node, Definition) and not node.name.startswith("_")]
    return f"; it has {', '.join(public)}" if public else ""
