"""CAST of JSON to arrays, maps and rows, as Trino reads each value.

The result is JSON text of the target's form, which DuckDB casts without a choice: integers and decimals in
their digits, and only the fields that a row has.
"""

import json
import math
import re
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache
from typing import Any, Final

from athena_local.errors import QueryError
from athena_local.udf.json_text import Number, read, scientific_text, write
from athena_local.udf.python_functions import Functions, PythonFunction

_BITS: Final = {"tinyint": 8, "smallint": 16, "integer": 32, "bigint": 64}
_BOOLEANS: Final = {"t": True, "true": True, "1": True, "f": False, "false": False, "0": False}
_NUMERIC: Final = re.compile(r"[+-]?(Infinity|NaN|(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?)")


class NotCastError(Exception):
    """A value has no place in the type."""


def _fail(value: Any, kind: str) -> NotCastError:
    return NotCastError(f"Cannot cast '{value}' to {kind.upper()}")


def _scalar(value: Any, kind: str) -> Any:
    if isinstance(value, list | dict):
        raise NotCastError(f"Unexpected token when cast to {kind}: {'[' if isinstance(value, list) else '{'}")
    return value


def _boolean(value: Any, _: Any) -> bool:
    value = _scalar(value, "boolean")
    if isinstance(value, Number):
        return float(value) != 0
    if isinstance(value, str) and value.lower() in _BOOLEANS:
        return _BOOLEANS[value.lower()]
    if isinstance(value, bool):
        return value
    raise _fail(value, "boolean")


def _integer(value: Any, kind: str) -> Number:
    value = _scalar(value, kind)
    if isinstance(value, bool):
        return Number(int(value))
    if not isinstance(value, Number) and not re.fullmatch(r"[+-]?\d+", value.strip()):
        raise _fail(value, kind)
    number = int(value) if re.fullmatch(r"\s*[+-]?\d+\s*", value) else _rounded(float(value))
    if not -(2 ** (_BITS[kind] - 1)) <= number < 2 ** (_BITS[kind] - 1):
        raise _fail(value, kind)
    return Number(number)


def _rounded(number: float) -> int:
    return int(math.copysign(math.floor(abs(number) + 0.5), number))


def _double(value: Any, kind: str) -> Any:
    value = _scalar(value, kind)
    if isinstance(value, bool):
        return Number(float(value))
    if not _NUMERIC.fullmatch(value.strip()):
        raise _fail(value, kind)
    number = float(value)
    return Number(repr(number)) if math.isfinite(number) else str(number)


def _decimal(value: Any, precision: int, scale: int) -> str:
    value = _scalar(value, "decimal")
    try:
        number = Decimal(int(value) if isinstance(value, bool) else value.strip())
    except InvalidOperation as error:
        raise _fail(value, f"decimal({precision},{scale})") from error
    digits = number.scaleb(scale).to_integral_value(ROUND_HALF_UP)
    if abs(digits) >= 10**precision:
        raise _fail(value, f"decimal({precision},{scale})")
    return format(digits.scaleb(-scale), "f")


def _varchar(value: Any, length: int | None) -> str:
    value = _scalar(value, "varchar")
    if isinstance(value, bool):
        text = "true" if value else "false"
    elif isinstance(value, Number) and not re.fullmatch(r"-?\d+", value):
        text = scientific_text(float(value))
    else:
        text = str(value)
    if length is not None and len(text) > length:
        raise QueryError("GENERIC_INTERNAL_ERROR", f"Character count exceeds length limit {length}: {text}")
    return text


def _array(value: Any, item: Any) -> list[Any]:
    if not isinstance(value, list):
        raise NotCastError(f"Expected a json array, but got {_shown(value)}")
    return [converted(each, item) for each in value]


def _map(value: Any, key: Any, item: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise NotCastError(f"Expected a json object, but got {_shown(value)}")
    entries = {_key(converted(each, key)): converted(held, item) for each, held in value.items()}
    if len(entries) < len(value):
        raise NotCastError("Duplicate map keys are not allowed")
    return entries


def _key(value: Any) -> str:
    return json.dumps(value) if isinstance(value, bool) else str(value)


def _row(value: Any, fields: list[Any]) -> dict[str, Any]:
    if isinstance(value, list):
        if len(value) != len(fields):
            raise NotCastError(f"Expected {len(fields)} fields, but got {len(value)}")
        return {name: converted(each, type_) for each, (name, type_) in zip(value, fields, strict=True)}
    if not isinstance(value, dict):
        raise NotCastError(f"Expected a json array or object, but got {_shown(value)}")
    given: dict[str, Any] = {}
    names = {name.lower() for name, _ in fields}
    for key, each in value.items():
        if key.lower() in given and key.lower() in names:
            raise NotCastError(f"Duplicate field: {key.lower()}")
        given[key.lower()] = each
    return {name: converted(given.get(name.lower()), type_) for name, type_ in fields}


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "[" if isinstance(value, list) else "{" if isinstance(value, dict) else str(value)


_KINDS: Final[dict[str, Callable[..., Any]]] = {
    "boolean": lambda value: _boolean(value, None),
    **dict.fromkeys(("double", "real"), lambda value: _double(value, "double")),
    **{kind: lambda value, kind=kind: _integer(value, kind) for kind in _BITS},
    "decimal": _decimal,
    "varchar": lambda value, length=None: _varchar(value, length),
    "json": lambda value: value,
    "array": _array,
    "map": _map,
    "row": _row,
}


def converted(value: Any, type_: list[Any]) -> Any:
    """Return a value of `json_text.read` in the form of a type: its name and what it consists of."""
    if value is None:
        return None
    name, *parameters = type_
    return _KINDS[name](value, *parameters)


@lru_cache(maxsize=256)
def _type(described: str) -> tuple[str, list[Any]]:
    text, type_ = json.loads(described)
    return text, type_


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    return dict(pairs)


def cast(text: str, described: str) -> str | None:
    """Return JSON text in the form of a type; None for the JSON null.

    Parameters
    ----------
    described
        JSON of the type's text, and of its structure: ``["array(integer)", ["array", ["integer"]]]``.

    Raises
    ------
    QueryError
        ``INVALID_CAST_ARGUMENT``
    """
    shown, type_ = _type(described)
    try:
        value = converted(read(text, pairs=_pairs), type_)
    except NotCastError as error:
        raise QueryError("INVALID_CAST_ARGUMENT", f"Cannot cast to {shown}. {error}") from error
    return None if value is None else write(value)


def try_cast(text: str, described: str) -> str | None:
    """Return what `cast` does; None for a value that has no place in the type."""
    try:
        return cast(text, described)
    except QueryError:
        return None


JSON_CAST_FUNCTIONS: Functions = {
    "java_json_to": PythonFunction(row=cast, takes=["VARCHAR", "VARCHAR"], returns="VARCHAR"),
    "java_json_try_to": PythonFunction(row=try_cast, takes=["VARCHAR", "VARCHAR"], returns="VARCHAR"),
}
