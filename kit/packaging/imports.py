"""What a Python handler imports, file by file within the project; what comes from outside must be declared.

Only code that can run counts. An import within a function is followed if the function is reachable. So when a module
wires everything with imports inside its functions, a handler needs only the imports of the functions that it uses.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Final, NamedTuple

from kit.errors import DefinitionError
from kit.packaging.units import ALL_FUNCTIONS, Binding, Unit, units_of

PROVIDED: Final = frozenset(("boto3", "botocore"))
"""Packages that are part of Lambda's Python runtimes."""

SHIPPED: Final = frozenset(("kit.errors", "kit.runtime.http", "kit.runtime.links", "kit.runtime.script"))
"""Modules that `kit.packaging.code` adds to every function."""

_REQUIREMENT: Final = re.compile(r"^\s*([A-Za-z0-9][A-Za-z0-9._-]*)", re.MULTILINE)


class Import(NamedTuple):
    """A third-party module, and where it is imported."""

    file: Path
    line: int
    module: str


@dataclass(frozen=True, kw_only=True)
class Code:
    """What a function's code is made of.

    Attributes
    ----------
    project
        The project's folder.
    root
        The folder within it that handlers are imported from.
    shared
        Other folders and files of the project's root that the code includes; nothing else but `own` comes from there.
    own
        The handler's own folder or file, if `root` is the project's.
    """

    project: Path
    root: Path
    shared: tuple[str, ...] = ()
    own: str | None = None

    def file(self, module: str) -> Path | None:
        """Return the file of a module, or None if the code does not have it."""
        parts = module.split(".")
        for base in (self.root, self.project):
            path = base.joinpath(*parts)
            files = (path.with_name(f"{path.name}.py"), path / "__init__.py")
            if self._has(base, parts[0]) and (file := next((file for file in files if file.is_file()), None)):
                return file
        return None

    def has(self, top: str) -> bool:
        """Tell whether the code has a folder of modules."""
        return any(self._has(base, top) and (base / top).is_dir() for base in (self.root, self.project))

    def leaves_out(self, top: str) -> bool:
        """Tell whether a module that the code does not have is in the project."""
        return (self.project / top).is_dir() or (self.project / f"{top}.py").is_file()

    def _has(self, base: Path, top: str) -> bool:
        names = {Path(name).parts[0].removesuffix(".py") for name in (*self.shared, *([self.own] if self.own else []))}
        return top in names if base == self.project else True


def check_imports(code: Code, file: str, function: str, packages: Sequence[str] | None) -> None:
    """Check that the code has, or declares, everything that a handler imports.

    Parameters
    ----------
    packages
        Names of the packages that the function has. None: those of ``requirements.txt`` in the code's root or project.

    Raises
    ------
    DefinitionError
        An import is not declared; the message names it and its line, and says what to write.
    """
    required = _required(code.root) | _required(code.project)
    declared = required if packages is None else {normal(name) for name in packages}
    for reached in third_party(code, file, function):
        names = _distributions(reached.module)
        if names & (declared | PROVIDED):
            continue
        place = f"{reached.file.relative_to(code.project)}:{reached.line} imports {reached.module!r}, which is not"
        if code.leaves_out(reached.module):
            raise DefinitionError(f"{place} in the function's code: add {reached.module!r} to include=[…] of the app")
        where = "requirements.txt" if packages is None else "packages=[…] of the function"
        raise DefinitionError(f"{place} declared: add {min(names)!r} to {where}")


@cache
def third_party(code: Code, file: str, function: str) -> tuple[Import, ...]:
    """Return the third-party imports that a handler can reach, in the order in which they are found."""
    return tuple(dict.fromkeys(_Closure(code).third_party(file.replace("/", "."), function)))


def normal(distribution: str) -> str:
    """Return a distribution's name in its one form (PEP 503)."""
    return re.sub(r"[-_.]+", "-", distribution).lower()


@cache
def _required(folder: Path) -> frozenset[str]:
    file = folder / "requirements.txt"
    return frozenset(normal(name) for name in _REQUIREMENT.findall(file.read_text())) if file.is_file() else frozenset()


@cache
def _installed() -> dict[str, list[str]]:
    return dict(packages_distributions())


def _distributions(module: str) -> set[str]:
    """Return the names of the packages that provide a module; a module that is not installed stands for itself."""
    return {normal(name) for name in _installed().get(module, [module])}


class _Closure:
    """A walk from unit to unit (a module's own code, or one of its functions) along imports and references."""

    def __init__(self, code: Code) -> None:
        self._code = code
        self._seen: set[tuple[str, str]] = set()
        self._waiting: list[tuple[str, str]] = []

    def third_party(self, module: str, function: str) -> Iterator[Import]:
        self._reach(module, function)
        while self._waiting:
            module, name = self._waiting.pop(0)
            file = self._code.file(module)
            units = units_of(file, module) if file else {}
            if unit := units.get(name):
                yield from self._follow(module, unit, units)

    def _follow(self, module: str, unit: Unit, units: dict[str, Unit]) -> Iterator[Import]:
        file = self._code.file(module)
        for binding in unit.imports:
            if not self._reach_import(binding) and not binding.optional and file and self._is_foreign(binding):
                yield Import(file, binding.line, binding.module.partition(".")[0])
        bindings = {binding.alias: binding for binding in (*units[""].imports, *unit.imports) if binding.alias}
        for name, attribute in unit.references:
            if name in units:
                self._reach(module, name)
            elif name in bindings:
                self._reach_through(bindings[name], attribute)

    def _is_foreign(self, binding: Binding) -> bool:
        top = binding.module.partition(".")[0]
        own = {binding.module, f"{binding.module}.{binding.name}"} & SHIPPED
        return not (own or top in sys.stdlib_module_names or self._code.has(top))

    def _reach_import(self, binding: Binding) -> bool:
        """Reach a module, its packages and the imported name; return False if the module is not in the code."""
        inner = f"{binding.module}.{binding.name}"
        if is_module := self._code.file(inner) is not None:
            self._reach(inner, "")
        file = self._code.file(binding.module)
        if file and binding.name == ALL_FUNCTIONS:
            for name in units_of(file, binding.module):
                self._reach(binding.module, name)
        elif file:
            self._reach(binding.module, binding.name)
        return file is not None or is_module

    def _reach_through(self, binding: Binding, attribute: str) -> None:
        """Reach the function that ``alias.attribute`` names; every function when the module itself is passed on."""
        module = f"{binding.module}.{binding.name}" if binding.name else binding.module
        if file := self._code.file(module):
            for name in units_of(file, module) if attribute == ALL_FUNCTIONS else (attribute,):
                self._reach(module, name)

    def _reach(self, module: str, name: str) -> None:
        parts = module.split(".")
        packages = [(".".join(parts[: end + 1]), "") for end in range(len(parts))]
        for place in (*packages, (module, name)):
            if place not in self._seen:
                self._seen.add(place)
                self._waiting.append(place)
