from __future__ import annotations

import pytest
from grimp import ImportGraph

from checks.steps import broken_imports, steps_of

MODULES = (
    "lake",
    "lake.events",
    "lake.adapters",
    "lake.ingest",
    "lake.ingest.use_case",
    "lake.convert",
    "lake.convert.use_case",
    "lake.convert.ports",
)


def graph(*imports: tuple[str, str]) -> ImportGraph:
    made = ImportGraph()
    for module in MODULES:
        made.add_module(module)
    for importer, imported in imports:
        made.add_import(importer=importer, imported=imported)
    return made


def test_a_step_is_what_has_a_use_case() -> None:
    assert steps_of(graph(), "lake") == {"convert", "ingest"}


@pytest.mark.parametrize(
    ("importer", "imported", "allowed"),
    [
        ("lake.ingest.use_case", "lake.events", True),
        ("lake.convert.use_case", "lake.convert.ports", True),
        ("lake.adapters", "lake.convert.ports", True),
        ("lake.ingest.use_case", "lake.convert.ports", False),
        ("lake.ingest.use_case", "lake.adapters", False),
        ("lake.events", "lake.convert.ports", False),
    ],
)
def test_steps_meet_only_in_what_they_share(importer: str, imported: str, *, allowed: bool) -> None:
    broken = list(broken_imports(graph((importer, imported)), "lake", frozenset({"events"})))
    assert broken == ([] if allowed else [(importer, imported)])
