"""CAST to JSON: DuckDB's JSON of a value, written again as Trino writes the value's type."""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from athena_local.errors import QueryError
from athena_local.udf.json_text import as_double, double_text, in_order, quoted, read, write

Writer = Callable[[Any], str]
_DIFFERENT = re.compile("MAP|DECIMAL|DOUBLE")
_REFUSED = re.compile("TIME|BLOB|FLOAT")
_PIECE = re.compile(r'"(?:[^"]|"")*"|[^"]')
_MOST_DIGITS = 15  # DuckDB writes decimals as doubles


class _Pairs(list[tuple[str, Any]]):
    """The keys and values of a JSON object: the fields of a row may have the same name, or none."""


def json_of(text: str, type_: str) -> str:
    """Return DuckDB's JSON of a value as Trino has it.

    Parameters
    ----------
    text
        What DuckDB's ``to_json`` gave.
    type_
        The value's type, as DuckDB writes it.

    Raises
    ------
    QueryError
        ``NOT_SUPPORTED``: for values of this type, Trino's JSON is not known.
    """
    if type_ == "VARCHAR":
        return quoted(read(text))
    if _REFUSED.search(type_):
        raise QueryError("NOT_SUPPORTED", f"the cast of {type_.lower()} to JSON is not implemented offline")
    return _writer(type_)(read(text, pairs=_Pairs)) if _DIFFERENT.search(type_) else text


@lru_cache(maxsize=256)
def _writer(type_: str) -> Writer:
    writer = _array(type_) if type_.endswith("]") else _scalar_or_row(type_)
    return lambda value: "null" if value is None else writer(value)


def _array(type_: str) -> Writer:
    each = _writer(type_[: type_.rindex("[")])
    return lambda values: f"[{','.join(map(each, values))}]"


def _scalar_or_row(type_: str) -> Writer:
    name, _, inside = type_.removesuffix(")").partition("(")
    parts = _split(inside, ",")
    match name:
        case "STRUCT":
            return _row([_writer(_split(part, " ")[-1]) for part in parts])
        case "MAP":
            return _map(parts[0], _writer(parts[1]))
        case "DECIMAL":
            return _decimal(int(parts[0]), int(parts[1]))
        case "DOUBLE":
            return as_double
        case "JSON":
            return lambda value: write(in_order(_plain(value)), as_double)
    return write


def _split(text: str, separator: str) -> list[str]:
    """Split at a separator that is in no parentheses and no quotes."""
    parts, depth = [""], 0
    for piece in _PIECE.findall(text):
        depth += (piece == "(") - (piece == ")")
        if piece == separator and not depth:
            parts.append("")
        else:
            parts[-1] += piece
    return [part.strip() for part in parts]


def _row(fields: list[Writer]) -> Writer:
    return lambda pairs: _object((key, field(value)) for (key, value), field in zip(pairs, fields, strict=True))


def _map(key_type: str, each: Writer) -> Writer:
    """Write a map in the order of its keys, as Java compares them."""

    def write_map(pairs: _Pairs) -> str:
        named = [(double_text(float(key)) if key_type == "DOUBLE" else key, value) for key, value in pairs]
        named.sort(key=lambda pair: pair[0].encode("utf-16-be", "replace"))
        return _object((key, each(value)) for key, value in named)

    return write_map


def _object(pairs: Any) -> str:
    return "{" + ",".join(f"{quoted(key)}:{value}" for key, value in pairs) + "}"


def _decimal(digits: int, scale: int) -> Writer:
    if digits > _MOST_DIGITS:
        message = f"the cast of decimal({digits},{scale}) to JSON is not implemented offline"
        raise QueryError("NOT_SUPPORTED", message)
    return lambda number: f"{float(number):.{scale}f}" if "." in number else str(number)


def _plain(value: Any) -> Any:
    if isinstance(value, _Pairs):
        return {key: _plain(each) for key, each in value}
    return [_plain(each) for each in value] if isinstance(value, list) else value
