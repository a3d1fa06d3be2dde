"""Which columns a source's privacy options concern, by the contract's classifications."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from thermocline.contracts.model import CLASSIFICATIONS, Column, Contract

IDENTIFYING = ("restricted", "confidential")
PSEUDONYM_LENGTH = 32


def selected(contract: Contract, names: Iterable[str]) -> frozenset[str]:
    """Return the columns that `names` select, and those that are derived from them.

    Each of `names` is a column's name or a classification.
    """
    wanted = frozenset(names)
    columns = {c.name for c in contract.ingested if c.name in wanted or c.classification in wanted}
    while (
        more := {c.name for c in contract.ingested if not c.closed and not columns.isdisjoint(c.derived_from)} - columns
    ):
        columns |= more
    return frozenset(columns)


def pseudonyms_when_anonymous(contract: Contract) -> frozenset[str]:
    """Return the identifying columns for which an anonymous source stores a keyed pseudonym."""
    return frozenset(
        column.name
        for column in contract.ingested
        if column.classification in IDENTIFYING
        and (column.required or column.when_anonymous == "pseudonym")
        and holds_pseudonyms(column)
    )


def drop_problems(contract: Contract, names: Iterable[str]) -> list[str]:
    """Return what is wrong with a source's ``drop``: a name that is unknown, or a column that every row needs."""
    columns = {column.name: column for column in contract.ingested}
    return [problem for name in names if (problem := _problem(columns, contract, name))]


def required_problems(contract: Contract, classifications: Iterable[str]) -> list[str]:
    """Name the columns of some classes that a source cannot withhold: they are required and hold no pseudonym."""
    wanted = selected(contract, classifications)
    return [
        f"{column.name} of {contract.name} is {column.classification} and required, and cannot hold a pseudonym"
        for column in contract.ingested
        if column.name in wanted and column.required and not holds_pseudonyms(column)
    ]


def derivation_problems(columns: Iterable[Column]) -> Iterator[str]:
    """Name what is wrong with ``derivedFrom``: an unknown column, or one of a stronger class."""
    by_name = {column.name: column for column in columns}
    for column in by_name.values():
        for name in column.derived_from:
            if name not in by_name:
                yield f"{column.name}: derivedFrom names {name}, which is no column"
            elif not column.closed and strength(column) < strength(by_name[name]):
                yield (
                    f"{column.name}: is derived from {name}, so its classification must be at least"
                    f" {by_name[name].classification}"
                )


def holds_pseudonyms(column: Column) -> bool:
    """Tell whether a column can hold a pseudonym: plain text without a list of values or a form, and long enough."""
    is_free = column.type == "string" and not (column.enum or column.pattern or column.is_json)
    return is_free and (column.min_length or 0) <= PSEUDONYM_LENGTH <= (column.max_length or PSEUDONYM_LENGTH)


def pseudonym_problems(columns: Iterable[Column]) -> Iterator[str]:
    """Name the columns that say ``whenAnonymous: pseudonym`` and cannot hold one."""
    for column in columns:
        if column.when_anonymous == "pseudonym" and not holds_pseudonyms(column):
            yield (
                f"{column.name}: cannot hold a pseudonym, which is text of {PSEUDONYM_LENGTH} characters;"
                " leave out whenAnonymous"
            )


def strength(column: Column) -> int:
    """Return the place of a column's class among `CLASSIFICATIONS`; an unknown one is the weakest."""
    return CLASSIFICATIONS.index(column.classification) if column.classification in CLASSIFICATIONS else 0


def _problem(columns: dict[str, Column], contract: Contract, name: str) -> str | None:
    if typed := next((c for c in contract.columns if c.name == name and c.written_by == "convert" and c.path), None):
        return f"{name!r} is filled by convert from {typed.steps[0]}: drop {typed.steps[0]}"
    if name not in columns:
        known = name in CLASSIFICATIONS
        needed = [c.name for c in columns.values() if c.required and c.classification == name]
        unknown = None if known else f"{name!r} is neither a column of {contract.name} nor a classification"
        return f"{name!r} holds required columns: {', '.join(needed)}" if needed else unknown
    return f"{name!r} is required" if columns[name].required else None
