"""The results of json_value, json_query, json_exists, json_object and json_array, on one row.

A result of a path is one letter and a text: V value, N null, E empty, X error.
"""

from typing import Any

from athena_local.errors import QueryError
from athena_local.udf.json_path import read_path
from athena_local.udf.json_path_steps import PathError, Scope
from athena_local.udf.json_text import Number, quoted, read, write
from athena_local.udf.python_functions import Functions, PythonFunction


def _items(text: str, path: str, names: list[str], values: list[str]) -> list[Any]:
    is_strict, evaluate = read_path(path)
    try:
        root = read(text)
    except ValueError as error:
        raise PathError("conversion to JSON failed") from error
    variables = {name: read(value) for name, value in zip(names, values, strict=True)}
    try:
        return evaluate(Scope(root=root, is_strict=is_strict, variables=variables))
    except PathError as error:
        raise PathError(f"path evaluation failed: {error}") from error


def _exists(text: str, path: str, names: list[str], values: list[str]) -> str:
    try:
        return "Vtrue" if _items(text, path, names, values) else "Vfalse"
    except PathError as error:
        return f"X{error}"


def _value(text: str, path: str, names: list[str], values: list[str]) -> str:
    try:
        items = _items(text, path, names, values)
    except PathError as error:
        return f"X{error}"
    if not items:
        return "E"
    if len(items) > 1 or isinstance(items[0], list | dict):
        return "Xcannot extract SQL scalar from JSON: JSON path found multiple items or no scalar"
    if isinstance(items[0], bool):
        return "Vtrue" if items[0] else "Vfalse"
    if isinstance(items[0], Number) and "e" in items[0].lower():
        raise QueryError("NOT_SUPPORTED", "a number with an exponent in json_value is not implemented offline")
    return "N" if items[0] is None else f"V{items[0]}"


def _query(text: str, path: str, *options: Any) -> str:
    names, values, wrapper, quotes = options
    try:
        items = _items(text, path, names, values)
    except PathError as error:
        return f"X{error}"
    if not items:
        return "E"
    is_whole = len(items) == 1 and isinstance(items[0], list | dict)
    if wrapper == "UNCONDITIONAL" or (wrapper == "CONDITIONAL" and not is_whole):
        return "V" + write(items)
    if len(items) > 1:
        return "Xcannot extract JSON: JSON path found multiple items"
    if quotes == "OMIT" and isinstance(items[0], str) and not isinstance(items[0], Number):
        return f"V{items[0]}"
    return "V" + write(items[0])


def _raise(name: str, message: str) -> str:
    raise QueryError(name, message)


def _object(keys: list[str | None], values: list[str | None], absent: bool, unique: bool) -> str:
    if any(key is None for key in keys):
        raise QueryError("INVALID_FUNCTION_ARGUMENT", "null value passed for JSON object key to JSON_OBJECT function")
    if unique and len(set(keys)) < len(keys):
        raise QueryError("INVALID_FUNCTION_ARGUMENT", "duplicate key passed to JSON_OBJECT function")
    if len(set(keys)) < len(keys):
        raise QueryError("NOT_SUPPORTED", "a key that comes twice in json_object is not implemented offline")
    pairs = [(key, value) for key, value in zip(keys, values, strict=True) if not (absent and value is None)]
    shown = in_java_order([(key or "", value or "null") for key, value in pairs])
    return "{" + ",".join(f"{quoted(key)}:{value}" for key, value in shown) + "}"


def in_java_order(pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return entries in the order of a Java HashMap that they are put into one after the other."""
    size = 16
    while len(pairs) > size * 3 // 4:
        size *= 2
    return sorted(pairs, key=lambda pair: _bucket(pair[0], size))


def _bucket(key: str, size: int) -> int:
    code = 0
    units = key.encode("utf-16-be", "surrogatepass")
    for high, low in zip(units[::2], units[1::2], strict=True):
        code = (31 * code + 256 * high + low) % 2**32
    return (code ^ (code >> 16)) % size


def _array(values: list[str | None], absent: bool) -> str:
    return "[" + ",".join(value or "null" for value in values if not (absent and value is None)) + "]"


def _verbatim(text: str) -> str:
    try:
        return write(read(text))
    except ValueError as error:
        raise QueryError("JSON_INPUT_CONVERSION_ERROR", "conversion to JSON failed") from error


def _function(row: object, takes: str) -> PythonFunction:
    return PythonFunction(row=row, takes=takes.split(), returns="VARCHAR")  # type: ignore[arg-type]


_PATH = "VARCHAR VARCHAR VARCHAR[] VARCHAR[]"
SQL_JSON_FUNCTIONS: Functions = {
    "java_json_exists": _function(_exists, _PATH),
    "java_json_value": _function(_value, _PATH),
    "java_json_query": _function(_query, f"{_PATH} VARCHAR VARCHAR"),
    "java_raise": _function(_raise, "VARCHAR VARCHAR"),
    "java_json_object": _function(_object, "VARCHAR[] VARCHAR[] BOOLEAN BOOLEAN"),
    "java_json_array": _function(_array, "VARCHAR[] BOOLEAN"),
    "java_json_quoted": _function(quoted, "VARCHAR"),
    "java_json_verbatim": _function(_verbatim, "VARCHAR"),
}
