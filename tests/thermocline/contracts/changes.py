"""Hypothesis strategies of contracts and of the changes that they may and may not have."""

from __future__ import annotations

from typing import Any

import msgspec
from hypothesis import strategies as st

from thermocline.contracts import Column, Contract
from thermocline.contracts.model import CLASSIFICATIONS
from thermocline.contracts.types import TYPES

PATTERN = "^[a-z0-9][a-z0-9-]*$"

replace = msgspec.structs.replace


def contracts() -> st.SearchStrategy[Contract]:
    """Return a contract 1.0.0 with one column of every kind, and more of any kind."""
    more = st.lists(st.sampled_from(list(TYPES)), max_size=3)
    return more.map(lambda types: contract([*_one_of_every_kind(), *_plain("more", types), _partition()]))


def contract(columns: list[Column]) -> Contract:
    return Contract(
        id="x.orders",
        name="orders",
        table="orders",
        version="1.0.0",
        columns=tuple(columns),
        purpose="",
        usage="",
        limitations="",
        grain="",
    )


def column(name: str, type_: str = "string", **options: Any) -> Column:
    return Column(name=name, description=name, type=type_, **({"classification": "confidential"} | options))


def with_column(old: Contract, changed: str, /, **changes: Any) -> Contract:
    columns = [replace(c, **changes) if c.name == changed else c for c in old.columns]
    return replace(old, columns=tuple(columns))


def with_new_columns(old: Contract, *new: Column) -> Contract:
    return replace(old, columns=(*old.columns[:-1], *new, old.columns[-1]))


@st.composite
def allowed(draw: st.DrawFn, old: Contract) -> Contract:
    """Return what a contract may become as 1.1.0."""
    columns = [_loosened(draw, each) if draw(st.booleans()) else each for each in old.columns]
    new = replace(old, version="1.1.0", columns=tuple(columns))
    return with_new_columns(new, *_plain("new", draw(st.lists(st.sampled_from(list(TYPES)), max_size=3))))


def _loosened(draw: st.DrawFn, old: Column) -> Column:
    """Return a column that holds all that it held before, and perhaps more."""
    changes: dict[str, Any] = {
        "description": draw(st.text(max_size=5)),
        "type": draw(st.sampled_from((old.type, *TYPES[old.type].widens_to))),
        "required": old.required and draw(st.booleans()),
        "classification": draw(st.sampled_from(CLASSIFICATIONS[CLASSIFICATIONS.index(old.classification) :])),
    }
    if old.enum:
        changes["enum"] = draw(st.sampled_from([(), old.enum, (*old.enum, "other")]))
    if old.max_length:
        changes["max_length"] = draw(st.none() | st.integers(old.max_length, 100))
    if old.min_length:
        changes["min_length"] = draw(st.none() | st.integers(0, old.min_length))
    if old.pattern:
        changes["pattern"] = draw(st.sampled_from([None, old.pattern]))
    return replace(old, **changes)


def _one_of_every_kind() -> list[Column]:
    return [
        column("id", required=True, min_length=1, max_length=8),
        column("slug", pattern=PATTERN, max_length=8),
        column("kind", enum=("a", "b")),
        *_plain("plain", list(TYPES)),
    ]


def _plain(prefix: str, types: list[str]) -> list[Column]:
    return [column(f"{prefix}_{number}", type_) for number, type_ in enumerate(types)]


def _partition() -> Column:
    return column("gen", required=True, partition=True, written_by="convert")
