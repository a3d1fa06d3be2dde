"""An import rule: the steps of the pipeline are independent of each other.

A step is a package below the house that has a module ``use_case``; nobody keeps a list of them.

Source: https://import-linter.readthedocs.io/en/stable/custom_contract_types/
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class StepsContract(Contract):
    """Steps import only what they share; what they share imports no step.

    Attributes
    ----------
    house
        The package whose children are looked at.
    shared
        Names of the children that every step may import.
    """

    house = fields.StringField()
    shared = fields.SetField(subfield=fields.StringField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:  # noqa: ARG002 (import-linter passes it)
        """Find the imports that break the rule."""
        house, shared = str(self.house), frozenset(str(name) for name in cast(set[str], self.shared))
        broken = sorted(broken_imports(graph, house, shared))
        return ContractCheck(kept=not broken, metadata={"broken": broken})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Print those imports, one per line."""
        for importer, imported in check.metadata["broken"]:
            output.print_error(f"{importer} imports {imported}")


def steps_of(graph: ImportGraph, house: str) -> frozenset[str]:
    """Return the names of a house's steps."""
    children = (child.removeprefix(f"{house}.") for child in graph.find_children(house))
    return frozenset(name for name in children if f"{house}.{name}.use_case" in graph.modules)


def broken_imports(graph: ImportGraph, house: str, shared: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Yield each import that breaks the rule, as (importer, imported).

    A step may import only shared packages, and a shared package may import no step.
    """
    steps = steps_of(graph, house)
    for importer in graph.modules:
        origin = _child(importer, house)
        for imported in graph.find_modules_directly_imported_by(importer):
            target = _child(imported, house)
            if target and target != origin and _breaks(origin, target, steps, shared):
                yield importer, imported


def _breaks(origin: str, target: str, steps: frozenset[str], shared: frozenset[str]) -> bool:
    if origin in steps:
        return target not in shared
    return origin in shared and target in steps


def _child(module: str, house: str) -> str:
    """Return the name of the house's child that a module is or is in; "" outside the house."""
    return module.removeprefix(f"{house}.").partition(".")[0] if module.startswith(f"{house}.") else ""
