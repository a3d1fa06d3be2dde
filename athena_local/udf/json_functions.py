"""Trino's JSON functions of a path or an index, on one row."""

import re
from functools import lru_cache
from typing import Any

from athena_local.errors import QueryError
from athena_local.udf.json_text import Number, as_double, canonical, read, scientific_text, write
from athena_local.udf.json_values import json_of
from athena_local.udf.python_functions import Functions, PythonFunction

_STEP = re.compile(r"""\.([\w:]+) | \[\s*(\d+)\s*\] | \[\s*"((?:[^"\\]|\\.)*)"\s*\] | \[([A-Za-z_]\w*)\]""", re.VERBOSE)
_MISSING = object()


@lru_cache(maxsize=256)
def path_steps(path: str) -> tuple[str | int, ...]:
    """Return the keys and indexes of a path of `json_extract`.

    Raises
    ------
    QueryError
        ``INVALID_FUNCTION_ARGUMENT``: Trino has no such path.
    """
    steps: list[str | int] = []
    at = 1
    while path.startswith("$") and at < len(path):
        match = _STEP.match(path, at)
        if match is None:
            break
        key, index, quoted_key, bare = match.groups()
        steps.append(int(index) if index is not None else re.sub(r"\\(.)", r"\1", key or quoted_key or bare or ""))
        at = match.end()
    if not path.startswith("$") or at != len(path):
        raise QueryError("INVALID_FUNCTION_ARGUMENT", f"Invalid JSON path: '{path}'")
    return tuple(steps)


def _at(text: str, path: str) -> Any:
    steps = path_steps(path)
    value = _read(text)
    for step in steps:
        if isinstance(value, list) and isinstance(step, int):
            value = value[step] if step < len(value) else _MISSING
        elif isinstance(value, dict):
            value = value.get(str(step), _MISSING)
        else:
            return _MISSING
    return value


def _read(text: str) -> Any:
    try:
        return read(text, pairs=_first_of_each)
    except (ValueError, RecursionError):
        return _MISSING


def _first_of_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object in which the first of equal keys counts, as where Trino reads until it finds a path."""
    return dict(reversed(pairs)) if len({key for key, _ in pairs}) < len(pairs) else dict(pairs)


def _extract(text: str, path: str) -> str | None:
    value = _at(text, path)
    return None if value is _MISSING else write(value, as_double)


def _scalar(value: Any) -> str | None:
    if value is _MISSING or value is None or isinstance(value, list | dict):
        return None
    return ("true" if value else "false") if isinstance(value, bool) else str(value)


def _size(text: str, path: str) -> int | None:
    value = _at(text, path)
    if value is _MISSING:
        return None
    return len(value) if isinstance(value, list | dict) else 0


def _array(text: str) -> list[Any] | None:
    value = _read(text)
    return value if isinstance(value, list) else None


def _array_get(text: str, index: int) -> str | None:
    array = _array(text)
    if array is None or not -len(array) <= index < len(array):
        return None
    value = array[index]
    if isinstance(value, str) and not isinstance(value, Number):
        raise QueryError("NOT_SUPPORTED", "json_array_get of a text is not implemented offline: Trino's is no JSON")
    return write(value) if isinstance(value, list | dict) else _scalar(value)


def _array_contains(text: str, value: str, kind: str) -> bool | None:
    array = _array(text)
    if array is None:
        return None
    return any(_same(each, value, kind) for each in array)


def _same(each: Any, value: str, kind: str) -> bool:
    if isinstance(each, bool):
        return kind == "BOOLEAN" and value == ("true" if each else "false")
    if isinstance(each, Number):
        is_whole = re.fullmatch(r"-?\d+", each) is not None
        if kind in ("DOUBLE", "FLOAT"):
            return not is_whole and float(each) == float(value)
        return kind in ("TINYINT", "SMALLINT", "INTEGER", "BIGINT") and is_whole and int(each) == int(value)
    return kind == "VARCHAR" and each == value


def _varchar(text: str) -> str | None:
    value = read(text)
    if isinstance(value, list | dict):
        raise QueryError("INVALID_CAST_ARGUMENT", f"Cannot cast '{text}' to varchar")
    if isinstance(value, Number) and not re.fullmatch(r"-?\d+", value):
        return scientific_text(float(value))
    return _scalar(value)


def _is_scalar(text: str) -> bool:
    value = _read(text)
    if value is _MISSING:
        raise QueryError("INVALID_FUNCTION_ARGUMENT", f"Invalid JSON value: {text}")
    return not isinstance(value, list | dict)


def _function(row: object, takes: str, returns: str = "VARCHAR") -> PythonFunction:
    return PythonFunction(row=row, takes=takes.split(), returns=returns)  # type: ignore[arg-type]


JSON_FUNCTIONS: Functions = {
    "java_json_parse": _function(canonical, "VARCHAR"),
    "java_json_extract": _function(_extract, "VARCHAR VARCHAR"),
    "java_json_extract_scalar": _function(lambda text, path: _scalar(_at(text, path)), "VARCHAR VARCHAR"),
    "java_json_size": _function(_size, "VARCHAR VARCHAR", "BIGINT"),
    "java_json_array_get": _function(_array_get, "VARCHAR BIGINT"),
    "java_json_array_contains": _function(_array_contains, "VARCHAR VARCHAR VARCHAR", "BOOLEAN"),
    "java_json_varchar": _function(_varchar, "VARCHAR"),
    "java_json_is_scalar": _function(_is_scalar, "VARCHAR", "BOOLEAN"),
    "java_json_cast": _function(json_of, "VARCHAR VARCHAR"),
}
