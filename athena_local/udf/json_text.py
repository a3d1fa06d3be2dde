"""JSON text as Trino writes it: keys in order, the last of equal keys, numbers as Jackson has them."""

import json
import math
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from athena_local.errors import QueryError

_ESCAPES = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_ESCAPED = re.compile(r'["\\\x00-\x1f\U00010000-\U0010ffff]')


class Number(str):
    """A number as it was written."""

    __slots__ = ()


def read(text: str, pairs: Callable[[list[tuple[str, Any]]], Any] = dict) -> Any:
    """Return a JSON value; each number is a `Number`.

    Parameters
    ----------
    pairs
        What an object's keys and values become; the last of equal keys counts, by default.

    Raises
    ------
    ValueError
        The text is not JSON.
    """
    return json.loads(
        text, parse_float=Number, parse_int=Number, parse_constant=_refuse_constant, object_pairs_hook=pairs
    )


def _refuse_constant(name: str) -> Any:
    raise ValueError(name)


def write(value: Any, number: Callable[[str], str] = str) -> str:
    """Return a value as text without spaces; keys stay in their order."""
    if value is None or isinstance(value, bool):
        return json.dumps(value)
    if isinstance(value, Number):
        return number(value)
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, list):
        return f"[{','.join(write(each, number) for each in value)}]"
    return "{" + ",".join(f"{quoted(key)}:{write(each, number)}" for key, each in value.items()) + "}"


def quoted(text: str) -> str:
    """Return a JSON string."""
    return f'"{_ESCAPED.sub(_escape, text)}"'


def _escape(match: re.Match[str]) -> str:
    units = match[0].encode("utf-16-be", "surrogatepass").hex().upper()
    return _ESCAPES.get(match[0], "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4)))


def in_order(value: Any) -> Any:
    """Return a value whose objects have their keys in order."""
    if isinstance(value, list):
        return [in_order(each) for each in value]
    if isinstance(value, dict):
        return {key: in_order(value[key]) for key in sorted(value, key=lambda key: key.encode("utf-16-be", "replace"))}
    return value


def canonical(text: str) -> str:
    """Return the text of `json_parse`.

    Raises
    ------
    QueryError
        ``INVALID_FUNCTION_ARGUMENT``: the text is not JSON.
    """
    try:
        value = read(text)
    except (ValueError, RecursionError) as error:
        raise QueryError("INVALID_FUNCTION_ARGUMENT", f"Cannot convert value to JSON: '{text}'") from error
    return write(in_order(value), as_double)


def as_double(number: str) -> str:
    """Return a number as Java's double, if it is not an integer."""
    return number if re.fullmatch(r"-?\d+", number) else double_text(float(number))


def double_text(value: float) -> str:
    """Return ``Double.toString`` of a value: ``1.0E10``."""
    if not math.isfinite(value):
        return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
    if value == 0 or 1e-3 <= abs(value) < 1e7:
        return format(Decimal(repr(value)), "f") if "e" in repr(value) else repr(value)
    sign, digits, _ = Decimal(repr(value)).as_tuple()
    exponent = Decimal(repr(value)).adjusted()
    rest = "".join(map(str, digits[1:])).rstrip("0") or "0"
    return f"{'-' if sign else ''}{digits[0]}.{rest}E{exponent}"


def scientific_text(value: float) -> str:
    """Return a double as CAST to varchar has it: ``1.1E0``."""
    if value == 0 or not math.isfinite(value):
        return "0E0" if value == 0 else double_text(value)
    sign, digits, _ = Decimal(repr(value)).as_tuple()
    rest = "".join(map(str, digits[1:])).rstrip("0") or "0"
    return f"{'-' if sign else ''}{digits[0]}.{rest}E{Decimal(repr(value)).adjusted()}"
