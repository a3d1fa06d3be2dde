"""What each step of an SQL/JSON path does to a sequence of JSON values."""

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from athena_local.udf.json_text import Number


class PathError(Exception):
    """A path cannot be evaluated on a value."""


@dataclass(frozen=True, kw_only=True)
class Scope:
    """What a path's symbols mean: ``$``, ``@``, ``last`` and ``$name``."""

    root: Any
    is_strict: bool
    current: Any = None
    last: int = 0
    variables: dict[str, Any] = field(default_factory=dict)


Sequence_ = list[Any]
Evaluate = Callable[[Scope], Sequence_]


def unwrapped(values: Sequence_, scope: Scope) -> Sequence_:
    """Return the elements of arrays in their place, in lax mode."""
    if scope.is_strict:
        return values
    return [each for value in values for each in (value if isinstance(value, list) else [value])]


def member(values: Sequence_, name: str | None, scope: Scope) -> Sequence_:
    """Return the members of that name, or all members."""
    result: Sequence_ = []
    for value in unwrapped(values, scope):
        if not isinstance(value, dict):
            if scope.is_strict:
                raise PathError("structural error: invalid item type. Expected: OBJECT")
        elif name is None:
            result += value.values()
        elif name in value:
            result.append(value[name])
        elif scope.is_strict:
            raise PathError(f"structural error: missing member '{name}' in JSON object")
    return result


def descendants(values: Sequence_, name: str) -> Sequence_:
    """Return the members of that name at every depth, outer ones first."""
    result: Sequence_ = []
    for value in values:
        if isinstance(value, dict):
            result += [value[name]] if name in value else []
            result += descendants(list(value.values()), name)
        elif isinstance(value, list):
            result += descendants(value, name)
    return result


def elements(values: Sequence_, scope: Scope) -> list[list[Any]]:
    """Return the arrays among the values; in lax mode any other value is an array of one."""
    if scope.is_strict and any(not isinstance(value, list) for value in values):
        raise PathError("structural error: invalid item type. Expected: ARRAY")
    return [value if isinstance(value, list) else [value] for value in values]


def between(array: list[Any], first: int, last: int, scope: Scope) -> Sequence_:
    """Return the elements from one index to another."""
    if scope.is_strict and not 0 <= first <= last < len(array):
        raise PathError("structural error: invalid array subscript")
    return array[max(first, 0) : last + 1] if last >= 0 else []


def number(value: Any) -> Decimal:
    """Return a JSON number's value."""
    if not isinstance(value, Number):
        raise PathError("invalid item type. Expected: NUMBER")
    return Decimal(value)


def shown(value: Decimal) -> Number:
    """Return a value as a JSON number."""
    return Number(format(value, "f"))


def kind(value: Any) -> str:
    """Return the name of a value's type."""
    if value is None or isinstance(value, bool):
        return "null" if value is None else "boolean"
    if isinstance(value, Number):
        return "number"
    return "string" if isinstance(value, str) else "array" if isinstance(value, list) else "object"


def compared(a: Any, operator: str, b: Any) -> bool:
    """Compare two scalars; of different types, they are not comparable and the answer is false."""
    if kind(a) != kind(b) or isinstance(a, list | dict):
        return False
    x, y = (number(a), number(b)) if isinstance(a, Number) else (a, b)
    if operator in ("==", "!=", "<>"):
        return bool((x == y) is (operator == "=="))
    if x is None:
        return False
    return bool({"<": x < y, "<=": x <= y, ">": x > y, ">=": x >= y}[operator])
