"""One member's JSON → a value of a typed column, or the error that it does not fit.

A number fits a column of numbers as it is or as a text that spells it, because clients send amounts as texts, too:
``19.9`` and ``"19.90"``. An integer may be written ``1.0`` or ``1e3``. A decimal keeps every digit, and one with more
than nine decimals does not fit; a double is the nearest one.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from decimal import Context, Decimal, Inexact, InvalidOperation
from typing import Annotated, Any, Literal

import msgspec

from thermocline.contracts import Column
from thermocline.contracts.types import INT32, INT64
from thermocline.events.members import UNREADABLE

NULL = msgspec.Raw(b"null")
MISFIT = (*UNREADABLE, ArithmeticError, ValueError)
"""What a reader raises when a value does not fit."""

# As Arrow reads a decimal.
_is_number = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII).fullmatch
_EXACT = Context(prec=38, traps=[InvalidOperation, Inexact])
_NINE_DECIMALS, _NO_DECIMALS = Decimal("1E-9"), Decimal(1)
_decode_text = msgspec.json.Decoder(str).decode


def python_type(column: Column) -> Any:
    """Return the type that most values of a column are read as at once; ``Raw`` where they are read later."""
    if column.is_json or column.type.startswith("decimal"):
        return msgspec.Raw
    return _TYPES.get(column.type) or _text_type(column)


def missing_value(column: Column) -> msgspec.Raw | None:
    """Return the value that stands for an absent one: JSON's null where values are read later."""
    return NULL if python_type(column) is msgspec.Raw else None


def value_reader(column: Column) -> Callable[[msgspec.Raw], Any]:
    """Return a function that reads a member's JSON, not null, as a value of a column, or raises one of `MISFIT`."""
    kind = python_type(column)
    if kind is msgspec.Raw:
        return lambda raw: raw
    return _NUMBER_READERS.get(column.type) or msgspec.json.Decoder(kind).decode


def read_decimal(raw: msgspec.Raw) -> Decimal:
    """Return a number as decimal(38,9), exactly."""
    return _EXACT.quantize(Decimal(_number(raw)), _NINE_DECIMALS)


def _text_type(column: Column) -> Any:
    kind: Any = Literal[column.enum] if column.enum else str
    limits = msgspec.Meta(min_length=column.min_length, max_length=column.max_length, pattern=column.pattern)
    return kind if limits == msgspec.Meta() else Annotated[kind, limits]


def _int32(raw: msgspec.Raw) -> int:
    return msgspec.convert(_integer(raw), INT32)


def _int64(raw: msgspec.Raw) -> int:
    return msgspec.convert(_integer(raw), INT64)


def _integer(raw: msgspec.Raw) -> int:
    return int(_EXACT.quantize(Decimal(_number(raw)), _NO_DECIMALS))


def _double(raw: msgspec.Raw) -> float:
    value = float(_number(raw))
    if math.isinf(value):
        raise OverflowError
    return value


def _number(raw: msgspec.Raw) -> str:
    data = bytes(raw)
    text = _decode_text(data) if data.startswith(b'"') else data.decode()
    if not _is_number(text):
        raise ValueError
    return text


_TYPES: dict[str, Any] = {"int": INT32, "bigint": INT64, "double": float, "boolean": bool}
_NUMBER_READERS: dict[str, Callable[[msgspec.Raw], Any]] = {"int": _int32, "bigint": _int64, "double": _double}
