"""Which columns a source's privacy options concern, by the contract's classifications."""

from __future__ import annotations

from collections.abc import Iterable

from thermocline.contracts.model import Column, Contract

CLASSIFICATIONS = ("public", "internal", "confidential", "restricted")
IDENTIFYING = ("restricted", "confidential")


def selected(contract: Contract, names: Iterable[str]) -> frozenset[str]:
    """Return the columns that `names` stand for: each is a column's name or a classification."""
    wanted = frozenset(names)
    return frozenset(c.name for c in contract.ingested if c.name in wanted or c.classification in wanted)


def drop_problems(contract: Contract, names: Iterable[str]) -> list[str]:
    """Return what is wrong with a source's ``drop``: a name that is unknown, or a column that every row needs."""
    columns = {column.name: column for column in contract.ingested}
    return [problem for name in names if (problem := _problem(columns, contract, name))]


def _problem(columns: dict[str, Column], contract: Contract, name: str) -> str | None:
    if name not in columns:
        known = name in CLASSIFICATIONS
        needed = [c.name for c in columns.values() if c.required and c.classification == name]
        unknown = None if known else f"{name!r} is neither a column of {contract.name} nor a classification"
        return f"{name!r} holds required columns: {', '.join(needed)}" if needed else unknown
    return f"{name!r} is required" if columns[name].required else None
