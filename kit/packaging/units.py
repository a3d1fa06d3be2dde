"""The units of a Python file: the module's own code and each function, with its imports and references."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from kit.packaging.handlers import Definition, parsed

ALL_FUNCTIONS: Final = "*"
"""Stands for a reference to a module itself, through which any of its functions may be called."""


class Binding(NamedTuple):
    """One imported name: ``from module import name as alias``, or ``import module as alias``."""

    line: int
    module: str
    name: str
    alias: str
    optional: bool


@dataclass
class Unit:
    """What a piece of code imports, and the (name, attribute) pairs that it mentions."""

    imports: list[Binding] = field(default_factory=list)
    references: set[tuple[str, str]] = field(default_factory=set)


@cache
def units_of(file: Path, module: str) -> dict[str, Unit]:
    """Return a file's units: ``""`` is the module's own code (with its classes), the others are its functions."""
    tree = parsed(file)
    functions = [node for node in tree.body if isinstance(node, Definition)]
    package = module if file.name == "__init__.py" else module.rpartition(".")[0]
    units = {function.name: _unit(function.body, package) for function in functions}
    own: list[ast.AST] = [node for node in tree.body if not isinstance(node, Definition)]
    for function in functions:
        own += [*function.decorator_list, *function.args.defaults, *filter(None, function.args.kw_defaults)]
    return {**units, "": _unit(own, package)}


def _unit(nodes: list[ast.AST] | list[ast.stmt], package: str) -> Unit:
    unit = Unit()
    for node, optional in _walk(list(nodes), optional=False):
        if isinstance(node, ast.Import | ast.ImportFrom):
            unit.imports.extend(_bindings(node, package, optional=optional))
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            unit.references.add((node.value.id, node.attr))
        elif isinstance(node, ast.Name):
            unit.references.add((node.id, ALL_FUNCTIONS))
    return unit


def _walk(nodes: list[ast.AST], *, optional: bool) -> Iterator[tuple[ast.AST, bool]]:
    """Yield the nodes that can run, without those for type checkers, and whether a failed import would be caught."""
    for node in nodes:
        children = list(ast.iter_child_nodes(node))
        if isinstance(node, ast.If) and _is_type_checking(node.test):
            children = list(node.orelse)
        if isinstance(node, ast.If) and _is_version_check(node.test):  # the runtime's Python has one or the other
            yield from _walk([*node.body, *node.orelse], optional=True)
            children = [node.test]
        if isinstance(node, ast.Try) and any(map(_catches_import_errors, node.handlers)):
            yield from _walk(list(node.body), optional=True)
            children = [*node.handlers, *node.orelse, *node.finalbody]
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            children = []  # the pair is one reference; the name alone would be another
        yield node, optional
        yield from _walk(children, optional=optional)


def _is_type_checking(test: ast.expr) -> bool:
    return "TYPE_CHECKING" in {getattr(test, "id", None), getattr(test, "attr", None)}


def _is_version_check(test: ast.expr) -> bool:
    return isinstance(test, ast.Compare) and getattr(test.left, "attr", None) == "version_info"


def _catches_import_errors(handler: ast.ExceptHandler) -> bool:
    caught = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return bool({getattr(kind, "id", None) for kind in caught} & {"ImportError", "ModuleNotFoundError", "Exception"})


def _bindings(node: ast.Import | ast.ImportFrom, package: str, *, optional: bool) -> Iterator[Binding]:
    if isinstance(node, ast.Import):
        for alias in node.names:
            # `import a.b` binds a. Calls through it are not followed, so all of a.b counts.
            dotted = "." in alias.name and not alias.asname
            name = alias.asname or alias.name.partition(".")[0]
            yield Binding(node.lineno, alias.name, ALL_FUNCTIONS if dotted else "", name, optional)
        return
    module = _absolute(node, package)
    for alias in node.names:
        name = ALL_FUNCTIONS if alias.name == "*" else alias.name
        yield Binding(node.lineno, module, name, alias.asname or alias.name, optional)


def _absolute(node: ast.ImportFrom, package: str) -> str:
    if not node.level:
        return node.module or ""
    parts = package.split(".")
    base = parts[: len(parts) - node.level + 1]
    return ".".join([*base, *([node.module] if node.module else [])])
