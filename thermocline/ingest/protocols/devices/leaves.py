"""Splits a JSON value into single measured values, the leaves, and the rest."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import NamedTuple

import msgspec

from thermocline.errors import RefusedEvent
from thermocline.ingest.http.caps import MAX_DEPTH, MAX_KEYS
from thermocline.ingest.protocols.devices.envelope import Path, is_scalar

SEPARATOR = "."
NOTHING = msgspec.UNSET
_VALUE_AND_UNIT = {"value", "unit"}

IsAside = Callable[[Path, object], bool]
"""Tells whether a value at a path, with all that is in it, is no measurement."""


class Leaf(NamedTuple):
    """A single value, its path, and its unit where it came with one."""

    path: Path
    value: Decimal | bool | str
    unit: str | None = None


def split(value: object, is_aside: IsAside, path: Path = ()) -> tuple[list[Leaf], object]:
    """Return every leaf of a value, and the rest: what is aside, in its place; `NOTHING` when there is none.

    Members of lists are named by their number from 0. ``unit`` is the unit of ``value`` beside it; where there is
    nothing else, both are one leaf with the name of what they are in. Nulls and empty objects and lists say nothing.

    Raises
    ------
    RefusedEvent
        There are too many leaves, or it is nested too deeply.
    """
    leaves: list[Leaf] = []
    rest = _split(value, is_aside, path, leaves)
    return leaves, rest


def _split(value: object, is_aside: IsAside, path: Path, leaves: list[Leaf]) -> object:
    if value is None:
        return NOTHING
    if path and is_aside(path, value):
        return value
    if isinstance(value, dict):
        return _split_object(value, is_aside, path, leaves)
    if isinstance(value, list):
        return _split_list(value, is_aside, path, leaves)
    _add(leaves, Leaf(path, _scalar(value)))
    return NOTHING


def _split_object(value: dict[str, object], is_aside: IsAside, path: Path, leaves: list[Leaf]) -> object:
    if len(path) > MAX_DEPTH:
        raise RefusedEvent("too_large", f"nested deeper than {MAX_DEPTH} levels")
    members = value
    inner = (*path, "value")
    if isinstance(value.get("unit"), str) and is_scalar(value.get("value")) and not is_aside(inner, value["value"]):
        is_all = path and len(value) == len(_VALUE_AND_UNIT)
        _add(leaves, Leaf(path if is_all else inner, _scalar(value["value"]), str(value["unit"])))
        members = {name: member for name, member in value.items() if name not in _VALUE_AND_UNIT}
    rests = {name: _split(member, is_aside, (*path, name), leaves) for name, member in members.items()}
    return {name: rest for name, rest in rests.items() if rest is not NOTHING} or NOTHING


def _split_list(value: list[object], is_aside: IsAside, path: Path, leaves: list[Leaf]) -> object:
    if len(path) > MAX_DEPTH:
        raise RefusedEvent("too_large", f"nested deeper than {MAX_DEPTH} levels")
    rests = [_split(member, is_aside, (*path, str(place)), leaves) for place, member in enumerate(value)]
    if all(rest is NOTHING for rest in rests):
        return NOTHING
    return [None if rest is NOTHING else rest for rest in rests]


def _add(leaves: list[Leaf], leaf: Leaf) -> None:
    if len(leaves) == MAX_KEYS:
        raise RefusedEvent("too_large", f"a message has more than {MAX_KEYS} values")
    leaves.append(leaf)


def _scalar(value: object) -> Decimal | bool | str:
    return value if isinstance(value, bool | str | Decimal) else Decimal(str(value))
