"""Values of Trino's protocol as the text that Athena shows."""

import base64
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

_FRACTION = re.compile(r"(.*\d\d:\d\d:\d\d)(?:\.(\d+))?(.*)")
_BYTES = ("varbinary", "HyperLogLog", "P4HyperLogLog", "SetDigest", "qdigest", "tdigest")
_SECOND = timedelta(seconds=1)
Signature = dict[str, Any]


def text(value: Any, signature: Signature) -> str | None:
    """Format a value.

    Parameters
    ----------
    value
        Of JSON, with numbers as text.
    signature
        The ``typeSignature`` of its column.
    """
    if value is None:
        return None
    kind = signature["rawType"]
    arguments = [argument["value"] for argument in signature["arguments"]]
    if kind in _NESTED:
        return _NESTED[kind](value, arguments)
    if kind in _BYTES:
        return base64.b64decode(value).hex(" ")
    if kind.startswith("time"):
        return _milliseconds(value, kind)
    return {True: "true", False: "false"}[value] if isinstance(value, bool) else str(value)


def _milliseconds(value: str, kind: str) -> str:
    """Athena shows three digits, rounded."""
    match = _FRACTION.fullmatch(value)
    if match is None:
        return value
    clock, digits, zone = match[1], (match[2] or "").ljust(3, "0"), match[3]
    rounded = round(int(digits[:4].ljust(4, "0")) / 10 + 1e-9)
    if rounded < 1000:
        return f"{clock}.{rounded:03d}{zone}"
    following = datetime.fromisoformat(clock if kind.startswith("timestamp") else f"2000-01-01 {clock}") + _SECOND
    return f"{following:{'%Y-%m-%d %H:%M:%S' if kind.startswith('timestamp') else '%H:%M:%S'}}.000{zone}"


def _or_null(value: Any, signature: Signature) -> str:
    shown = text(value, signature)
    return "null" if shown is None else shown


def _array(values: list[Any], arguments: list[Any]) -> str:
    return "[" + ", ".join(_or_null(value, arguments[0]) for value in values) + "]"


def _map(values: dict[str, Any], arguments: list[Any]) -> str:
    entries = (f"{_or_null(key, arguments[0])}={_or_null(value, arguments[1])}" for key, value in values.items())
    return "{" + ", ".join(entries) + "}"


def _row(values: list[Any], arguments: list[Any]) -> str:
    fields = []
    for number, (value, argument) in enumerate(zip(values, arguments, strict=True)):
        name = (argument.get("fieldName") or {}).get("name") or f"field{number}"
        fields.append(f"{name}={_or_null(value, argument['typeSignature'])}")
    return "{" + ", ".join(fields) + "}"


_NESTED: dict[str, Callable[[Any, list[Any]], str]] = {"array": _array, "map": _map, "row": _row}
