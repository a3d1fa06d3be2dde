"""Calls that become another function by the types of their arguments."""

from collections.abc import Callable

from sqlglot import exp

from athena_local.analyzer.call_types import ARGUMENTS
from athena_local.analyzer.trino_types import Type
from athena_local.translation.lambdas import reduced_state

_SPHERE = "sphericalgeography"
_BY_FIRST = {
    ("st_distance", _SPHERE): "shape_sphere_distance",
    ("st_length", _SPHERE): "shape_sphere_length",
    ("st_area", _SPHERE): "shape_sphere_area",
    ("cardinality", "hyperloglog"): "trino_set_size",
    ("cardinality", "setdigest"): "trino_set_size",
    ("reverse", "varbinary"): "reversed_bytes",
    ("reverse", "varchar"): "reversed_text",
    ("reverse", "array"): "list_reverse",
    ("cosine_similarity", "map"): "similar_maps",
    ("cosine_distance", "map"): "distant_maps",
}


_OF_NUMBERS = {
    "contains": "contains_number",
    "array_position": "position_of_number",
    "array_remove": "without_number",
    "arrays_overlap": "numbers_overlap",
}


def typed_name(call: exp.Anonymous) -> str | None:
    """Return the name of the function that answers; None for one that takes all types alike."""
    name = call.name.lower()
    first = argument_type(call)
    if name in ("st_astext", "st_asbinary") and (first is None or first.numbers):
        return f"shape_{name}"
    array = first is not None and first.name == "array"
    if name == "contains" and not array and (second := argument_type(call, 1)) and second.name == "ipaddress":
        return "ip_contains"
    if array and name == "contains" and first is not None and first.items and first.items[0].items:
        return "contains_nested"
    if first is not None and first.items and first.items[0].name in ("double", "real"):
        if name == "array_join":
            return "joined_numbers"
        if name in _OF_NUMBERS and len(call.expressions) == 2:
            return _OF_NUMBERS[name]
    return _BY_FIRST.get((name, first.name)) if first else None


def argument_type(call: exp.Anonymous, number: int = 0) -> Type | None:
    """Return the type of an argument; None when it cannot be told."""
    types: tuple[Type | None, ...] = call.meta.get(ARGUMENTS) or ()
    return types[number] if number < len(types) else None


def built_by_type(call: exp.Anonymous) -> Callable[[list[exp.Expr]], exp.Expr] | None:
    """Return what builds the call; None for one that is built alike for all types."""
    if call.name.lower() == "reduce" and len(call.expressions) == 4:
        array, state = argument_type(call), argument_type(call, 1)
        differs = array is not None and state is not None and array.items and state != array.items[0]
        if differs and state is not None and state.items:
            return reduced_state
    return None
