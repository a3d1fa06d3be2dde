"""The least and the greatest value of a column in a file, as texts."""

import json
import re
from typing import Any
from uuid import UUID

from pyiceberg.conversions import from_bytes
from pyiceberg.transforms import IdentityTransform, Transform
from pyiceberg.types import (
    BinaryType,
    BooleanType,
    DoubleType,
    FixedType,
    FloatType,
    IcebergType,
    IntegerType,
    LongType,
    PrimitiveType,
    TimestampType,
    TimestamptzType,
    TimeType,
    UUIDType,
)

from athena_local.tables.java_numbers import float_digits, java_double

_ZEROS = re.compile(r"(\.\d*?)0+(?=$|[+-])")


def bound(type_: IcebergType, value: bytes | None) -> Any:
    """Return a bound as pyiceberg's own value; a UUID as its text."""
    if value is None or not isinstance(type_, PrimitiveType):
        return None
    return str(UUID(bytes=value)) if isinstance(type_, UUIDType) else from_bytes(type_, value)


def bound_text(type_: IcebergType, value: bytes | None, transform: Transform[Any, Any] | None = None) -> str | None:
    """Return a bound as Iceberg writes it for people."""
    told = bound(type_, value)
    if told is None or isinstance(type_, UUIDType):
        return None if told is None else str(told)
    if isinstance(type_, FloatType | DoubleType):
        return _number(type_, told)
    text = (transform or IdentityTransform()).to_human_string(type_, told)
    if isinstance(type_, TimeType):
        return _short_time(text)
    return _without_zeros(text) if isinstance(type_, TimestampType | TimestamptzType) else text


def bound_json(type_: IcebergType, value: bytes | None) -> str:
    """Return a bound as JSON."""
    told = bound(type_, value)
    if told is None:
        return "null"
    if isinstance(type_, FloatType | DoubleType):
        return _number(type_, told)
    if isinstance(type_, BooleanType | IntegerType | LongType):
        return json.dumps(told)
    if isinstance(type_, BinaryType | FixedType):
        return json.dumps(told.hex().upper())
    if isinstance(type_, TimeType):
        return json.dumps(_without_zeros(IdentityTransform().to_human_string(type_, told)))
    return json.dumps(bound_text(type_, value), ensure_ascii=False)


def _number(type_: IcebergType, value: float) -> str:
    return java_double(value, float_digits(value) if isinstance(type_, FloatType) else None)


def _without_zeros(text: str) -> str:
    """Return a time with as few digits as it needs: Java's ISO form."""
    return _ZEROS.sub(lambda match: match.group(1).rstrip("."), text)


def _short_time(text: str) -> str:
    """Return a time with three or six digits, and without seconds if they are zero: Java's own form."""
    text = text.removesuffix("000") if "." in text else text
    return text.removesuffix(":00") if text.count(":") == 2 else text
