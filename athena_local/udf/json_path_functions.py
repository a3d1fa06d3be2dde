"""What the operators and methods of a JSON path compute."""

import math
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from athena_local.errors import QueryError
from athena_local.udf import json_path_steps as steps
from athena_local.udf.json_path_steps import Evaluate, PathError, Scope
from athena_local.udf.json_text import Number

Predicate = Callable[[Scope], bool]


def either(a: Predicate, b: Predicate) -> Predicate:
    """Return a condition that holds when one of two does."""
    return lambda scope: a(scope) or b(scope)


def both(a: Predicate, b: Predicate) -> Predicate:
    """Return a condition that holds when two do."""
    return lambda scope: a(scope) and b(scope)


def replaced(scope: Scope, **changes: Any) -> Scope:
    """Return a scope with some symbols changed."""
    return Scope(**{**scope.__dict__, **changes})


def text_of(token: str) -> str:
    """Return the name or the text of a token."""
    return re.sub(r"\\(.)", r"\1", token[1:-1]) if token.startswith('"') else token


def index_of(values: list[Any]) -> int:
    """Return the number of a subscript."""
    if len(values) != 1:
        raise PathError("array subscript is not a single number")
    return int(steps.number(values[0]))


def arithmetic(left: Evaluate, operator: str, right: Evaluate) -> Evaluate:
    """Return the function of an operator between single numbers."""

    def evaluate(scope: Scope) -> list[Any]:
        a, b = left(scope), right(scope)
        if len(a) != 1 or len(b) != 1:
            raise PathError("arithmetic needs single numbers")
        x, y = steps.number(a[0]), steps.number(b[0])
        if operator in "/%":
            raise QueryError("NOT_SUPPORTED", f"'{operator}' in a JSON path is not implemented offline")
        return [steps.shown({"+": x + y, "-": x - y, "*": x * y}[operator])]

    return evaluate


def method(before: Evaluate, name: str) -> Evaluate:
    """Return the function of a method, such as ``.size()``."""
    numeric: dict[str, Callable[[Decimal], Decimal]] = {
        "abs": abs,
        "ceiling": lambda value: Decimal(math.ceil(value)),
        "floor": lambda value: Decimal(math.floor(value)),
    }
    if name == "type":
        return lambda scope: [steps.kind(value) for value in before(scope)]
    if name == "size":
        return lambda scope: [Number(len(array)) for array in steps.elements(before(scope), scope)]
    if name in numeric:
        return lambda scope: [
            steps.shown(numeric[name](steps.number(value))) for value in steps.unwrapped(before(scope), scope)
        ]
    raise QueryError("NOT_SUPPORTED", f"{name}() in a JSON path is not implemented offline")
